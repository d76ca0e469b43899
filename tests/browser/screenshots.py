"""Pictures of the main pages: at both widths, in both languages, light and dark, into var/screenshots.

With --docs a chosen few, small, into docs/images for the README; telephones stand side by side in one picture.
SITE_VAR keeps the demo for the next time.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.conftest import CHROMIUM, ROOT, running_site
from tests.browser.person import DESK, DRESSES, PHONE, Person

MAIN = {  # name: who, address
    "programme": ("", "/"),
    "verify": ("", "/certificates/verify/{code}/"),
    "home": ("learner", "/learn/"),
    "course": ("learner", "/courses/protection/"),
    "lesson": ("learner", "{lesson}"),
    "quiz": ("mingyue", "/work/attempts/{attempt}/"),
    "case": ("learner", "/cases/{returned_case}/"),
    "record": ("learner", "/work/submissions/{returned}/"),
    "graduation": ("learner", "/graduation/{enrolment}/"),
    "application": ("newcomer", "/applications/{newcomer}/"),
    "offer": ("zhixia", "/applications/{zhixia}/"),
    "certificate": ("xiaoyu", "/certificates/{credential}/"),
    "desk": ("staff", "/desk/"),
    "selection": ("staff", "/desk/admissions/intakes/{decided}/"),
    "board": ("director", "/desk/graduation/intakes/{learning}/"),
    "grading": ("supervisor", "/desk/marking/{to_grade}/"),
}
IN_DOCS = {  # file: what stands in it side by side, and at which width
    "programme": (["programme"], DESK),
    "learner": (["lesson", "quiz", "graduation", "verify"], PHONE),
    "grading": (["grading"], DESK),
}
FOLDER, IMAGES = ROOT / "var" / "screenshots", ROOT / "docs" / "images"
GAP, GROUND, QUALITY = 48, "#d6dfdc", 80


class Camera:
    """Visits pages of a running site, one browser per person, and takes pictures of what is on the screen."""

    def __init__(self, site, chromium, *, scale=1):
        self.site, self.chromium, self.scale = site, chromium, scale
        self.names, self.people = site.seed("addresses", module="places"), {}

    def take(self, page, **dress):
        """A page of MAIN as PNG, in bytes."""
        who, address = MAIN[page]
        if who not in self.people:
            person = self.people[who] = Person(self.site, self.chromium, scale=self.scale)
            person.sign_in(who) if who else None
        person = self.people[who].dress(**dress)
        assert person.open(address.format(**self.names)) == 200, page
        person.page.wait_for_load_state("networkidle")
        return person.page.screenshot()


def everything(camera):
    FOLDER.mkdir(parents=True, exist_ok=True)
    for page in MAIN:
        for dress in DRESSES:
            name = f"{page}-{dress['size'][0]}-{dress['language']}-{dress['theme']}.png"
            (FOLDER / name).write_bytes(camera.take(page, **dress))
        print(f"{page}: {len(DRESSES)} pictures")


def for_the_docs(camera):
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (pages, size) in IN_DOCS.items():
        shots = [camera.take(page, size=size, language="zh-hans", theme="light") for page in pages]
        file = IMAGES / f"{name}.webp"
        side_by_side([Image.open(BytesIO(shot)).convert("RGB") for shot in shots]).save(file, quality=QUALITY, method=6)
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KB")


def side_by_side(pictures):
    """One picture of several of the same height, with a gap between them."""
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    row, place = Image.new("RGB", (width, pictures[0].height), GROUND), 0
    for picture in pictures:
        row.paste(picture, (place, 0))
        place += picture.width + GAP
    return row


def main(docs):
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        if docs:
            for_the_docs(Camera(site, browser, scale=1.5))
        else:
            everything(Camera(site, browser))
        browser.close()


if __name__ == "__main__":
    main("--docs" in sys.argv[1:])

"""Pictures of the main pages: at both widths, in both languages, light and dark, into var/screenshots.

A chosen few become small palette pictures in docs/images, for the README. SITE_VAR keeps the demo for the next time.
"""

import itertools
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.conftest import CHROMIUM, DESK, PHONE, ROOT, Person, running_site

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
CHOSEN = {  # in docs/images: name, width, language, theme
    "home": (PHONE, "zh-hans", "light"),
    "lesson": (DESK, "zh-hans", "light"),
    "grading": (DESK, "zh-hans", "light"),
    "certificate": (DESK, "zh-hans", "light"),
}
COMBINATIONS = list(itertools.product((PHONE, DESK), ("zh-hans", "en"), ("light", "dark")))
FOLDER, IMAGES = ROOT / "var" / "screenshots", ROOT / "docs" / "images"
COLOURS = 128


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        names, visitors = site.seed("addresses", module="places"), {}
        for name, (who, address) in MAIN.items():
            if who not in visitors:
                visitors[who] = Person(site, browser)
                visitors[who].sign_in(who) if who else None
            for combination in COMBINATIONS:
                take(visitors[who], name, address.format(**names), *combination)
        browser.close()
    for name, combination in CHOSEN.items():
        shrink(picture(name, *combination), IMAGES / f"{name}.png")


def picture(name, size, language, theme):
    return FOLDER / f"{name}-{size[0]}-{language}-{theme}.png"


def take(person, name, address, size, language, theme):
    person.dress(size=size, language=language, theme=theme)
    person.open(address)
    person.page.wait_for_load_state("networkidle")
    person.page.screenshot(path=picture(name, size, language, theme))
    print(picture(name, size, language, theme).relative_to(ROOT))


def shrink(source, target):
    """A picture of at most so many colours: a fifth of the bytes, and nobody sees the difference."""
    Image.open(source).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()

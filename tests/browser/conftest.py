"""A real site for the browser: the demo in a folder of its own, served by gunicorn with its worker.

The tests' own process never touches the database: what they need beyond the demo is made by ``seed.py`` in the site's
environment, mail is read from files, and the rehearsal clock is moved by its command.
"""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils.text import slugify
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PHONE, DESK = (390, 844), (1280, 900)
expect.set_options(timeout=20_000)  # two busy cores are slow; a page that never comes still ends the test
# axe, as the product promises it: WCAG 2.2 A and AA, the size of targets, and best practices
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


def seed():
    """The seed that rotates roles, languages, themes and widths; printed, and repeatable by SEED=."""
    return int(os.environ.get("SEED") or random.SystemRandom().randint(1, 10**6))


SEED = seed()


def pytest_report_header():
    return f"browser seed: SEED={SEED}"


@dataclass
class Site:
    """The running site: its address, its folder, and its command line."""

    url: str
    var: Path
    environment: dict

    def manage(self, *arguments, stdin=None):
        """Run a management command in the site's environment; returns what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, input=stdin, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def seed(self, name, /, module="seed", **values):
        """Call a function of seed.py (or places.py) with values; returns what it returned (JSON)."""
        call = f"{module}.{name}(**{values!r})"
        code = f"import json; from tests.browser import {module}; print('>>>' + json.dumps({call}))"
        printed = self.manage("shell", "--verbosity", "0", "-c", code)
        return json.loads(printed.rsplit(">>>", 1)[1])

    def mail_to(self, address, *, wait=20):
        """The newest letter to an address, as text; waits for the worker."""
        for _ in range(wait * 4):
            letters = [path.read_text(errors="replace") for path in sorted((self.var / "mail").glob("*"), key=_age)]
            found = [letter for letter in letters if f"To: {address}" in letter]
            if found:
                return found[-1]
            time.sleep(0.25)
        raise AssertionError(f"no mail to {address}")


def _age(path):
    return path.stat().st_mtime_ns


@pytest.fixture(scope="session")
def site():
    with running_site() as site:
        yield site


@contextmanager
def running_site():
    """The demo, loaded into a folder of its own and served on a free port until the block ends."""
    kept = os.environ.get("SITE_VAR")  # a folder to load the demo into once and to use again
    var = Path(kept or tempfile.mkdtemp(prefix="liangxing-browser-"))
    var.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        **{key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "TEST_DATABASE_URL")},
        "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
        "VAR_DIR": str(var),
        "SITE_URL": url,
        "EMAIL_URL": f"filemail:///{var / 'mail'}",
        "PYTHONPATH": str(ROOT),
    }
    began = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=(var / "server.log").open("w"),
        stderr=subprocess.STDOUT,
    )
    try:
        _wait(url, server, var)
        print(f"\ndemo loaded and served after {time.monotonic() - began:.0f} s")
        yield Site(url, var, environment)
    finally:
        os.kill(server.pid, signal.SIGTERM)  # it ends its children itself
        server.wait(30)
        if not kept:
            shutil.rmtree(var, ignore_errors=True)


def _wait(url, server, var):
    for _ in range(600):
        assert server.poll() is None, (var / "server.log").read_text()[-3000:]
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the site did not start: " + (var / "server.log").read_text()[-3000:])


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Person:
    """Somebody with a browser of their own: a width, a language, a theme, and perhaps a name to sign in by."""

    def __init__(self, site, chromium, *, size=PHONE, language="zh-hans", theme="light", script=True, forgive=""):
        self.site = site
        self.context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN" if language == "zh-hans" else "en-GB",
            timezone_id="Asia/Shanghai",
            color_scheme=theme,
            java_script_enabled=script,
            accept_downloads=True,
        )
        self.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.errors, self.forgive = [], forgive  # an error that belongs to what is done here
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message):
        if message.type == "error" and not (self.forgive and self.forgive in message.text):
            self.errors.append(message.text)

    def dress(self, *, size, language, theme):
        """Change width, language and light or dark for the pages to come."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(color_scheme=theme)
        self.context.add_cookies([{"name": "django_language", "value": language, "url": self.site.url}])
        return self

    def open(self, path):
        """Open an address of the site; returns its status."""
        answer = self.page.goto(self.site.url + path if path.startswith("/") else path)
        return answer.status

    def sign_in(self, username, password="liangxing"):
        self.open("/accounts/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", password)
        self.page.locator("main form button[type=submit], main form button:not([type])").first.click()
        self.page.wait_for_load_state()
        assert "/accounts/login" not in self.page.url, f"{username} could not sign in"
        return self

    def text(self):
        return self.page.inner_text("body")

    def close(self):
        self.context.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Let the fixtures of a test know whether it failed."""
    report = (yield).get_result()
    if report.when == "call":
        item.failed = report.failed


@pytest.fixture
def people(site, chromium, request):
    """Make people with browsers. All are closed afterwards; no page may have complained in its console.

    After a failure every person's last page is left as a picture in var/browser.
    """
    made = []

    def somebody(**options):
        made.append(Person(site, chromium, **options))
        return made[-1]

    yield somebody
    if getattr(request.node, "failed", False):
        for number, person in enumerate(made):
            _leave_a_picture(person, request.node.name, number)
    errors = [error for person in made for error in person.errors]
    for person in made:
        person.close()
    assert not errors, "the browser complained: " + "; ".join(errors)


def _leave_a_picture(person, name, number):
    path = ROOT / "var" / "browser" / f"{slugify(name)}-{number}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    person.page.screenshot(path=path, full_page=True)
    print(f"{person.page.url} → {path.relative_to(ROOT)}")


def problems(page):
    """What axe finds, and sideways scroll, as short lines.

    Axe sees the page at its full height, as a reader who scrolls: bars that stick to the screen's edge cover nothing.
    """
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, size["height"]), 16_000)})
    found = Axe().run(page, options=AXE).response["violations"]
    page.set_viewport_size(size)
    lines = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
    return lines + ([f"scrolls sideways by {wide} px"] if wide > 1 else [])


def link_in(letter):
    """The first address in a letter."""
    return re.search(r"https?://\S+", letter)[0]

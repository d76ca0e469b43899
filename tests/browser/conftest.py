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
from django.utils.text import slugify
from playwright.sync_api import expect, sync_playwright

from tests.browser.person import DESK, DRESSES, Person

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop; no database is asked
expect.set_options(timeout=20_000)  # two busy cores are slow; a page that never comes still ends the test


def seed():
    """The seed that rotates roles, languages, themes and widths; printed, and repeatable by SEED=."""
    return int(os.environ.get("SEED") or random.SystemRandom().randint(1, 10**6))


SEED = seed()


def dresses(page):
    """How a page is visited in this run: in one combination of language, theme and width, or by AUDIT=all in every."""
    if os.environ.get("AUDIT") == "all":
        return DRESSES
    return [random.Random(f"{SEED} {page}").choice(DRESSES)]


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(f"browser seed: SEED={SEED}")


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


@pytest.fixture(scope="session")
def names(site):
    """What stands in the addresses of the table, by name."""
    return site.seed("addresses", module="places") | site.seed("addresses", module="rare")


@pytest.fixture(scope="session")
def visitors(site, chromium, names):
    """One browser per role, signed in, changed in language, theme and width from page to page."""
    made = {}

    def visitor(who, *, script=True):
        if (who, script) not in made:
            person = made[who, script] = Person(site, chromium, size=DESK, script=script)
            if who:
                username, *halfway = who.format(**names).split()
                person.sign_in(username, code=names["guarded_code"] if username == "guarded" and not halfway else "")
        return made[who, script]

    yield visitor
    for person in made.values():
        person.close()


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


def link_in(letter):
    """The first address in a letter."""
    return re.search(r"https?://\S+", letter)[0]

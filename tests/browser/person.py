"""Somebody with a browser of their own: what is typed, opened and heard there."""

import itertools
import os
from pathlib import Path

PHONE, DESK = (390, 844), (1280, 900)
LANGUAGES, THEMES = ("zh-hans", "en"), ("light", "dark")
DRESSES = [
    {"language": language, "theme": theme, "size": size}
    for language, theme, size in itertools.product(LANGUAGES, THEMES, (PHONE, DESK))
]
PICTURES = os.environ.get("PICTURES")  # a folder: what everybody sees before and after each step is kept there
NUMBERS = itertools.count(1)


class Person:
    """Somebody with a browser of their own: a width, a language, a theme, and perhaps a name to sign in by."""

    def __init__(
        self, site, chromium, *, size=PHONE, language="zh-hans", theme="light", script=True, forgive="", scale=1
    ):
        self.site, self.language, self.script = site, language, script
        self.context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN" if language == "zh-hans" else "en-GB",
            timezone_id="Asia/Shanghai",
            color_scheme=theme,
            device_scale_factor=scale,
            reduced_motion="reduce",
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
        self.look()
        return answer.status

    def look(self):
        """Keep a picture of the page as it is now, when pictures are wanted."""
        if PICTURES:
            name = f"{self.page.viewport_size['width']}-{self.language}-{next(NUMBERS):04}.png"
            self.page.screenshot(path=Path(PICTURES) / name, full_page=True)

    def sign_in(self, username, password="liangxing", code=""):
        """By password; and by the code when one is given. Without it whoever has a second factor stands halfway."""
        self.open("/accounts/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", password)
        with self.page.expect_navigation():
            self.page.locator("main form button[type=submit], main form button:not([type])").first.click()
        assert "/accounts/login" not in self.page.url, f"{username} could not sign in"
        if code:
            self.page.fill("input[name=code]", code)
            with self.page.expect_navigation():
                self.page.locator("main form:has(input[name=code]) button").first.click()
            assert "/2fa/" not in self.page.url, f"{username}'s code was refused"
        return self

    def prove(self, password="liangxing"):
        """Give the password once more where a page asks for it; leads on to the page that was wanted."""
        self.page.fill("main input[name=password]", password)
        with self.page.expect_navigation():
            self.page.locator("main form:has(input[name=password]) button:not([type=button])").first.click()

    def text(self):
        return self.page.inner_text("body")

    def close(self):
        self.context.close()

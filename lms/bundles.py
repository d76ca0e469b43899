"""Style sheets joined per audience, so that a page loads at most two and a print sheet. There is no build step.

Sources live in ``lms/static/lx/css``. ``BundleFinder`` stands in STATICFILES_FINDERS: runserver joins a bundle when a
source has changed, and ``collectstatic`` joins each of them once. In a template::

    <link rel="stylesheet" href="{% static "lx/core.css" %}">
"""

import os
import re
import threading
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property

SOURCES = Path(__file__).parent / "static" / "lx" / "css"
PREFIX = "lx/"

BUNDLES = {
    "core.css": ("tokens", "base", "components"),  # every page
    "learn.css": ("learn",),  # lesson, quiz, graduation
    "work.css": ("figures", "learn"),  # applications, case work: a time line, a family picture, signatures
    "public.css": ("figures", "learn", "public"),  # programme, verification, answers by link, certificate
    "desk.css": ("figures", "learn", "staff"),  # staff in the light shell; projector
    "print.css": ("print",),  # media="print"
}
ADMIN = "admin.css"  # tokens and every component, for use inside the Wagtail admin

COMMENT = re.compile(r"/\*.*?\*/", re.S)
URL = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|/|#)(?:\.\./)?(.+?)\1\s*\)""")
KEYFRAMES = re.compile(r"@keyframes [^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}\n?")
TAG_AT_START = re.compile(r"^  (?=[a-z])", re.M)

ADMIN_BASE = """
color: var(--ink); font: 400 var(--text-m) / var(--leading) var(--font); line-break: strict; overflow-wrap: anywhere;
& *, & ::before, & ::after { box-sizing: border-box; }
& :where(h1, h2, h3, h4, p, ul, ol, dl, dd, fieldset, blockquote) { margin: 0; }
& :where(ul, ol)[role="list"] { list-style: none; padding: 0; }
& .row { margin: 0; padding: 0; &::before, &::after { content: none; } }
& .tag { margin: 0; text-transform: none; &::before { content: none; } }
& a { text-underline-offset: .25em; &:not([class]) { color: var(--action); text-decoration: underline; } }
& .small { font-size: var(--text-s); }
& .muted { color: var(--muted); }
& .nobr { white-space: nowrap; }
& :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
"""
ADMIN_PARTS = (
    ("base", "layout"),
    ("components", "components"),
    ("figures", "components"),
    ("learn", "components"),
    ("staff", "components"),
    ("base", "utilities"),
)
ADMIN_THEMES = (  # Wagtail marks its theme by a class on <html>
    (':root:not([data-theme="light"])', ":root.w-theme-system"),
    (':root[data-theme="dark"]', ":root.w-theme-dark"),
)
WAGTAIL_PROPERTIES = """
:root {
--w-color-primary-hue: 185.5; --w-color-primary-saturation: 75.3%; --w-color-primary-lightness: 14.3%;
--w-color-secondary-hue: 182.6; --w-color-secondary-saturation: 80.9%; --w-color-secondary-lightness: 22.5%;
--w-color-focus: #0b6468;
--w-font-sans: -apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
.w-theme-dark { DARK }
@media (prefers-color-scheme: dark) { .w-theme-system { DARK } }
main p > a:not([class]) { text-decoration: underline; }
""".replace(
    "DARK",
    "--w-color-focus: #f5bb45; --w-color-text-link-default: #74cfca; --w-color-text-link-hover: #a3e2de; "
    "--w-color-text-button-outline-default: #74cfca; --w-color-text-button-outline-hover: #a3e2de;",
)


def source(name):
    """The text of one source sheet."""
    return (SOURCES / f"{name}.css").read_text(encoding="utf-8")


def tidy(css):
    """Without comments and indentation, and with addresses seen from ``lx/`` instead of ``lx/css/``."""
    lines = (line.strip() for line in COMMENT.sub("", css).splitlines())
    return URL.sub(r"url(\1\2\1)", "\n".join(line for line in lines if line)) + "\n"


def bundle(name):
    """The text of one bundle. Raises KeyError for a name that is none."""
    if name == ADMIN:
        return tidy(admin_sheet())
    return "".join(tidy(source(part)) for part in BUNDLES[name])


def layer(css, name):
    """What stands inside one ``@layer`` block of a sheet."""
    start = css.index("{", css.index(f"@layer {name} {{")) + 1
    depth, end = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(css[end], 0)
        end += 1
    return css[start : end - 1].strip("\n")


def admin_sheet():
    """Our components for the Wagtail admin, whose rules stand outside layers and would beat anything inside one.

    So the layers are taken off and every rule is nested in ``.lx``: put that class on the element around our markup.
    """
    rules = "\n".join(layer(source(sheet), name) for sheet, name in ADMIN_PARTS)
    keyframes = "".join(KEYFRAMES.findall(rules))
    rules = TAG_AT_START.sub("  & ", KEYFRAMES.sub("", rules))
    tokens = source("tokens")
    for ours, wagtails in ADMIN_THEMES:
        tokens = tokens.replace(ours, wagtails)
    return f"{tokens}{WAGTAIL_PROPERTIES}.lx {{{ADMIN_BASE}{rules}\n}}\n{keyframes}"


class BundleFinder(BaseFinder):
    """Offers the bundles to runserver and to collectstatic, as files in ``VAR/css``."""

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = path.removeprefix(PREFIX)
        if not path.startswith(PREFIX) or name not in self.names:
            return []
        found = str(self.joined(name))
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in self.names:
            self.joined(name)
            yield PREFIX + name, self.storage

    names = (*BUNDLES, ADMIN)

    @cached_property
    def storage(self):
        return FileSystemStorage(location=self.folder)

    @cached_property
    def folder(self):
        return Path(settings.VAR, "css")

    def joined(self, name):
        """The file of one bundle, joined anew when a source or this module is newer than it."""
        path = self.folder / PREFIX / name
        changed = max(file.stat().st_mtime for file in (*SOURCES.glob("*.css"), Path(__file__)))
        if not path.exists() or path.stat().st_mtime < changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")  # two requests may join it at once
            draft.write_text(bundle(name), encoding="utf-8")
            os.replace(draft, path)
        return path

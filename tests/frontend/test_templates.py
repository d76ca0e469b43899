"""All templates keep the strict content-security policy and use what exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = settings.BASE_DIR
FOLDERS = ("templates", "lms", "content", "assessments", "media")
TEMPLATES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.html") if "templates" in path.parts)
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "lms/static/lx/icons.svg").read_text(encoding="utf-8")))
DATA_BLOCK = re.compile(r'<script[^>]*type="application/json"[^>]*>.*?</script>', re.S)
FOR_MAIL = "emails"


def name(path):
    return str(path.relative_to(ROOT))


@pytest.fixture(params=[path for path in TEMPLATES if FOR_MAIL not in path.parts], ids=name)
def template(request):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", request.param.read_text(encoding="utf-8"), flags=re.S)
    return DATA_BLOCK.sub("", text)


def test_there_is_no_inline_style(template):
    assert re.findall(r"<style|\sstyle\s*=", template) == []


def test_there_is_no_inline_script(template):
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", template) == []


def test_there_is_no_inline_handler(template):
    assert re.findall(r"<[^>]*\son[a-z]+\s*=|javascript:", template) == []


def test_nothing_comes_from_another_host(template):
    assert re.findall(r"""<(?:script|link|img|iframe|video|source)[^>]*(?:src|href)=["']https?:""", template) == []


def test_icons_exist(template):
    assert set(re.findall(r'{% icon "([\w-]+)"', template)) - ICONS == set()


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.parts[-2] != "wagtailadmin"], ids=name)
def test_templates_compile(path):
    parts = path.parts
    get_template(str(Path(*parts[len(parts) - parts[::-1].index("templates") :])))

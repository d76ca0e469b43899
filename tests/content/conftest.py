"""Lessons with everything a body can hold."""

import io

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from PIL import Image as Picture

from media.models import Image
from tests import factories

CHECK = {
    "key": "c1",
    "question": "先做什么？",
    "required": True,
    "multiple": False,
    "options": [
        {"text": "先问大人", "correct": False, "feedback": "孩子的安全在前。"},
        {"text": "先看孩子是否安全", "correct": True, "feedback": "对，安全在前。"},
    ],
}


@pytest.fixture
def module(courses):
    return factories.module(factories.course("儿童保护", modules=0, slug="protection"), "第一单元")


@pytest.fixture
def photo(courses):
    """A photo wide enough for every size."""
    stream = io.BytesIO()
    Picture.new("RGB", (1600, 900), "#0e4a4f").save(stream, "JPEG")
    return Image.objects.create(title="走访", file=ContentFile(stream.getvalue(), "visit.jpg"), width=1600, height=900)


ENTRIES, TEXTS = "wagtailsearch_indexentry", "wagtailsearch_indexentry_fts"
FULL_TEXT = [
    f"drop table {TEXTS}",
    f"create virtual table {TEXTS} using fts5(autocomplete, body, title)",
    f"create trigger insert_{TEXTS} after insert on {ENTRIES} begin insert into {TEXTS}"
    " (title, body, autocomplete, rowid) values (new.title, new.body, new.autocomplete, new.id); end",
    f"create trigger update_{TEXTS} after update on {ENTRIES} begin update {TEXTS}"
    " set title = new.title, body = new.body, autocomplete = new.autocomplete where rowid = new.id; end",
    f"create trigger delete_{TEXTS} after delete on {ENTRIES} begin delete from {TEXTS} where rowid = old.id; end",
]


@pytest.fixture
def search_index(db):
    """SQLite's full-text table, which Wagtail's migrations make; without migrations a plain table has its name."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("select sql from sqlite_master where name = %s", [TEXTS])
        if "virtual" not in cursor.fetchone()[0].lower():
            for statement in FULL_TEXT:
                cursor.execute(statement)

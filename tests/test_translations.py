"""Chinese is complete: no text of ours without a translation, none fuzzy, and what is compiled is what is written."""

from pathlib import Path

import polib

CATALOGUE = Path(__file__).resolve().parents[1] / "lms/locale/zh_Hans/LC_MESSAGES/django.po"


def test_every_text_is_translated():
    catalogue = polib.pofile(str(CATALOGUE))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_the_compiled_catalogue_is_the_written_one():
    written = {
        (e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.pofile(str(CATALOGUE)) if not e.obsolete
    }
    compiled = {
        (e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }
    assert compiled == written


def test_placeholders_survive_translation():
    wrong = []
    for entry in polib.pofile(str(CATALOGUE)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and names(text) - names(entry.msgid + entry.msgid_plural):
                wrong.append(entry.msgid)
    assert wrong == []


def names(text):
    return {part.split(")")[0] for part in text.split("%(")[1:]}

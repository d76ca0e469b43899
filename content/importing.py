"""Lesson files: the ``[[body]]`` of a TOML lesson as the stored blocks of a lesson.

Fields are named as in the blocks, but ``html`` for rich text and ``file`` for what is shown. Rich text comes through
the allow-list on its way in.
"""

from content import cleaning


def stream_from(body, *, images=None, media=None, documents=None):
    """Stored blocks (``LessonPage.body`` takes them) from the ``[[body]]`` tables of a lesson file, in order.

    ``images``, ``media``, ``documents``: what the files name, by file name. A type without a reader here is taken as it
    stands, so a plugin's block can be written in a lesson file too. Raises KeyError for a file that is not given.
    """
    files = {"image": images or {}, "video": media or {}, "audio": media or {}, "document": documents or {}}
    return [{"type": part["type"], "value": _value(part, files.get(part["type"], {}))} for part in body]


def _value(part, files):
    read = READERS.get(part["type"], _as_it_stands)
    return read(part, files)


def _as_it_stands(part, files):
    return {name: _plain(value) for name, value in part.items() if name != "type"}


def _plain(value):
    """Dates as text, ``html`` fields cleaned under the name ``text``."""
    if isinstance(value, dict):
        return _with_text({name: _plain(inner) for name, inner in value.items()})
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _with_text(values):
    return {("text" if name == "html" else name): _cleaned(name, value) for name, value in values.items()}


def _cleaned(name, value):
    return str(cleaning.clean(value)) if name == "html" else value


def _rich_text(part, files):
    return str(cleaning.clean(part["html"]))


def _with_html(part, files):
    return _with_text(_as_it_stands(part, files))


def _heading(part, files):
    return {"text": part["text"], "level": str(part.get("level", 2))}


def _image(part, files):
    alt = part.get("alt", "")
    picture = {"image": files[part["file"]].pk, "alt_text": alt, "decorative": not alt}
    return {"image": picture, "caption": part.get("caption", "")}


def _recording(part, files):
    title, transcript = part.get("title", ""), part.get("transcript", "").strip()
    return {"recording": files[part["file"]].pk, "title": title, "transcript": transcript}


def _document(part, files):
    return {"document": files[part["file"]].pk, "title": part.get("title", ""), "note": part.get("note", "")}


def _table(part, files):
    columns = [{"type": "text", "heading": heading} for heading in part["columns"]]
    rows = [{"values": list(row)} for row in part["rows"]]
    return {"caption": part.get("caption", ""), "columns": columns, "rows": rows}


def _check(part, files):
    options = [{"correct": False, "feedback": "", **option} for option in part["options"]]
    return {"required": True, "multiple": False, "key": "", **_as_it_stands(part, files), "options": options}


READERS = {
    "rich_text": _rich_text,
    "heading": _heading,
    "image": _image,
    "video": _recording,
    "audio": _recording,
    "document": _document,
    "callout": _with_html,
    "vignette": _with_html,
    "table": _table,
    "check": _check,
}

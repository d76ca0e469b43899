"""The texts of a question in another language, laid over what marks it.

Settings and their translation have the same shape. Texts come from the translation, keys and what is right from the
source; rows are matched by their ``key``; a plain list of texts (accepted answers) is joined, the translation first.
"""

NOT_TEXTS = {"key", "match"}


def translated(source, translation):
    """The source with the texts of the translation where it has any."""
    if isinstance(source, str):
        return translation if isinstance(translation, str) and translation else source
    if isinstance(source, dict) and isinstance(translation, dict):
        return {
            name: value if name in NOT_TEXTS else translated(value, translation.get(name))
            for name, value in source.items()
        }
    if isinstance(source, list) and isinstance(translation, list):
        return _translated_list(source, translation)
    return source


def _translated_list(source, translation):
    if all(isinstance(row, str) for row in [*source, *translation]):
        return list(dict.fromkeys([*translation, *source]))
    by_key = {row.get("key"): row for row in translation if isinstance(row, dict)}
    return [translated(row, by_key.get(row.get("key"))) if isinstance(row, dict) else row for row in source]


def aligned(source, translation):
    """A translation written row by row beside the source (same number, same order), given the source's keys.

    Raises ValueError when a list of rows has another length: then nobody knows which text belongs to which row.
    """
    if isinstance(source, dict) and isinstance(translation, dict):
        keys = {name: source[name] for name in NOT_TEXTS if name in source}
        return {**{name: aligned(source.get(name), value) for name, value in translation.items()}, **keys}
    if isinstance(source, list) and any(isinstance(row, dict) for row in source):
        return [aligned(row, other) for row, other in zip(source, _as_rows(translation), strict=True)]
    return translation


def _as_rows(translation):
    return [row if isinstance(row, dict) else {"text": row} for row in translation or ()]

"""Wagtail's database search for Chinese: one token per Han character, in the index and in the query.

Wagtail's own search splits words at spaces and finds no Chinese word inside a title. Spacing the characters makes
pages, images and documents findable on SQLite and PostgreSQL, in our views and in the admin alike. The order of
characters is not considered. Run ``update_index`` after switching the backend on.
"""

import copy
import importlib
import re

from modelsearch.backends import database

HAN = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af])")


def spaced(query):
    """The text, or a copy of the query object, with a space around every Han character."""
    if isinstance(query, str):
        return HAN.sub(r" \1 ", query)
    query = copy.copy(query)
    if hasattr(query, "query_string"):
        query.query_string = spaced(query.query_string)
    if hasattr(query, "subqueries"):
        query.subqueries = [spaced(part) for part in query.subqueries]
    if hasattr(query, "subquery"):
        query.subquery = spaced(query.subquery)
    return query


def SearchBackend(params):
    """The backend that settings name by this module's path; called by Wagtail with the backend's options."""
    backend = database.SearchBackend(params)
    _index_han_characters(importlib.import_module(type(backend).__module__))
    backend.search = _spacing(backend.search)
    backend.autocomplete = _spacing(backend.autocomplete)
    return backend


def _index_han_characters(module):
    if hasattr(module.ObjectIndexer, "han"):
        return

    class Indexer(module.ObjectIndexer):
        han = True

        def prepare_value(self, value):
            return spaced(super().prepare_value(value))

    module.ObjectIndexer = Indexer


def _spacing(search):
    def spaced_search(query, *args, **options):
        return search(spaced(query), *args, **{"operator": "and", **options})

    return spaced_search

"""Style sheets: joined in order, small enough, with nothing lost on the way."""

import gzip

import pytest
from django.contrib.staticfiles import finders

from lms import bundles

KB = 1024


def compressed(name):
    return len(gzip.compress(bundles.bundle(name).encode(), 9))


@pytest.mark.parametrize("name", bundles.BUNDLES)
def test_a_bundle_holds_each_of_its_sources_once_and_in_order(name):
    joined = bundles.bundle(name)

    places = [joined.index(bundles.tidy(bundles.source(part))) for part in bundles.BUNDLES[name]]
    assert places == sorted(places)
    assert [joined.count(bundles.tidy(bundles.source(part))) for part in bundles.BUNDLES[name]] == [1] * len(places)


@pytest.mark.parametrize("name", [*bundles.BUNDLES, bundles.ADMIN])
def test_every_bracket_closes(name):
    joined = bundles.bundle(name)
    assert joined.count("{") == joined.count("}")


def test_the_order_of_layers_is_said_before_any_rule():
    assert bundles.bundle("core.css").startswith("@layer tokens, base, layout, components, utilities, print;")


def test_the_core_stays_small():
    assert compressed("core.css") <= 10 * KB


def test_a_lesson_page_loads_little_style():
    assert compressed("core.css") + compressed("learn.css") <= 10.5 * KB


def test_every_source_is_in_some_bundle():
    used = {part for parts in bundles.BUNDLES.values() for part in parts}
    assert used == {sheet.stem for sheet in bundles.SOURCES.glob("*.css")}


def test_addresses_are_seen_from_the_folder_of_the_bundle():
    css = """
      a { background: url("../icons.svg#check") }
      b { background: url(data:image/svg+xml,x) }
      c { src: url('/static/x') }
    """
    tidied = bundles.tidy(css)
    assert 'url("icons.svg#check")' in tidied
    assert "url(data:image/svg+xml,x)" in tidied
    assert "url('/static/x')" in tidied


def test_the_admin_sheet_stands_outside_layers_and_follows_wagtails_theme():
    admin = bundles.bundle(bundles.ADMIN)
    rules = admin[admin.index(".lx {") :]
    assert "@layer" not in rules
    assert ":root.w-theme-dark {" in admin
    assert "data-theme" not in admin


def test_the_finder_offers_the_joined_file():
    path = finders.find("lx/core.css")
    with open(path, encoding="utf-8") as sheet:
        assert sheet.read() == bundles.bundle("core.css")


def test_the_finder_leaves_other_names_to_others():
    finder = bundles.BundleFinder()
    assert finder.find("lx/unknown.css") == []
    assert finder.find("core.css") == []


def test_collecting_finds_every_bundle_once():
    listed = [path for path, _ in bundles.BundleFinder().list([])]
    assert listed == ["lx/" + name for name in (*bundles.BUNDLES, bundles.ADMIN)]

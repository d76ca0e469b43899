"""docs/permissions.md decides: for every kind of object, every role lists, reads and writes at the real addresses."""

import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.permissions.tries import KINDS, SHOWN_WITH, Get
from tests.permissions.world import CANARY, World

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).resolve().parents[1] / "docs/permissions.md"
ROLES = [
    "anonymous",
    "applicant",
    "other applicant",
    "learner",
    "other learner",
    "who left",
    "graduate",
    "supervisor",
    "other supervisor",
    "former supervisor",
    "instructor",
    "named instructor",
    "other instructor",
    "reviewer",
    "scorer",
    "other scorer",
    "staff",
    "other staff",
    "director",
    "signatory",
    "reader",
]
YES, NO, LOCKED = "yes", "–", "locked"
READING = ("list", "read")
LOGS = {"django_session", "media_opening", "usersessions_usersession"}  # that somebody came, or looked
WRITE = re.compile(r'^(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(\w+)"?')


def table():
    """{(object kind, action): {role: cell}} as the document says it."""
    rows = [line.strip("| \n").split("|") for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if "|" in line]
    rows = [[cell.strip() for cell in row] for row in rows]
    head = next(row for row in rows if row[:2] == ["object", "action"])
    body = rows[rows.index(head) + 2 :]
    return {(row[0], row[1]): dict(zip(head[2:], row[2:], strict=True)) for row in body}


# --- the world ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Planted once, with a browser for everybody; taken back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        planted = World()
        planted.browsers = {role: _browser(person) for role, person in planted.people.items()}
        yield planted
        transaction.set_rollback(True)


def _browser(person):
    browser = Client(headers={"accept-language": "en"})
    if person:
        browser.force_login(person)
    return browser


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


# --- trying ---------------------------------------------------------------------------------------------------------
class Answer:
    """What came of a try: the final answer and the tables that were written. All is undone afterwards."""

    def __init__(self, browser, one):
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            self.response = _get(browser, one.path) if isinstance(one, Get) else browser.post(one.path, one.data)
            self.text = _text(self.response)
            transaction.set_rollback(True)
        self.written = _written(queries)

    @property
    def status(self):
        return self.response.status_code

    @property
    def is_turned_away(self):
        """Not there, or asked to sign in, what was sent kept until then; Wagtail sends people away to its start."""
        to = self.response.headers.get("Location", "")
        sent_away = to == "/admin/" or to.startswith("/accounts/login/")
        return self.status in (401, 404) or (self.status == 302 and sent_away)


def _get(browser, path):
    """Follow to where one is shown the way, but not to where one is turned away."""
    response = browser.get(path)
    for _hop in range(3):
        to = response.headers.get("Location", "")
        if response.status_code not in (301, 302) or to == "/admin/" or to.startswith("/accounts/login/"):
            break
        response = browser.get(to)
    return response


def _text(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers} {body.decode(errors='replace')}"


def _written(queries):
    found = (WRITE.match(query["sql"]) for query in queries)
    return {match[1] for match in found if match} - LOGS


def judged(action, tries, browser):
    """The cell that a role's browser earns, and whatever must not happen on the way."""
    answers = [(one, Answer(browser, one)) for one in tries]
    assert all(answer.status < 500 for _one, answer in answers)
    if action in READING:
        return _judged_reading(action, answers)
    if any(answer.written and answer.status < 400 for _one, answer in answers):
        return YES, []
    return NO, _astray(answers)


def _astray(answers):
    """Doors of the object that opened although nothing was behind them."""
    return [answer for one, answer in answers if not (one.shared or answer.is_turned_away)]


def _judged_reading(action, answers):
    if any(answer.status == 200 and one.shows in answer.text for one, answer in answers):
        return YES, []
    assert not any(one.shows in answer.text for one, answer in answers if CANARY in one.shows)
    if any(answer.status == 403 for _one, answer in answers):
        return LOCKED, []
    return NO, [] if action == "list" else _astray(answers)


def row_of(world, kind, action):
    """The cells of every role, and the roles that were let in to a page that shows nothing to them."""
    tries = KINDS[kind][action](world)
    cells, strayed = {}, set()
    for role in ROLES:
        cells[role], open_doors = judged(action, tries, world.browsers[role])
        if open_doors:
            strayed.add(role)
    return cells, strayed


# --- the table decides ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_the_table_decides(world, kind):
    said = table()
    for action in KINDS[kind]:
        cells, strayed = row_of(world, kind, action)
        assert {role: cell for role, cell in cells.items() if said[kind, action][role] != cell} == {}, action
        # who sees nothing of an object gets the same answer as for one that does not exist
        assert strayed - _readers(said, kind) == set(), action


def _readers(said, kind):
    """Who lists or reads the kind, or another that stands on the same page; or is told that it is locked."""
    kinds = [kind, *SHOWN_WITH.get(kind, ())]
    rows = [said[one, action] for one in kinds for action in READING if (one, action) in said]
    return {role for row in rows for role, cell in row.items() if cell != NO}


def test_the_table_names_every_role_every_kind_and_every_action():
    said = table()
    assert {role for cells in said.values() for role in cells} == set(ROLES)
    assert list(said) == [(kind, action) for kind, actions in KINDS.items() for action in actions]


def test_the_world_has_somebody_in_every_role(world):
    assert set(world.people) == set(ROLES)

"""A learner with a case, an assignment that asks for its record, and the people around it."""

import pytest

from assessments.submissions.actions import check, save_section, submit
from assessments.submissions.assignments import AssignmentPage
from lms import clock, events
from lms.casework import actions, consent_actions
from lms.casework.events import ConsentWithdrawn
from lms.casework.models import Consent
from lms.casework.record_form import SECTIONS
from tests import factories

CANARY = "CANARY-L1-CASE-7f3a"


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def assignment(course):
    """The activity of the assignment that asks for case records."""
    page = AssignmentPage(title="个案记录", slug="record", form="case_record", repeatable=True)
    factories.publish(course.get_children().first().add_child(instance=page))
    return factories.activity_of(page)


@pytest.fixture
def case(enrolment, now):
    """A child of 9 to 13."""
    return actions.open_case(enrolment, age_band="9-13", now=now)


@pytest.fixture
def simulated(enrolment, now):
    return actions.open_case(enrolment, age_band="6-8", simulated=True, now=now)


@pytest.fixture
def agreed(case, learner, now):
    """The case, with the consent of guardian and child to service and training."""
    for purpose in ("service", "training"):
        say(case, purpose, "guardian", by=learner)
        say(case, purpose, "child", by=learner)
    return case


@pytest.fixture
def record(agreed, assignment, now):
    """The record of the case, begun."""
    return actions.start_record(agreed, assignment, now=now)


@pytest.fixture
def sent(record, supervisor, now):
    """The record of the case, handed in to the supervisor."""
    return hand_in(record)


@pytest.fixture
def wei(db):
    """危思齐, a supervisor of others."""
    return factories.person("wei", name="危思齐")


@pytest.fixture
def jing(db):
    """井鉴秋, who teaches."""
    return factories.person("jing", name="井鉴秋")


def say(case, purpose, giver, *, by, agreed=True, **facts):
    """The guardian or the child answers about one purpose, today."""
    known = {"relation": "grandparent"} if giver == "guardian" else {"words": "可以，但不要说我家在哪"}
    facts = {"given_on": clock.today(), **known, **facts}
    return consent_actions.record_answer(
        case, purpose=purpose, giver=giver, agreed=agreed, by=by, now=clock.now(), **facts
    )


def filled(field, text=""):
    """A value that satisfies a field of the form."""
    if field.kind == "rows":
        return [{part.key: filled(part, text) for part in field.fields} for _row in range(field.minimum)]
    if field.kind == "choice":
        return field.choices[0][0]
    if field.kind == "date":
        return clock.today().isoformat()
    if field.kind == "number":
        return str(field.minimum)
    return text + "好" * max(field.minimum, 1)


def fill(submission, text=""):
    """Fill in every section of the draft; ``text`` begins every text."""
    for section in SECTIONS:
        values = {field.key: filled(field, text) for field in section.fields if field.kind != "files"}
        save_section(submission, section.key, values, submission.revision_of(section.key), now=clock.now())
        submission.refresh_from_db()


def hand_in(submission, text="", key="k1"):
    fill(submission, text)
    checked = check(submission, now=clock.now())
    confirmed = {finding.id for finding in checked.findings}
    submit(submission, key=key, seen=checked.sha256, confirmed=confirmed, now=clock.now())
    submission.refresh_from_db()
    return submission


def valid(case):
    return {(one.purpose, one.giver) for one in Consent.objects.filter(case=case).valid()}


@pytest.fixture
def heard():
    """Withdrawals that were told inside their transaction, as a layer above would hear them."""
    told = []
    events.records(ConsentWithdrawn)(told.append)
    yield told
    events._records[ConsentWithdrawn].remove(told.append)

"""Erasing a case: by a director, with a reason, unless it is held; afterwards no byte of it is left."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone
from wagtail.models import ModelLogEntry

from assessments.grading.actions import Words, save_grade
from assessments.submissions.actions import save_section
from lms import clock
from lms.casework import actions, consent_actions, erasure, time_actions
from lms.casework.counting import counted
from lms.casework.models import Case, Tombstone
from lms.verdicts import Refused
from media import actions as media
from tests.casework.conftest import CANARY, hand_in, say
from tests.casework.test_cases import REASON

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def test_a_director_erases_with_a_reason_and_a_tombstone_is_left(agreed, sent, supervisor, director, now):
    stone = erasure.erase(agreed, by=director, reason="asked for by the guardian", now=now)

    agreed.refresh_from_db()
    sent.refresh_from_db()
    version = sent.versions.get()
    assert (agreed.closed_at, sent.state, sent.draft, version.content) == (now, "erased", {}, {})
    assert (stone.code, stone.erased_by, stone.erased_at) == (agreed.code, director, now)
    assert stone.facts["versions"][0]["sha256"] == version.sha256
    assert stone.facts["consents"] == 4
    assert ModelLogEntry.objects.get(action="casework.erase").label == agreed.code


def test_nobody_else_erases(agreed, learner, supervisor, staff, wei, now):
    for person in (learner, supervisor, staff, wei):
        with pytest.raises(Refused, match="Only a director"):
            erasure.erase(agreed, by=person, reason="because", now=now)
    assert not Tombstone.objects.exists()


def test_erasing_needs_a_reason_and_happens_once(agreed, director, now):
    with pytest.raises(Refused, match="reason"):
        erasure.erase(agreed, by=director, reason=" ", now=now)
    erasure.erase(agreed, by=director, reason="asked for", now=now)
    with pytest.raises(Refused, match="already"):
        erasure.erase(agreed, by=director, reason="asked for", now=now)


def test_a_legal_hold_blocks_erasure_until_its_day_has_passed(agreed, director, staff, now):
    until = clock.today() + timedelta(days=10)
    with pytest.raises(Refused, match="Only a director"):
        actions.hold(agreed, until=until, by=staff, reason="a complaint", now=now)
    actions.hold(agreed, until=until, by=director, reason="a complaint", now=now)

    with pytest.raises(Refused, match="legal hold keeps"):
        erasure.erase(agreed, by=director, reason="asked for", now=now)
    with pytest.raises(Refused, match="legal hold keeps"):
        erasure.erase(agreed, by=director, reason="asked for", now=now + timedelta(days=10))
    assert erasure.erase(agreed, by=director, reason="asked for", now=now + timedelta(days=11))


def test_a_text_has_been_kept_long_enough_180_days_after_its_cohort_unless_it_is_held(agreed, sent, director, now):
    ends = timezone.make_aware(datetime.combine(agreed.enrolment.intake.cohort.ends_on, time(12)))
    day, later = ends + timedelta(days=180), ends + timedelta(days=190)
    assert not Case.objects.kept_long_enough(day - timedelta(days=1))
    assert list(Case.objects.kept_long_enough(day)) == [agreed]
    actions.hold(agreed, until=day.date() + timedelta(days=5), by=director, reason="a complaint", now=now)
    assert not Case.objects.kept_long_enough(day)
    assert list(Case.objects.kept_long_enough(later)) == [agreed]
    erasure.erase(agreed, by=director, reason="kept long enough", now=later)
    assert not Case.objects.kept_long_enough(later)


def test_a_case_without_a_text_and_a_simulated_one_have_nothing_to_erase(case, simulated, assignment, now):
    actions.start_record(simulated, assignment, now=now)
    assert not Case.objects.kept_long_enough(now + timedelta(days=4000))


def test_a_hold_is_lifted_by_a_director(agreed, director, staff, now):
    actions.hold(agreed, until=clock.today() + timedelta(days=10), by=director, reason="a complaint", now=now)
    with pytest.raises(Refused, match="Only a director"):
        actions.release(agreed, by=staff, now=now)

    actions.release(agreed, by=director, now=now)

    assert erasure.erase(agreed, by=director, reason="asked for", now=now)


def test_a_case_without_a_record_can_be_erased(case, director, now):
    assert erasure.erase(case, by=director, reason="asked for", now=now).facts["age_band"] == "9-13"


def test_accepted_work_and_confirmed_minutes_still_count_afterwards(agreed, sent, supervisor, director, now):
    time = time_actions.enter_time(agreed.enrolment, date=clock.today(), minutes=60, kind="visit", case=agreed, now=now)
    time_actions.confirm_times([time], by=supervisor, now=now)
    sent.versions.get().grades.create(marker=supervisor, outcome="accept", total=80, saved_at=now, released_at=now)

    erasure.erase(agreed, by=director, reason="asked for", now=now)

    assert type(sent).objects.accepted().count_by_enrolment([agreed.enrolment]) == {agreed.enrolment_id: 1}
    assert counted([agreed.enrolment])[agreed.enrolment_id].direct == 60


# --- not a byte -----------------------------------------------------------------------------------------------------
@pytest.fixture
def database_file(tmp_path, course, assignment, enrolment, supervisor, director):
    """The test's database so far, moved into a file and opened as in production."""
    old = connections["default"]
    if old.vendor != "sqlite":
        pytest.skip("looks into the bytes of an SQLite file; the suite runs on another database")
    path = tmp_path / "db.sqlite3"
    path.write_bytes(old.connection.serialize())
    new = DatabaseWrapper({**old.settings_dict, "NAME": str(path), "ATOMIC_REQUESTS": False}, "default")
    connections["default"] = new
    yield path
    new.close()
    connections["default"] = old


def bytes_on_disk(database):
    """Everything in the database's files and in the private store, with where it is."""
    files = [*database.parent.glob(f"{database.name}*"), *Path(settings.PRIVATE_ROOT).rglob("*")]
    return {str(path): path.read_bytes() for path in files if path.is_file()}


def places_of(canary, database):
    return [path for path, content in bytes_on_disk(database).items() if canary.encode() in content]


def plant(case, assignment, learner, supervisor):
    """Write the canary wherever a person can write about a child: consents, drafts, versions, files, comments, time."""
    now = clock.now()
    for purpose in ("service", "training"):
        say(case, purpose, "child", words=CANARY, by=learner)
    consent_actions.decide_by_duty(case, reason=f"{CANARY} {REASON}", by=supervisor, now=now)
    record = actions.start_record(case, assignment, now=now)
    upload(record, learner)
    hand_in(record, CANARY)
    grade(record, supervisor)
    record.state = "returned"
    record.save()
    hand_in(record, f"{CANARY} two ", key="k2")
    grade(record, supervisor)
    record.state = "returned"
    record.save()
    for length in (1, 40, 3, 200, 90, 1, 7, 120, 2):
        save_section(record, "plan", {"methods": CANARY * length}, record.revision_of("plan"), now=now)
        record.refresh_from_db()
    times = [
        time_actions.enter_time(case.enrolment, date=clock.today(), minutes=60, kind="visit", case=case, now=now)
        for _ in range(3)
    ]
    time_actions.refuse_times(times, by=supervisor, reason=CANARY, now=now)


def upload(record, learner):
    """A drawing with the canary in its name, and, as if it were drawn there, in its stored bytes."""
    sent = SimpleUploadedFile(f"{CANARY}.png", PNG, "image/png")
    kept = media.receive(sent, "submission", f"{record.uuid}:genogram", learner, clock.now())
    with open(Path(settings.PRIVATE_ROOT, kept.file.name), "ab") as stored:
        stored.write(CANARY.encode())


def grade(record, supervisor):
    version = record.versions.last()
    words = Words(comment=CANARY, remarks={"plan": CANARY})
    save_grade(version, supervisor, words, 0, now=clock.now())


def test_no_byte_of_an_erased_case_is_left(database_file, enrolment, assignment, learner, supervisor, director):
    others = [actions.open_case(enrolment, age_band="6-8", now=clock.now()) for _ in range(2)]
    case = actions.open_case(enrolment, age_band="9-13", now=clock.now())
    plant(case, assignment, learner, supervisor)
    planted = places_of(CANARY, database_file)
    assert {Path(place).parent == database_file.parent for place in planted} == {True, False}, "both must hold it"

    erasure.erase(Case.objects.get(pk=case.pk), by=director, reason="asked for by the guardian", now=clock.now())

    assert places_of(CANARY, database_file) == []
    assert list(Case.objects.open()) == others[::-1]


def test_rows_of_every_table_are_free_of_it(agreed, assignment, learner, supervisor, director, now):
    """The same on any database: no column of any table holds a word of the case."""
    plant(agreed, assignment, learner, supervisor)
    assert tables_with(CANARY)

    erasure.erase(agreed, by=director, reason="asked for by the guardian", now=now)

    assert tables_with(CANARY) == []


def tables_with(canary):
    return [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if any(canary in str(row) for row in model._base_manager.values())
    ]

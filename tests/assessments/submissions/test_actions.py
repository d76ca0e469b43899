"""A submission from its start to its versions, by actions: once is once, and nothing is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments import overrides
from assessments.events import SubmissionReceived
from assessments.models import Submission, SubmissionFile, SubmissionVersion
from assessments.submissions import actions as submission_actions
from assessments.submissions import erasure as submission_erasure
from assessments.submissions.files import subject_of
from content.events import LearningEvent
from lms import events
from lms.progress.models import Completion, LearningRecord
from lms.verdicts import Refused, Verdict
from media import actions as media_actions
from media import uploads
from media.models import PrivateFile, Upload
from media.purposes import file_purposes
from tests.assessments import submission_factories as make
from tests.media import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def heard():
    """Events of submissions as a layer above hears them, inside the transaction."""
    found = []
    for event in (SubmissionReceived, LearningEvent):
        events.records(event)(found.append)
    yield found
    for event in (SubmissionReceived, LearningEvent):
        events._records[event].remove(found.append)


def attach(submission, field="papers", body=None, name="plan.pdf"):
    now = submission.created_at
    sent = SimpleUploadedFile(name, body or files.pdf())
    return media_actions.receive(sent, "submission", subject_of(submission, field), submission.author, now)


def stored_text(submission):
    """Everything the database holds of a submission's words."""
    submission.refresh_from_db()
    versions = list(submission.versions.values_list("content", "findings"))
    return f"{submission.draft}{versions}"


# --- start ----------------------------------------------------------------------------------------------------------
def test_starting_twice_is_starting_once_and_it_is_booked_to_the_enrolment(work, learner, enrolment, now):
    first = submission_actions.start(work, learner, now=now)
    again = submission_actions.start(work, learner, now=now)
    assert first == again and first.scope == f"enrolment:{enrolment.pk}" and first.form == "record"


def test_one_per_case_where_the_layer_above_says_which(work, learner, now):
    one = submission_actions.start(work, learner, key="case:1", scope="enrolment:9", now=now)
    two = submission_actions.start(work, learner, key="case:2", now=now)
    assert one != two and one.scope == "enrolment:9"
    assert submission_actions.start(work, learner, key="case:1", now=now) == one


def test_without_the_forms_consent_or_access_nothing_starts(work, record, learner, ana, now):
    record.allowed = Verdict(False, "No consent yet.")
    with pytest.raises(Refused, match="No consent yet"):
        submission_actions.start(work, learner, now=now)
    with pytest.raises(Refused):
        submission_actions.start(work, ana, now=now)
    assert not Submission.objects.exists()


# --- draft ----------------------------------------------------------------------------------------------------------
def test_two_windows_never_overwrite_each_other_silently(work, learner, now):
    submission = submission_actions.start(work, learner, now=now)
    first = submission_actions.save_section(submission, "about", {"need": "mine"}, 0, now=now)
    with pytest.raises(submission_actions.Stale) as stale:
        submission_actions.save_section(submission, "about", {"need": "theirs"}, 0, now=now)
    assert (first.revision, stale.value.values, stale.value.revision) == (1, {"need": "mine"}, 1)
    assert submission_actions.save_section(submission, "about", {"need": "both"}, 1, now=now).revision == 2
    assert submission_actions.save_section(submission, "work", {"title": "x"}, 0, now=now).revision == 1
    submission.refresh_from_db()
    assert submission.draft == {"about": {"need": "both"}, "work": {"title": "x"}}


def test_the_same_save_again_is_confirmed_and_counts_once(work, learner, now):
    submission = submission_actions.start(work, learner, now=now)
    once = submission_actions.save_section(submission, "about", {"need": "mine"}, 0, now=now)
    again = submission_actions.save_section(submission, "about", {"need": "mine"}, 0, now=now)
    assert (again.revision, again.saved_at) == (once.revision, once.saved_at)


# --- handing in -----------------------------------------------------------------------------------------------------
def test_handing_in_keeps_version_files_and_receipt_and_tells_the_layers_above(work, learner, heard, now):
    submission = make.filled(work, learner)
    file = attach(submission)

    version = make.hand_in(submission, now=now)

    assert (submission.state, version.number, version.content["about"]["need"]) == ("submitted", 1, make.LONG)
    assert len(version.receipt) == 9 and len(version.sha256) == 64
    assert [row.file for row in version.files.all()] == [file]
    received, learned = heard
    assert received == SubmissionReceived(submission.pk, version.pk)
    assert (learned.verb, learned.key) == ("submitted", f"submitted:{submission.uuid}:1")
    assert LearningRecord.objects.get().verb == "submitted"
    assert Completion.objects.get().completed_at is None


def test_a_double_click_gives_one_version_and_a_second_tab_none(work, learner, now):
    submission = make.filled(work, learner)
    first = make.hand_in(submission, key="one")
    checked = submission_actions.check(submission, now=now)
    confirmed = {finding.id for finding in checked.findings}
    again = submission_actions.submit(submission, key="one", seen=checked.sha256, confirmed=confirmed, now=now)
    assert again == first
    with pytest.raises(Refused, match="has been handed in"):
        submission_actions.submit(submission, key="two", seen=checked.sha256, confirmed=confirmed, now=now)
    assert SubmissionVersion.objects.count() == 1


def test_what_is_incomplete_unconfirmed_or_was_changed_since_is_not_taken(work, record, learner, now):
    record.names = ("木呷",)
    submission = make.filled(work, learner, about={**make.ABOUT, "need": f"{make.LONG}木呷说"})
    checked = submission_actions.check(submission, now=now)
    assert [(finding.kind, finding.text) for finding in checked.findings] == [("known", "木呷")]
    assert "About the child › Need" in checked.findings[0].place.label

    def submit(seen=checked.sha256, confirmed=frozenset()):
        return submission_actions.submit(submission, key="k", seen=seen, confirmed=confirmed, now=now)

    with pytest.raises(Refused, match="might tell who the child is"):
        submit()
    with pytest.raises(Refused, match="changed since you checked it"):
        submit(seen="of another time", confirmed={checked.findings[0].id})
    version = submit(confirmed={checked.findings[0].id})
    assert version.findings == [{"place": checked.findings[0].place.label, "kind": "known", "text": "木呷"}]

    empty = submission_actions.start(work, learner, key="case:2", now=now)
    with pytest.raises(Refused, match="4 things are still missing"):
        submission_actions.submit(empty, key="e", seen="", confirmed=set(), now=now)


def test_a_child_named_in_a_files_name_is_pointed_out(work, record, learner, now):
    record.names = ("木呷",)
    submission = make.filled(work, learner)
    attach(submission, name="木呷的家.pdf")
    [finding] = submission_actions.check(submission, now=now).findings
    assert "木呷的家.pdf" in finding.place.label


def test_the_deadline_is_the_servers_and_may_be_later_for_one_person(course, record, learner, ana, staff, now):
    activity = make.assignment(course, form="record", due_at=now + timedelta(hours=1))
    submission = make.filled(activity, learner)
    late = now + timedelta(hours=1)
    with pytest.raises(Refused, match="deadline has passed"):
        make.hand_in(submission, now=late)
    overrides.give(activity, learner, reason="ill", by=staff, now=now, due_at=late + timedelta(days=1))
    assert make.hand_in(submission, now=late).number == 1


def test_nothing_changes_after_handing_in_until_it_is_returned(work, learner, now):
    submission = make.filled(work, learner)
    file = attach(submission)
    version = make.hand_in(submission)
    with pytest.raises(Refused, match="has been handed in"):
        submission_actions.save_section(submission, "about", {}, 1, now=now)
    with pytest.raises(Refused, match="has been handed in"):
        media_actions.take_back(file, learner, now)
    with pytest.raises(Refused, match="has been handed in"):
        attach(submission)

    Submission.objects.update(state="returned")
    media_actions.take_back(file, learner, now)
    file.refresh_from_db()
    assert file.erased_at is None and [row.file for row in version.files.all()] == [file]
    assert not submission.files.filter(version=None).exists()
    added = attach(submission)
    second = make.hand_in(submission)
    assert (second.number, [row.file for row in second.files.all()]) == (2, [added])
    assert [row.file for row in version.files.all()] == [file]


def test_files_are_taken_only_from_the_author_and_where_the_form_asks_for_them(work, learner, ana, now):
    submission = submission_actions.start(work, learner, now=now)
    purpose = file_purposes["submission"]
    allowed = [
        bool(purpose.may_upload(user, subject, now))
        for user, subject in [
            (learner, subject_of(submission, "papers")),
            (ana, subject_of(submission, "papers")),
            (learner, subject_of(submission, "need")),
            (learner, "nothing"),
        ]
    ]
    assert allowed == [True, False, False, False]


# --- closing and erasing --------------------------------------------------------------------------------------------
def test_a_closed_text_opens_for_nobody_and_what_was_accepted_still_counts(work, learner, enrolment, supervisor, now):
    submission = make.filled(work, learner)
    file = attach(submission)
    make.hand_in(submission)
    make.mark_by(submission, supervisor)
    Submission.objects.update(state="accepted")
    purpose = file_purposes["submission"]
    assert [purpose.may_open(user, file, now) for user in (learner, supervisor)] == ["author", "supervisor"]

    submission_erasure.close_text(submission, now)

    assert [purpose.may_open(user, file, now) for user in (learner, supervisor)] == ["", ""]
    assert submission.is_closed
    assert Submission.objects.accepted().count_by_enrolment([enrolment], form="record") == {enrolment.pk: 1}
    with pytest.raises(Refused, match="closed"):
        submission_actions.save_section(submission, "about", {}, 0, now=now)


@pytest.mark.django_db(transaction=True)
def test_erasing_leaves_hashes_dates_and_grades_and_no_word(work, learner, staff, supervisor, now):
    submission = make.filled(work, learner, about={**make.ABOUT, "need": make.LONG + make.CANARY})
    file = attach(submission, name=f"{make.CANARY}.pdf")
    uploads.begin(learner, "submission", subject_of(submission, "papers"), name="b.pdf", length=9, now=now)
    version = make.hand_in(submission)
    assert make.CANARY in stored_text(submission)

    facts = submission_erasure.erase_submission(submission, staff, "asked by the guardian", now)

    file.refresh_from_db()
    assert make.CANARY not in stored_text(submission) + file.name + str(facts)
    assert file.erased_at and not file.file and not Upload.objects.exists()
    assert submission.state == "erased" and submission.is_closed
    assert facts["versions"][0]["receipt"] == version.receipt
    assert facts["versions"][0]["files"] == [file.sha256]
    assert PrivateFile.objects.get() == file and SubmissionFile.objects.count() == 2


@pytest.mark.parametrize("ends", [make.hand_in, lambda one: submission_erasure.close_text(one, one.created_at)])
def test_a_file_that_was_still_coming_in_when_the_text_closed_is_not_kept(work, learner, ends):
    """The purpose asks again when it stores the file, under the lock of the submission."""
    submission = make.filled(work, learner)
    kept = attach(submission)
    ends(submission)
    with pytest.raises(Refused):
        file_purposes["submission"].received(kept, subject_of(submission, "papers"), learner, submission.created_at)

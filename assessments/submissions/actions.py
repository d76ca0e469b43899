"""What happens to submissions: start, save a section, hand in. ``now`` is when the request arrived, by our clock."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments import identifiers
from assessments.events import SubmissionReceived
from assessments.overrides import allowance
from assessments.submissions import assignments, fields, rules, submission_forms
from assessments.submissions.changing import may_change
from assessments.submissions.models import Submission, SubmissionFile, SubmissionVersion
from assessments.submissions.texts import files_by_field, places_and_texts
from content.access import may_open
from content.events import LearningEvent
from lms.events import publish
from lms.texts import can_be_kept
from lms.verdicts import YES, Refused, Verdict, unavailable


class Stale(Refused):
    """Another window saved this section in between. ``values`` and ``revision`` are what is stored."""

    def __init__(self, values, revision):
        super().__init__(_("This part was changed in another window."), Verdict(False))
        self.values = values
        self.revision = revision


@dataclass(frozen=True)
class Saved:
    revision: int
    saved_at: datetime


# --- start ----------------------------------------------------------------------------------------------------------
def start(activity, learner, *, now, key="", scope=""):
    """The learner's submission of this assignment and key; a new draft when there is none. Raises Refused.

    ``key``: which of several (``case:7``). ``scope``: what it is booked to; by default the enrolment that opens it.
    """
    mine = Submission.objects.filter(activity=activity, author=learner, key=key)
    found = mine.first()
    if found:
        return found
    assignment = assignments.find(activity)
    Verdict(assignment is not None, _("This assignment is not published.")).require()
    form = form_of(assignment.rules.form)
    access = may_open(activity, learner, now).require()
    form.may_start(activity, learner, now).require()
    try:
        with transaction.atomic():
            return Submission.objects.create(
                activity=activity,
                author=learner,
                form=form.key,
                key=key,
                scope=scope or _scope(access),
                created_at=now,
            )
    except IntegrityError:
        return mine.get()


def _scope(access):
    enrolment = access.facts.get("enrolment")
    return f"enrolment:{enrolment}" if enrolment else ""


def form_of(key):
    """The registered form, or Refused when its plugin is not installed."""
    form = submission_forms.get(key)
    if form is None:
        unavailable(key).require()
    return form


# --- draft ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def save_section(submission, section_key, values, base_revision, *, now):
    """Keep what was typed in one section. Raises Refused when nothing may be changed, Stale when another was faster.

    The same values sent twice (the answer was lost on the way) are simply confirmed.
    """
    can_be_kept(values).require()
    held = _held(submission)
    may_change(held, now).require()
    stored, revision = held.draft.get(section_key, {}), held.revision_of(section_key)
    if stored == values:
        return Saved(revision, held.draft_saved_at or now)
    if revision != base_revision:
        raise Stale(stored, revision)
    held.draft = {**held.draft, section_key: values}
    held.revisions = {**held.revisions, section_key: revision + 1}
    held.draft_saved_at = now
    held.save(update_fields=["draft", "revisions", "draft_saved_at"])
    return Saved(revision + 1, now)


def _held(submission):
    return Submission.objects.select_for_update(of=("self",)).select_related("activity", "author").get(pk=submission.pk)


# --- handing in -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Checked:
    """What stands in the draft and what is wrong with it, for the last look before it is sent.

    ``allowed``: may its author still hand it in at all?
    """

    problems: list
    findings: list
    sha256: str
    deadline: Verdict
    allowed: Verdict = YES


def check(submission, *, now):
    """Look through the whole draft: what is missing, what might tell who the child is, whether it is in time."""
    form = form_of(submission.form)
    files = files_by_field(submission)
    counts = {field: len(found) for field, found in files.items()}
    texts = places_and_texts(form, submission.draft, files)
    return Checked(
        problems=fields.missing_in(form, submission.draft, counts),
        findings=identifiers.find(texts, form.names_to_find(submission)),
        sha256=content_hash(submission.draft, [file for found in files.values() for file in found]),
        deadline=_deadline(submission, now),
        allowed=may_change(submission, now),
    )


def _deadline(submission, now):
    assignment = assignments.find(submission.activity)
    return rules.in_time(
        due_at=assignment and assignment.rules.due_at,
        extended_to=allowance(submission.activity, submission.author).due_at,
        versions=submission.versions.count(),
        arrived_at=now,
    )


def content_hash(draft, files):
    """SHA-256 over the answers and the hashes of the files, in an order of their own."""
    parts = [json.dumps(draft, ensure_ascii=False, sort_keys=True), *sorted(file.sha256 for file in files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def submit(submission, *, key, seen, confirmed, now):
    """Hand in the draft as the next version. Raises Refused.

    ``key`` came with the form: sent twice it gives the version of the first time. ``seen``: the hash of what the author
    checked; ``confirmed``: ids of the findings they said are harmless.
    """
    checked = check(submission, now=now)  # reads long texts: not while the row is locked
    try:
        return _submit(submission, key, seen, confirmed, checked, now)
    except IntegrityError:
        return SubmissionVersion.objects.get(submission=submission, key=key)


@transaction.atomic
def _submit(submission, key, seen, confirmed, checked, now):
    held = _held(submission)
    earlier = held.versions.filter(key=key).first()
    if earlier:
        return earlier
    may_change(held, now).require()
    files = [row.file for row in held.files.filter(version=None, file__erased_at=None).select_related("file")]
    rules.unchanged(checked.sha256, content_hash(held.draft, files)).require()
    rules.may_submit(held, checked, confirmed=confirmed, seen=seen).require()
    version = _keep_version(held, key, checked, now)
    held.state = Submission.State.SUBMITTED
    held.save(update_fields=["state"])
    publish(SubmissionReceived(held.pk, version.pk))
    publish(_told(held, version, now))
    return version


def _keep_version(held, key, checked, now):
    version = SubmissionVersion.objects.create(
        submission=held,
        number=held.versions.count() + 1,
        content=held.draft,
        findings=[{"place": one.place.label, "kind": one.kind, "text": one.text} for one in checked.findings],
        submitted_at=now,
        receipt=_receipt_number(),
        sha256=checked.sha256,
        key=key,
    )
    files = held.files.filter(version=None, file__erased_at=None)
    SubmissionFile.objects.bulk_create(
        SubmissionFile(submission=held, version=version, file_id=row.file_id, field=row.field) for row in files
    )
    return version


def _receipt_number():
    """Eight characters that can be read out on the telephone: 7F3A-92C1."""
    number = secrets.token_hex(4).upper()
    return f"{number[:4]}-{number[4:]}"


def _told(held, version, now):
    return LearningEvent(
        activity_id=held.activity_id,
        learner_id=held.author_id,
        verb="submitted",
        at=now,
        key=f"submitted:{held.uuid}:{version.number}",
        facts={"submission": str(held.uuid), "scope": held.scope, "version": version.number},
    )

"""Learners who have done this or that, and the people who decide about them."""

from datetime import timedelta

import pytest

from assessments.models import Grade, Override, Submission, SubmissionVersion
from content.models import Activity
from lms import clock
from lms.casework.models import Case, ServiceTime
from lms.graduation.models import Policy, PolicyLine
from lms.programmes.models import TrackActivity
from lms.progress.models import Completion
from tests import factories


def complete(learner, *activities, score=None, minutes=20):
    for activity in activities:
        Completion.objects.create(
            learner=learner, activity=activity, completed_at=clock.now(), best_score=score, minutes=minutes
        )


def quiz(track, title="测验"):
    """A required quiz, as its activity: graduation never looks at the page."""
    activity = Activity.objects.create(kind="quiz", title=title)
    TrackActivity.objects.create(track=track, activity=activity)
    return activity


def accepted(enrolment, marker, *, grade=80, code="K-2025-0001", state=Submission.State.ACCEPTED):
    """A case record of the enrolment that its supervisor accepted."""
    now = clock.now()
    activity, _ = Activity.objects.get_or_create(kind="assignment", title="个案记录")
    submission = Submission.objects.create(
        activity=activity,
        author=enrolment.learner,
        form="case_record",
        scope=f"enrolment:{enrolment.pk}",
        key=code,
        state=state,
        created_at=now,
        draft={"story": "秘密"},
    )
    version = SubmissionVersion.objects.create(
        submission=submission, number=1, submitted_at=now, receipt=code, sha256="0" * 64, key=code
    )
    Grade.objects.create(
        version=version, marker=marker, outcome="accept", total=grade, saved_at=now, released_at=now, comment="秘密"
    )
    Case.objects.create(enrolment=enrolment, code=code, age_band="9-13", opened_at=now, submission=submission)
    return submission


def serve(enrolment, hours, kind="visit", *, confirmed=True):
    now = clock.now()
    for start in range(0, int(hours * 60), 480):
        ServiceTime.objects.create(
            enrolment=enrolment,
            date=clock.today(),
            minutes=min(480, int(hours * 60) - start),
            kind=kind,
            entered_at=now,
            confirmed_at=now if confirmed else None,
        )


def excused(learner, activity, by, reason="调课"):
    return Override.objects.create(
        activity=activity, learner=learner, excused=True, reason=reason, given_by=by, given_at=clock.now()
    )


def write_policy(track, **lines):
    """A policy with one line per criterion: ``write_policy(track, accepted_records={"minimum": 2})``."""
    policy, _ = Policy.objects.get_or_create(track=track)
    for order, (key, settings) in enumerate(lines.items()):
        PolicyLine.objects.create(policy=policy, key=key, settings=settings, sort_order=order)
    return policy


@pytest.fixture
def policy(case_track):
    """Two accepted records, and nothing else."""
    return write_policy(case_track, accepted_records={"minimum": 2})


@pytest.fixture
def signatory(programme):
    """柳知白, who signs for the host."""
    user = factories.person("signatory", name="柳知白")
    factories.grant(user, "signatory", programme=programme)
    return user


@pytest.fixture
def ready(enrolment, supervisor, policy):
    """亢一凡's enrolment, with two accepted records: everything the policy asks for."""
    accepted(enrolment, supervisor, code="K-2025-0001")
    accepted(enrolment, supervisor, code="K-2025-0002", grade=90)
    return enrolment


@pytest.fixture
def started(intake):
    """The day on which the cohort has started."""
    return clock.now() + timedelta(days=1)

"""The demo's history, told through the product's own actions: letters, logs, receipts and certificates are real.

Cohort 1 is over, cohort 2 is in its eighth month, cohort 3 is being admitted. The same at every loading, relative to
today. All or nothing: an interrupted loading leaves an empty database.
"""

import random
from datetime import timedelta
from functools import partial

from django.db import transaction
from wagtail.models import Site

from lms import clock
from lms.demo import first_cohort, second_cohort, third_cohort
from lms.demo.admission import Admission
from lms.demo.courses import CourseLoader, long_ago
from lms.demo.moments import begin
from lms.demo.people import grant_roles, make_people
from lms.demo.programme import make_cohorts, make_programme
from lms.demo.study import Library, Study
from lms.enrolment.actions import assign_supervisor
from lms.notifications.models import Delivery
from lms.programmes.models import Programme


def is_loaded():
    return Programme.objects.filter(slug="liangxing").exists()


def load(progress):
    """Load everything. ``progress(done, total, what)`` is told before each step and at the end."""
    with transaction.atomic():
        story = Story()
        for number, (what, step) in enumerate(story.steps()):
            progress(number, len(story.steps()), what)
            step()
        Delivery.objects.update(state=Delivery.State.SENT, sent_at=story.now)  # history's mail has long arrived
    progress(len(story.steps()), len(story.steps()), "done")


class Story:
    def __init__(self):
        self.now = clock.now().replace(second=0, microsecond=0)
        self.today = clock.today()
        self.rng = random.Random(1989)

    def steps(self):
        return [
            ("programme and people", self.set_up),
            ("courses, quizzes, pictures", self.write_courses),
            ("cohort 1: admission", partial(first_cohort.admit, self)),
            ("cohort 1: study and graduation", partial(first_cohort.finish, self)),
            ("cohort 2: admission", partial(second_cohort.admit, self)),
            ("cohort 2: lessons and quizzes", partial(second_cohort.study_lessons, self)),
            ("cohort 2: cases, records, hours", partial(second_cohort.practise, self)),
            ("cohort 3: applications", partial(third_cohort.apply, self)),
            ("cohort 3: decisions", partial(third_cohort.decide, self)),
        ]

    # --- beginnings -------------------------------------------------------------------------------------------------
    def set_up(self):
        Site.objects.update(site_name="亮星学堂")
        self.programme = make_programme()
        self.people = make_people()
        self.intakes = make_cohorts(self.programme, self.today)
        self.tracks = {track.code: track for track in self.programme.tracks.all()}

    def write_courses(self):
        then = long_ago(self.now)
        with clock.at(then):
            loader = CourseLoader(self.tracks, by=self.people["admin"], now=then)
            courses = loader.load()
            loader.add_assignments(courses)
            baseline = loader.add_baseline()
            grant_roles(self.people, self.programme, courses, now=then)
        for intake in self.intakes.values():
            intake.baseline = baseline
            intake.save(update_fields=["baseline"])
        self.study = Study(Library(courses.values()))
        staff = self.people["staff"]
        self.admission = Admission(self.programme, staff, [self.people["scorer"], staff])

    def applied_at(self, intake):
        """Some moment while the intake was open."""
        return intake.closes_at - timedelta(days=self.rng.randint(2, 20), minutes=self.rng.randint(0, 600))

    def enrol(self, person, intake, supervisor):
        enrolment = self.admission.through(person, intake, at=self.applied_at(intake))
        start = begin(intake)
        with clock.at(start):
            assign_supervisor(enrolment, supervisor, by=self.people["staff"], now=start)
        return enrolment

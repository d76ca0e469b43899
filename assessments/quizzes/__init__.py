"""Quizzes and attempts.

The verbs are in ``actions`` (start, save_response, submit), the verdicts in ``rules``, what a result says in
``results`` (best, profile). A layer above that places a quiz of its own (the baseline assessment of an application)
calls ``actions.start(activity, learner, scope="application:7", now=now)``, sends the learner to
``reverse("assessments:attempt", args=[attempt.uuid])`` and reads ``results.profile(attempt)``.

Whose attempts somebody may look through by name is said by the layers above, which know roles: see ``AttemptReaders``.
"""

from typing import Protocol

from lms.plugins import Registry

attempt_readers = Registry("assessments.attempt_readers")


class AttemptReaders(Protocol):
    """People who may look through learners' attempts by name, and take them away as a spreadsheet.

    ``courses(user, now)``: a queryset of keys (``translation_key``) of the courses whose quizzes this person follows.
    ``attempts(user, now)``: a condition (``Q``) on ``Attempt``: whose attempts, in these courses. No query is made.
    """

    key: str

    def courses(self, user, now): ...

    def attempts(self, user, now): ...

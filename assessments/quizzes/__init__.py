"""Quizzes and attempts.

The verbs are in ``actions`` (start, save_response, submit), the verdicts in ``rules``, what a result says in
``results`` (best, profile). A layer above that places a quiz of its own (the baseline assessment of an application)
calls ``actions.start(activity, learner, scope="application:7", now=now)``, sends the learner to
``reverse("assessments:attempt", args=[attempt.uuid])`` and reads ``results.profile(attempt)``.
"""

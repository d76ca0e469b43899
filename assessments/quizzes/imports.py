"""Quizzes and their questions from files: the TOML of ``lms/demo`` read by ``tomllib``, with translations beside it.

::

    title = "…"   slug = "quiz"   intro = "…"   minutes = 20   attempts = 3   pass_mark = 70
    show_answers = "never"                             # optional, as in QuizPage.Answers
    [[areas]]      key = "A"   title = "…"             # optional: names of the areas of a profile
    [[questions]]  key = "p1"  type = "single"  points = 1  area = "A"  … the settings of the question type

Without ``pass_mark`` handing in is enough, and answers are not shown unless ``show_answers`` says so: such a file is an
assessment that finds out where somebody stands, and others will take it too.
"""

from django.db import transaction
from wagtail.models import Locale

from assessments.questions.actions import write
from assessments.questions.models import Question
from assessments.quizzes.models import QuizItem, QuizPage

ABOUT = {"key", "type", "points", "area"}  # of a question in the file; everything else are settings of its type


@transaction.atomic
def add_quiz(module, data, translations=None, *, by=None, now):
    """Add a quiz with its questions to a module and publish it; returns its page.

    ``translations``: {language: data in that language}, questions matched by ``key``. The page of another language is
    added where the module has one in that language.
    """
    translations = translations or {}
    questions = add_questions(data, translations, course=module.get_parent().translation_key, by=by, now=now)
    page = QuizPage(**_texts(data), **_settings(data))
    page.items = [QuizItem(question=question, points=points, sort_order=at) for at, (question, points) in questions]
    _publish(module, page)
    for language, other in translations.items():
        _add_translation(module, page, language, other)
    return page


def add_questions(data, translations=None, *, course=None, by=None, now):
    """Write the questions of a file for a course (its translation_key); returns [(place, (question, points))]."""
    by_key = {
        language: {row["key"]: _type_settings(row) for row in other["questions"]}
        for language, other in (translations or {}).items()
    }
    rows = []
    for row in data["questions"]:
        question = Question.objects.create(area=row.get("area", ""), course=course)
        others = {language: settings.get(row["key"]) for language, settings in by_key.items()}
        write(question, type=row["type"], data=_type_settings(row), translations=others, by=by, now=now)
        rows.append((question, row.get("points", 1)))
    return list(enumerate(rows))


def _type_settings(row):
    return {name: value for name, value in row.items() if name not in ABOUT}


def _texts(data):
    return {
        "title": data["title"],
        "slug": data.get("slug", "quiz"),
        "intro": data.get("intro", ""),
        "areas": {area["key"]: area["title"] for area in data.get("areas", ())},
    }


def _settings(data):
    graded = "pass_mark" in data
    answers = QuizPage.Answers
    return {
        "minutes": data.get("minutes") or 15,
        "time_limit": data.get("minutes"),
        "attempts_allowed": data.get("attempts"),
        "pass_mark": data.get("pass_mark"),
        "show_answers": data.get("show_answers", answers.FINISHED if graded else answers.NEVER),
    }


def _add_translation(module, page, language, data):
    locale = Locale.objects.get(language_code=language)
    parent = module.get_translation_or_none(locale)
    if parent is not None:
        texts = _texts(data)
        same = {"translation_key": page.translation_key, "locale": locale, "minutes": page.minutes}
        _publish(parent, QuizPage(**texts, **same))


def _publish(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()

"""What happens to questions: they are written, again and again; every writing is a version that stays."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.questions import question_types
from assessments.questions.models import Question, QuestionVersion
from assessments.questions.texts import aligned

TITLE_LENGTH = 80  # a question is called by the beginning of its text


@transaction.atomic
def write(question, *, type, data, translations=None, by, now):
    """Make these settings the question's newest version; attempts keep the older ones they saw.

    ``data`` is what an author writes (see the question type); ``translations`` {language: the same in that language},
    row beside row. Writing the same again makes no version. Raises ValidationError. Returns the version.
    """
    data = question_types[type].written(data)
    translations = {language: _beside(data, other) for language, other in (translations or {}).items() if other}
    Question.objects.select_for_update().get(pk=question.pk)
    newest = question.versions.order_by("number").last()
    if newest and (newest.type, newest.data, newest.translations) == (type, data, translations):
        return newest
    version = QuestionVersion.objects.create(
        question=question,
        number=newest.number + 1 if newest else 1,
        type=type,
        data=data,
        translations=translations,
        created_at=now,
        created_by=by,
    )
    question.version = version
    question.title = Truncator(data.get("text", "")).chars(TITLE_LENGTH)
    question.save(update_fields=["version", "title"])
    if by is not None:
        log(question, "assessments.question.write", user=by, data={"version": version.number})
    return version


def _beside(data, translation):
    try:
        return aligned(data, translation)
    except ValueError:
        raise ValidationError(_("The translation must have the same rows in the same order.")) from None

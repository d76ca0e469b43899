"""The live quiz of an activity, in the reader's language."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.quizzes.models import QuizPage
from content.language import DEFAULT, reading_language
from content.tree import tree_of_activity


@dataclass(frozen=True)
class Quiz:
    """A live quiz: ``rules`` is the page of the default language, ``texts`` the reader's page where one is live."""

    activity: object
    rules: QuizPage
    texts: QuizPage

    @property
    def url(self):
        return reverse("assessments:quiz", args=[self.activity.uuid])


def read(activity):
    """The quiz of an activity in the reader's language: one query. Raises QuizPage.DoesNotExist when none is live."""
    pages = QuizPage.objects.live().filter(translation_key=activity.uuid).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    if DEFAULT not in found:
        raise QuizPage.DoesNotExist(f"no live quiz for activity {activity.pk}")
    return Quiz(activity, found[DEFAULT], found.get(reading_language(), found[DEFAULT]))


def live(activity):
    """The live quiz of an activity, or None."""
    try:
        return read(activity)
    except QuizPage.DoesNotExist:
        return None


def trail(activity, access):
    """The way back as (address, words): where the access rule says (``back``), else the course of the quiz."""
    if access.facts.get("back"):
        return [(access.facts["back"], _("Back"))]
    tree = tree_of_activity(activity)
    return [(tree.course.url, tree.course.title)] if tree else []

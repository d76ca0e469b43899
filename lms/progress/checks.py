"""What one reader answered to the check-yourself items of a lesson, put into the slots of the shared body."""

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html

from lms.prepared import prepared
from lms.progress.models import CheckAnswer


def answers(learner, node):
    """The learner's newest response by key of the item. One query."""
    return dict(_answers(learner=learner.pk, activity=node.activity))


@prepared
def _answers(learner, activity):
    return CheckAnswer.objects.filter(learner=learner, activity=activity).values_list("key", "response")


def slots(request, body, responses):
    """This reader's HTML by name of the slot: the form's token, and what each answer is told."""
    if not body.checks:
        return {}
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    told = {check.key: check.answer(responses[check.key]) for check in body.checks if check.key in responses}
    return {"csrf": token} | {f"check:{key}": feedback(answer) for key, answer in told.items() if answer}


def feedback(answer):
    """What an answer is told: right or not, and the words the author gave to what was chosen."""
    return render_to_string("learn/feedback.html", {"answer": answer})

"""The page: session and user (2 queries), enrolment, lesson and progress (3 indexed queries), a template with the
course's outline and the same 17 KB of text that the product's lesson has.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path

from tests.bench.reference.models import Activity, Completion, Enrolment
from tests.bench.texts import TEXT

PAGE = engines["django"].from_string(
    "<!doctype html><html lang=zh><head><title>{{ lesson.title }}</title></head><body><nav><ol>"
    "{% for row in outline %}<li><a href='/x/{{ row.0 }}/'>{{ row.1 }}</a>{% if row.0 in done %} ✓{% endif %}</li>"
    "{% endfor %}</ol></nav><h1>{{ lesson.title }}</h1><p>{{ enrolment.pk }}</p><p>{{ text }}</p></body></html>"
)


@login_required
def lesson(request, pk):
    enrolment = Enrolment.objects.filter(learner=request.user).first()
    found = get_object_or_404(Activity, pk=pk)
    done = set(Completion.objects.filter(learner=request.user).values_list("activity_id", flat=True))
    outline = [(number, f"课时 {number}") for number in range(1, 11)]
    values = {"lesson": found, "enrolment": enrolment, "outline": outline, "done": done, "text": TEXT}
    return HttpResponse(PAGE.render(values))


urlpatterns = [path("reference/<int:pk>/", lesson)]

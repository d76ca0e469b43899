"""Rubrics are written in the admin: criteria and their levels on one page, and a used one keeps its figures."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from assessments.models import Rubric
from tests import factories
from tests.assessments import submission_factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(browser, staff):
    """Programme staff who may write rubrics."""
    wanted = ["access_admin", "add_rubric", "change_rubric", "view_rubric"]
    staff.user_permissions.add(*Permission.objects.filter(codename__in=wanted))
    return browser(staff)


def form_of(title="量表", criteria=(), *, initial=0, pk=""):
    """The admin's form: ``criteria`` are (title, weight, levels); a level is (points, text)."""
    data = {"title": title, "title_en": "", "pass_mark": 60, "excellent_mark": 85}
    data |= _management("criteria", len(criteria), initial)
    for number, (name, weight, levels) in enumerate(criteria):
        start = f"criteria-{number}"
        data |= {f"{start}-title": name, f"{start}-title_en": "", f"{start}-weight": weight}
        data[f"{start}-ORDER"] = number + 1
        data |= _management(f"{start}-levels", len(levels), 0)
        for place, (points, text) in enumerate(levels):
            data |= {f"{start}-levels-{place}-points": points, f"{start}-levels-{place}-text": text}
    return data


def _management(prefix, total, initial):
    return {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def test_criteria_and_levels_are_written_on_one_page(editor):
    levels = [(4, "优"), (3, "良"), (2, "中"), (1, "差")]
    assert editor.get(reverse("rubrics:add")).status_code == 200

    answer = editor.post(reverse("rubrics:add"), form_of(criteria=[("安全", 40, levels), ("计划", 60, levels)]))

    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    rubric = Rubric.objects.get(title="量表")
    assert [(one.title, one.weight, one.levels.count()) for one in rubric.criteria.all()] == [
        ("安全", 40, 4),
        ("计划", 60, 4),
    ]
    assert "量表" in editor.get(reverse("rubrics:index")).content.decode()


def edit_form(rubric, **changes):
    """The edit page's form as it stands, with changes by name."""
    data = {"title": rubric.title, "title_en": "", "pass_mark": 60, "excellent_mark": 85}
    criteria = list(rubric.criteria.all())
    data |= _management("criteria", len(criteria), len(criteria))
    for number, criterion in enumerate(criteria):
        start = f"criteria-{number}"
        data |= {f"{start}-{name}": getattr(criterion, name) for name in ("id", "title", "title_en", "weight")}
        data |= {f"{start}-ORDER": number + 1} | ({f"{start}-veto": "on"} if criterion.veto else {})
        levels = list(criterion.levels.all())
        data |= _management(f"{start}-levels", len(levels), len(levels))
        for place, level in enumerate(levels):
            names = ("id", "points", "text", "text_en")
            data |= {f"{start}-levels-{place}-{name}": getattr(level, name) for name in names}
    return data | changes


def test_a_used_rubric_keeps_its_weights_and_may_be_worded_better(
    editor, work, rubric, learner, supervisor, in_english
):
    here = reverse("rubrics:edit", args=[rubric.pk])
    assert editor.post(here, edit_form(rubric, **{"criteria-0-weight": 30})).status_code == 302
    submission = make.filled(work, learner)
    make.hand_in(submission)
    make.mark_by(submission, supervisor)
    make.answer(submission, supervisor, "accept")
    rubric.refresh_from_db()

    refused = editor.post(here, edit_form(rubric, **{"criteria-0-weight": 50}))
    worded = editor.post(here, edit_form(rubric, **{"criteria-0-title": "安全与伦理"}))

    assert "Work has been graded by this rubric" in refused.content.decode()
    assert worded.status_code == 302
    assert list(Rubric.objects.get().criteria.values_list("title", "weight")) == [("安全与伦理", 30), ("标准2", 80)]


def test_nobody_deletes_a_rubric_and_learners_see_none_of_it(editor, browser, rubric, ana):
    boss = browser(factories.person("boss", is_superuser=True, is_staff=True))
    delete = reverse("rubrics:delete", args=[rubric.pk])
    assert boss.post(delete).status_code == 302 and Rubric.objects.exists()
    assert browser(ana).get(reverse("rubrics:index")).status_code == 302

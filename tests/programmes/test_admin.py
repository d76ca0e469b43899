"""Wagtail's admin for instructors, reviewers and staff: they work in it and see there what is theirs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.log_actions import log
from wagtail.models import Locale, TaskState

from content.models import LessonPage, ModulePage
from lms.graduation.models import Policy
from lms.people.models import Organisation
from lms.programmes import actions, admin_groups
from lms.programmes.models import Cohort, Grant, Intake, Track
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def jing(course, give):
    """井鉴秋, who teaches the course."""
    person = factories.person("jing", name="井鉴秋")
    give(person, "instructor", course=course)
    return person


@pytest.fixture
def other_course(courses):
    return factories.course("另一门课", slug="other")


def lesson_of(course):
    return LessonPage.objects.descendant_of(course).first()


def menu(page):
    """The names of what the admin's menu offers this person, at both levels; without help and reports of pages."""
    request = page.wsgi_request
    names = set()
    for item in admin_menu.menu_items_for_request(request):
        if item.name in ("help", "reports"):
            continue
        names.add(item.name)
        if hasattr(item, "menu"):
            names |= {f"{item.name}/{part.name}" for part in item.menu.menu_items_for_request(request)}
    return names


# --- instructors ----------------------------------------------------------------------------------------------------
def test_an_instructor_edits_the_course_that_was_given(jing, course, browser):
    page = browser(jing)
    assert page.get(f"/admin/pages/{lesson_of(course).pk}/edit/").status_code == 200
    assert page.get(f"/admin/pages/add/content/modulepage/{course.pk}/").status_code == 200


@pytest.mark.parametrize(
    "action", ["edit/", "delete/", "move/", "unpublish/", "history/", "workflow_history/", "copy/"]
)
def test_and_no_other(jing, other_course, browser, action):
    answer = browser(jing).get(f"/admin/pages/{lesson_of(other_course).pk}/{action}")
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_what_an_instructor_writes_is_a_draft_until_it_was_reviewed(jing, course, browser):
    lesson = lesson_of(course)
    page = browser(jing)
    form = {"title": "改过的标题", "slug": lesson.slug, "minutes": "20", "body-count": "0", "action-publish": "1"}
    page.post(f"/admin/pages/{lesson.pk}/edit/", form | _formsets(lesson))
    lesson.refresh_from_db()
    assert (lesson.title, lesson.live) == ("课时 1.1", True)


def _formsets(page):
    names = ["comments", "tagged_items", "sources"]
    return {f"{name}-{key}": "0" for name in names for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}


def test_a_reviewing_instructor_approves_and_it_is_live(jing, course, programme, give, browser, now):
    reviewer = factories.person("reviewer", name="翼明德")
    give(reviewer, "reviewer", programme=programme)
    lesson = lesson_of(course)
    lesson.title = "写好的新标题"
    lesson.save_revision(user=jing)
    lesson.get_workflow().start(lesson, jing)
    state = TaskState.objects.get()
    assert browser(jing).get(f"/admin/pages/workflow/action/{lesson.pk}/approve/{state.pk}/").status_code in (302, 403)
    browser(reviewer).post(f"/admin/pages/workflow/action/{lesson.pk}/approve/{state.pk}/", {"comment": "好"})
    lesson.refresh_from_db()
    assert lesson.title == "写好的新标题"


def test_the_translation_of_a_course_is_its_editors_too(jing, course, browser):
    english = course.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    assert browser(jing).get(f"/admin/pages/{english.pk}/edit/").status_code == 200


def test_two_instructors_share_the_group_of_a_course_that_was_renamed(course, jing, ben, give):
    course.title = "别的名字"
    course.save()
    give(ben, "instructor", course=course)
    assert set(ben.groups.all()) == set(jing.groups.all())
    assert admin_groups.course_group(course).user_set.count() == 2


def test_a_new_course_group_opens_no_other_page(jing, course, other_course):
    module = ModulePage.objects.descendant_of(other_course).first()
    assert not module.permissions_for_user(jing).can_edit()
    assert not course.get_parent().permissions_for_user(jing).can_add_subpage()
    assert not course.permissions_for_user(jing).can_publish()
    assert not course.permissions_for_user(jing).can_delete()


# --- menus ----------------------------------------------------------------------------------------------------------
def test_instructors_see_pages_and_pictures(jing, browser):
    assert menu(browser(jing).get("/admin/")) == {"explorer", "images", "documents", "media", "questions"}


def test_staff_see_what_they_set_up(programme, courses, ana, give, browser):
    give(ana, "staff", programme=programme)
    parts = ("programmes", "tracks", "cohorts", "intakes", "grants", "organisations")
    assert menu(browser(ana).get("/admin/")) == {
        "programme",
        *(f"programme/{part}" for part in parts),
        "letters",
        "rubrics",
        "graduation-policies",
    }


@pytest.mark.parametrize("role", ["scorer", "signatory", "reader"])
def test_who_works_at_the_desk_only_has_no_admin(programme, courses, ana, give, browser, role):
    give(ana, role, programme=programme)
    assert browser(ana).get("/admin/").status_code == 302


def test_learners_and_applicants_never_reach_it(learner, browser):
    for place in ("/admin/", "/admin/pages/", "/admin/grant/", "/admin/images/"):
        answer = browser(learner).get(place)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/"), place


# --- each office its own --------------------------------------------------------------------------------------------
@pytest.fixture
def neighbour(elsewhere, give):
    """Staff of another programme."""
    person = factories.person("neighbour")
    give(person, "staff", programme=elsewhere)
    return person


def test_staff_list_and_open_their_own_programme_only(programme, intake, case_track, neighbour, ana, give, browser):
    give(ana, "staff", programme=programme)
    for model in ("programme", "track", "cohort", "intake"):
        row = {"programme": programme, "track": case_track, "cohort": intake.cohort, "intake": intake}[model]
        assert browser(ana).get(f"/admin/{model}/edit/{row.pk}/").status_code == 200
        assert str(row) in browser(ana).get(f"/admin/{model}/").content.decode()
        for view in ("edit", "history", "usage", "delete"):
            assert browser(neighbour).get(f"/admin/{model}/{view}/{row.pk}/").status_code in (302, 404), (model, view)
        assert f"/admin/{model}/edit/{row.pk}/" not in browser(neighbour).get(f"/admin/{model}/").content.decode()


@pytest.fixture
def ours(programme, case_track):
    """The track, which with its programme has a name that stands nowhere else."""
    programme.name_en = case_track.name_en = "Zephyr"
    programme.save()
    case_track.save()
    return case_track


def test_filters_and_forms_offer_ones_own(ours, intake, neighbour, browser):
    page = browser(neighbour)
    for address in ("/admin/intake/", "/admin/track/", "/admin/cohort/", "/admin/intake/new/", "/admin/track/new/"):
        words = page.get(address).content.decode()
        assert "Zephyr" not in words, address


def test_a_track_is_not_given_a_course_that_is_hidden_in_another_programme(
    programme, elsewhere, case_track, neighbour, browser, courses
):
    hidden = factories.course("别家未公开的课程", listed=False, tracks=[case_track])
    fresh, public = (
        factories.course("没有人用的课程", listed=False),
        factories.course("公开的课程", tracks=[case_track]),
    )
    track = factories.track("E", programme=elsewhere)
    page = browser(neighbour)
    words = page.get(f"/admin/track/edit/{track.pk}/").content.decode()
    assert "别家未公开的课程" not in words and "没有人用的课程" in words and "公开的课程" in words
    form = {"programme": elsewhere.pk, "code": "E", "slug": "track-e", "name": "方向"}
    page.post(f"/admin/track/edit/{track.pk}/", form | {"courses": [hidden.pk]})
    assert not track.courses.exists()
    page.post(f"/admin/track/edit/{track.pk}/", form | {"courses": [fresh.pk, public.pk]})
    assert track.courses.count() == 2


# --- policies -------------------------------------------------------------------------------------------------------
@pytest.fixture
def policy(ours):
    return Policy.objects.create(track=ours)


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
def test_the_policy_of_another_programme_is_not_there(policy, case_track, neighbour, browser, view):
    page = browser(neighbour)
    assert page.get(reverse(f"graduation_policy:{view}", args=[policy.pk])).status_code == 404
    assert "Zephyr" not in page.get(reverse("graduation_policy:index")).content.decode()
    page.post(reverse("graduation_policy:edit", args=[policy.pk]), {"track": case_track.pk, "accepted_records": "on"})
    page.post(reverse("graduation_policy:delete", args=[policy.pk]))
    assert Policy.objects.filter(pk=policy.pk, lines=None).exists()


def test_nobody_writes_a_policy_for_a_track_of_others(case_track, neighbour, browser):
    answer = browser(neighbour).post(reverse("graduation_policy:add"), {"track": case_track.pk})
    assert "track" in answer.context["form"].errors and not Policy.objects.exists()


def test_staff_write_the_policy_of_their_track(programme, case_track, courses, ana, give, browser):
    give(ana, "staff", programme=programme)
    form = {"track": case_track.pk, "accepted_records": "on", "accepted_records-minimum": "3"}
    assert browser(ana).post(reverse("graduation_policy:add"), form).status_code == 302
    assert Policy.objects.get().lines.get().settings == {"minimum": 3}


# --- what was logged ------------------------------------------------------------------------------------------------
def test_the_report_of_all_that_was_logged_is_for_administrators(
    programme, ours, intake, root, neighbour, ana, give, browser
):
    log(Intake.objects.get(pk=intake.pk), "graduation.freeze")
    address = "/admin/reports/site-history/"
    give(ana, "staff", programme=programme)
    for person in (neighbour, ana):
        assert "Zephyr" not in browser(person).get(address).content.decode()
    assert "Zephyr" in browser(root).get(address).content.decode()


def test_what_is_anothers_is_not_changed(intake, neighbour, browser):
    browser(neighbour).post(f"/admin/intake/edit/{intake.pk}/", {"seats": "1"})
    intake.refresh_from_db()
    assert intake.seats == 30


def test_nobody_puts_anything_into_the_programme_of_others(programme, neighbour, browser):
    dates = {"number": "7", "starts_on": "2027-03-01", "ends_on": "2028-03-01"}
    answer = browser(neighbour).post("/admin/cohort/new/", dates | {"programme": programme.pk})
    assert answer.status_code == 200
    assert not Cohort.objects.filter(number=7).exists()


def test_staff_make_a_cohort_and_an_intake(programme, case_track, courses, ana, give, browser):
    give(ana, "staff", programme=programme)
    dates = {"number": "7", "starts_on": "2027-03-01", "ends_on": "2028-03-01"}
    assert browser(ana).post("/admin/cohort/new/", dates | {"programme": programme.pk}).status_code == 302
    cohort = Cohort.objects.get(number=7)
    form = {
        "cohort": cohort.pk,
        "track": case_track.pk,
        "seats": "25",
        "confirm_days": "3",
        "floor": "60",
        "opens_at": "2027-01-01 09:00",
        "closes_at": "2027-02-01 18:00",
        "baseline": "",
    }
    assert browser(ana).post("/admin/intake/new/", form).status_code == 302
    assert Intake.objects.get(cohort=cohort).seats == 25


def test_an_intake_joins_a_track_and_a_cohort_of_one_programme(elsewhere, case_track, root, browser):
    cohort = factories.cohort(1, programme=elsewhere)
    form = {"cohort": cohort.pk, "track": case_track.pk, "seats": "25", "confirm_days": "3", "floor": "60"}
    form |= {"opens_at": "2027-01-01 09:00", "closes_at": "2027-02-01 18:00"}
    answer = browser(root).post("/admin/intake/new/", form)
    assert answer.context["form"].errors == {"track": ["The track and the cohort belong to different programmes."]}


def test_staff_say_what_a_track_consists_of(programme, course, ana, give, browser):
    give(ana, "staff", programme=programme)
    other = factories.course("第二门课", lessons=2)
    track = Track.objects.create(programme=programme, code="X", slug="x", name="新方向")
    form = {"programme": programme.pk, "code": "X", "slug": "x", "name": "新方向"}
    browser(ana).post(f"/admin/track/edit/{track.pk}/", form | {"courses": [other.pk, course.pk]})
    assert set(track.courses.all()) == {other, course}
    lesson = factories.activity_of(lesson_of(other))
    assert str(lesson) in browser(ana).get(f"/admin/track/edit/{track.pk}/").content.decode()
    browser(ana).post(
        f"/admin/track/edit/{track.pk}/", form | {"courses": [other.pk], "required_activities": [lesson.pk]}
    )
    assert (list(track.courses.all()), [row.activity for row in track.required.all()]) == ([other], [lesson])


def test_staff_say_which_organisations_carry_the_programme(programme, courses, ana, give, browser):
    give(ana, "staff", programme=programme)
    browser(ana).post("/admin/organisation/new/", {"name": "示例基金会", "name_en": "", "kind": "social"})
    made = Organisation.objects.get()
    form = {"name": "亮星计划", "name_en": "", "slug": "liangxing", "region": "NS", "summary": "", "summary_en": ""}
    form |= {"contact": "", "host_parties": [made.pk], "guide_parties": [made.pk]}
    assert browser(ana).post(f"/admin/programme/edit/{programme.pk}/", form).status_code == 302
    assert sorted(programme.parties.values_list("role", flat=True)) == ["guide", "host"]
    assert 'name="host_parties"' in browser(ana).get(f"/admin/programme/edit/{programme.pk}/").content.decode()
    browser(ana).post(f"/admin/programme/edit/{programme.pk}/", form | {"guide_parties": []})
    assert list(programme.parties.values_list("role", flat=True)) == ["host"]


# --- grants ---------------------------------------------------------------------------------------------------------
def new_grant(person="ana", **fields):
    empty = dict.fromkeys(["programme", "cohort", "intake", "course", "until"], "")
    return empty | {"person": person, "role": "scorer"} | fields


@pytest.mark.parametrize("word", ["ana", "ana@example.org", "138 0013 8000"])
def test_a_director_gives_a_role_to_somebody_named(head, ana, programme, browser, word):
    ana.phone = "+8613800138000"
    ana.save()
    answer = browser(head).post("/admin/grant/new/", new_grant(word, programme=programme.pk))
    assert answer.status_code == 302
    given = Grant.objects.get(user=ana)
    assert (given.role, given.scope, given.granted_by) == ("scorer", programme, head)


def test_the_form_lists_nobody_who_has_an_account(head, ana, browser):
    page = browser(head).get("/admin/grant/new/").content.decode()
    assert "ana" not in page.replace("management", "").split('name="person"')[1][:400]
    assert "安娜" not in page


@pytest.mark.parametrize(
    ("person", "words"), [("head", "Nobody grants a role to themselves"), ("nobody", "Nobody can be found by this.")]
)
def test_a_refusal_stands_in_the_form(head, programme, browser, person, words):
    answer = browser(head).post("/admin/grant/new/", new_grant(person, programme=programme.pk))
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors)
    assert Grant.objects.count() == 1


def test_the_form_offers_what_is_ones_own(head, elsewhere, ana, browser):
    answer = browser(head).post("/admin/grant/new/", new_grant(programme=elsewhere.pk))
    assert "programme" in answer.context["form"].errors
    assert not ana.grants.exists()


def test_a_director_moves_the_end_and_ends_it_now(head, ana, programme, browser, now):
    given = actions.grant(ana, "scorer", by=head, now=now, programme=programme)
    browser(head).post(f"/admin/grant/edit/{given.pk}/", {"until": "2031-01-01 00:00"})
    given.refresh_from_db()
    assert given.until.year >= 2030
    browser(head).post(f"/admin/grant/edit/{given.pk}/", {"until": "2031-01-01 00:00", "end_now": "on"})
    given.refresh_from_db()
    assert given.revoked_by == head


def test_nobody_moves_the_end_of_a_role_of_their_own(head, browser):
    [own] = head.grants.all()
    answer = browser(head).post(f"/admin/grant/edit/{own.pk}/", {"until": "2031-01-01 00:00"})
    assert "Nobody changes a role of their own" in str(answer.context["form"].errors)
    own.refresh_from_db()
    assert own.until is None


def test_staff_read_grants_and_give_none(programme, courses, ana, ben, give, browser):
    give(ana, "staff", programme=programme)
    assert browser(ana).get("/admin/grant/").status_code == 200
    browser(ana).post("/admin/grant/new/", new_grant("ben", programme=programme.pk))
    assert not ben.grants.exists()


def test_directors_of_elsewhere_see_no_grant_of_ours(head, elsewhere, ben, give, browser, now):
    give(ben, "director", programme=elsewhere)
    [ours] = head.grants.all()
    assert browser(ben).get(f"/admin/grant/edit/{ours.pk}/").status_code == 404
    assert "张伯远" not in browser(ben).get("/admin/grant/").content.decode()
    browser(ben).post(f"/admin/grant/edit/{ours.pk}/", {"until": str(now + timedelta(days=1))})
    ours.refresh_from_db()
    assert ours.until is None


# --- the browser's safety -------------------------------------------------------------------------------------------
def test_wagtails_own_screens_get_its_policy_and_ours_never(head, programme, browser):
    page = browser(head)
    assert "unsafe-inline" in page.get("/admin/grant/new/")["Content-Security-Policy"]
    assert "unsafe-inline" in page.get(f"/admin/programme/edit/{programme.pk}/")["Content-Security-Policy"]
    assert "unsafe-inline" not in page.get("/desk/")["Content-Security-Policy"]

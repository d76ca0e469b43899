"""Tags and filters: what a template author may rely on."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Node, Template
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from lms import clock
from lms.templatetags import frame, lx

MONDAY = datetime(2025, 11, 24, 2, 32, tzinfo=UTC)  # 10:32 in Beijing


@pytest.fixture
def monday():
    """The programme's clock stands at Monday, 24 November 2025, 10:32 Beijing time."""
    clock.set_offset(MONDAY + timedelta(seconds=1) - clock.real_now())
    with translation.override("en"):
        yield MONDAY


def draw(source, **context):
    return Template("{% load lx %}" + source).render(Context(context))


class Consent(forms.Form):
    signed = forms.CharField(label="Date of signature", help_text="Not after today")
    uses = forms.MultipleChoiceField(label="Uses", choices=[("t", "Training")], widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="I agree")


def test_a_deadline_says_when_where_and_how_long(monday):
    assert lx.deadline(monday + timedelta(days=4, hours=7, minutes=28)) == "28 Nov 18:00 (Beijing time), 4 days left"


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(days=4), "4 days left"),
        (timedelta(hours=49), "2 days left"),
        (timedelta(hours=47, minutes=30), "47 hours left"),
        (timedelta(hours=1, minutes=1), "1 hour left"),
        (timedelta(minutes=30), "30 minutes left"),
        (timedelta(seconds=10), "1 minute left"),
        (timedelta(0), "already closed"),
        (timedelta(days=-3), "already closed"),
    ],
)
def test_what_is_left_is_never_said_to_be_more_than_it_is(monday, ahead, words):
    assert lx.time_left(monday + ahead) == words


def test_a_list_shows_the_hour_today_then_yesterday_then_the_day(monday):
    assert lx.recent(monday - timedelta(hours=1)) == "09:32"
    assert lx.recent(monday - timedelta(hours=11)) == "Yesterday"
    assert lx.recent(monday - timedelta(days=3)) == "21 Nov"


def test_the_year_is_said_when_it_is_another(monday):
    assert lx.day(monday) == "24 Nov"
    assert lx.day(monday + timedelta(days=116)) == "20 Mar 2026"
    assert lx.day((monday + timedelta(days=116)).date()) == "20 Mar 2026"


@pytest.mark.parametrize("nothing", [lx.day, lx.hour, lx.moment, lx.moment_zone, lx.deadline, lx.time_left, lx.recent])
def test_no_time_draws_nothing(nothing):
    assert nothing(None) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 KB"), (300, "1 KB"), (34_816, "34 KB"), (629_146, "0.6 MB"), (2_202_010, "2.1 MB"), (3 << 30, "3.0 GB")],
)
def test_sizes_as_people_say_them(size, words):
    with translation.override("en"):
        assert lx.filesize(size) == words


@pytest.mark.parametrize(
    ("minutes", "figure", "spoken"), [(60, "1 hour", "1 h"), (90, "1.5 hours", "1 h 30 min"), (8, "0.1 hours", "8 min")]
)
def test_minutes_as_hours(minutes, figure, spoken):
    with translation.override("en"):
        assert lx.hours(minutes) == figure
        assert lx.duration(minutes) == spoken


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 14; V2309A) Chrome/126.0 Mobile MicroMessenger/8.0.50", "Android · WeChat"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Windows · Edge"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1", "iPhone · Safari"),
        ("curl/8", "Unknown device"),
    ],
)
def test_devices_by_the_names_people_know(agent, words):
    with translation.override("en"):
        assert lx.device(agent) == words


def test_an_icon_beside_a_word_is_silent_and_one_alone_has_a_name():
    assert 'aria-hidden="true"' in lx.icon("check")
    assert 'role="img" aria-label="met"' in lx.icon("check", label="met")


@pytest.mark.parametrize(("given", "shown"), [(-5, "0"), (53.9, "53"), (140, "100"), (None, "0")])
def test_a_ring_stays_between_nothing_and_all(given, shown):
    assert f"{shown}<small>" in draw("{% ring share %}", share=given)


def test_a_field_ties_label_hint_and_error_together():
    form = Consent({})
    html = draw("{% field form.signed %}", form=form)
    assert '<label class="field__label" for="id_signed">' in html
    assert 'id="id_signed_helptext"' in html
    assert 'id="id_signed_error"' in html
    assert 'aria-describedby="id_signed_helptext id_signed_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset_that_can_be_jumped_to():
    html = draw("{% field form.uses %}", form=Consent({}))
    assert '<fieldset class="field field--error" id="id_uses" tabindex="-1" aria-describedby="id_uses_error">' in html
    assert "<legend" in html


def test_a_field_that_may_stay_empty_says_so():
    form = Consent()
    with translation.override("en"):
        assert "(optional)" in draw("{% field form.note %}", form=form)
        assert "(optional)" not in draw("{% field form.signed %}", form=form)


def test_attributes_and_words_can_be_given_in_the_template():
    html = draw(
        '{% field form.signed label="Day" hint="As on paper" class="input--short" inputmode="numeric" %}',
        form=Consent(),
    )
    assert 'class="input input--short"' in html
    assert 'inputmode="numeric"' in html
    assert ">Day" in html
    assert "As on paper" in html


def test_the_summary_names_and_links_every_field_to_be_mended():
    with translation.override("en"):
        html = draw("{% error_summary form %}", form=Consent({"note": "x"}))
    assert html.count("<li>") == 3
    assert '<a href="#id_signed">Date of signature: This field is required.</a>' in html
    assert "3 things need to be corrected" in html


def test_the_summary_is_silent_when_all_is_well_or_nothing_was_sent():
    assert draw("{% error_summary form missing %}", form=Consent()).strip() == ""


def test_the_summary_takes_formsets():
    rows = forms.formset_factory(Consent, extra=2)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-note": "x", "form-1-note": "x"}
    )
    assert draw("{% error_summary rows %}", rows=rows).count("<li>") == 6


@pytest.mark.django_db
def test_tags_ask_the_database_nothing(django_assert_num_queries, monday):
    with django_assert_num_queries(0):
        draw(
            "{% load frame %}{% here as current %}{% places current 3 as main %}"
            "{% ring 5 %}{% icon 'x' %}{{ t|deadline }}{% zone %}{% fields form %}",
            t=monday,
            form=Consent(),
        )


def test_an_optional_field_whose_label_says_so_says_it_once():
    class Signup(forms.Form):
        username = forms.CharField(label="Username (optional)", required=False)

    with translation.override("en"):
        assert draw("{% fields form %}", form=Signup()).count("(optional)") == 1


def test_placeholders_that_repeat_the_labels_can_be_left_out():
    class Login(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput(attrs={"placeholder": "Password"}))

    assert "placeholder" in draw("{% fields form %}", form=Login())
    assert "placeholder" not in draw("{% fields form placeholder=False %}", form=Login())


def test_what_is_kept_is_drawn_once_for_each_language_and_each_of_its_values():
    drawn = []
    page = Template("{% load frame i18n %}{% kept unread %}{{ unread }}{{ name }}{% endkept %}")
    page.nodelist[-1].nodelist.insert(0, Counted(drawn))

    def read(unread, language="en"):
        with translation.override(language):
            return page.render(Context({"unread": unread, "name": "安娜"}))

    lazy = SimpleLazyObject(lambda: 3)
    assert [read(3), read(lazy), read(4), read(3, "zh-hans"), read(3)] == ["3", "3", "4", "3", "3"]
    assert len(drawn) == 3


def test_no_more_is_kept_than_a_page_needs():
    page = Template("{% load frame %}{% kept theme %}{{ theme }}{% endkept %}")
    for number in range(frame.MOST + 10):
        assert page.render(Context({"theme": f"t{number}"})) == f"t{number}"
    assert len(page.nodelist[-1].drawn) == frame.MOST


class Counted(Node):
    def __init__(self, drawn):
        self.drawn = drawn

    def render(self, context):
        self.drawn.append(1)
        return ""

"""The six question types: how they mark, what they show, and that what they show tells nothing."""

import random
import re

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.question_types.ordering import Ordering
from assessments.question_types.short_answer import ShortAnswer, folded
from assessments.questions import build, question_types
from assessments.questions.actions import write
from assessments.questions.texts import aligned, translated
from lms import clock
from tests.assessments import quiz_factories as quizzes

KINDS = list(quizzes.QUESTIONS)


def settings(kind, **changes):
    """The settings of a question as they are kept."""
    return question_types[kind].written({"text": "问", "explanation": "因为", **quizzes.QUESTIONS[kind], **changes})


def asked(kind, **changes):
    return build(kind, settings(kind, **changes))


def keys(rows, *wanted):
    return [next(row["key"] for row in rows if row["text"] == text) for text in wanted]


def response_of(question, values):
    form = question.form(values, prefix="q1")
    assert form.is_valid(), form.errors
    return form.cleaned_data["answer"]


# --- marks ----------------------------------------------------------------------------------------------------------
def test_single_choice_is_all_or_nothing():
    question = asked("single")
    right, wrong = keys(question.options, "打电话", "写信")
    assert [question.mark(right).share, question.mark(wrong).share, question.mark(None).share] == [1, 0, 0]


@pytest.mark.parametrize(
    ("chosen", "share"),
    [
        (["家庭", "学校"], 1),
        (["家庭"], 0.5),
        (["家庭", "学校", "媒体"], 0.5),
        (["家庭", "媒体"], 0),
        (["媒体"], 0),
        (["家庭", "学校", "媒体", "市场"], 0),
        ([], 0),
    ],
)
def test_multiple_choice_counts_right_ones_minus_wrong_ones(chosen, share):
    question = asked("multiple")
    assert question.mark(keys(question.options, *chosen)).share == share


def test_true_or_false():
    question = asked("true_false")
    assert [question.mark(value).share for value in ("false", "true", None)] == [1, 0, 0]


@pytest.mark.parametrize("typed", ["72小时", "７２小时", " 72 小时 ", "七十二小时", "72\u200b小时"])
def test_a_short_answer_forgives_width_case_and_spaces(typed):
    assert asked("short_answer").mark(typed).share == 1


@pytest.mark.parametrize("typed", ["", "   ", None, "7 2", "27小时", "七十二"])
def test_a_short_answer_does_not_forgive_another_answer(typed):
    assert asked("short_answer").mark(typed).share == 0


def test_a_short_answer_in_latin_letters_forgives_case():
    assert asked("short_answer", accepted=["CRC"]).mark("ｃｒｃ").share == 1


@pytest.mark.parametrize(
    ("order", "share"),
    [
        (["确认安全", "报告", "告诉督导", "保存记录"], 1),
        (["报告", "确认安全", "告诉督导", "保存记录"], 4 / 6),
        (["报告", "告诉督导", "保存记录", "确认安全"], 0),
        (["保存记录", "告诉督导", "报告", "确认安全"], 0),
        (["确认安全", "报告"], 0),
        ([], 0),
    ],
)
def test_an_order_counts_pairs_in_order_minus_pairs_out_of_order(order, share):
    question = asked("ordering")
    assert question.mark(keys(question.items, *order)).share == pytest.approx(share)


def test_matching_counts_the_lines_matched_rightly():
    question = asked("matching")
    right = {row["key"]: row["match"] for row in question.pairs}
    first = dict(list(right.items())[:1])
    assert [question.mark(value).share for value in (right, first, {}, None)] == [1, pytest.approx(1 / 3), 0, 0]


def test_two_lines_may_share_a_partner():
    pairs = [{"left": left, "right": right} for left, right in [("110", "警察"), ("12110", "警察"), ("120", "医院")]]
    question = asked("matching", pairs=pairs, extra=[])
    assert sorted(text for _key, text in question.rights()) == ["医院", "警察"]
    assert question.mark({row["key"]: row["match"] for row in question.pairs}).share == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=4),
    max_leaves=6,
)


@pytest.mark.parametrize("kind", ["single", "true_false", "short_answer"])
@given(response=JSON)
def test_any_plain_response_gets_a_mark_between_nothing_and_all(kind, response):
    assert 0 <= asked(kind).mark(response).share <= 1


@given(chosen=st.lists(st.sampled_from("abcdefg")))
def test_any_choice_gets_a_mark_between_nothing_and_all(chosen):
    assert 0 <= asked("multiple").mark(chosen).share <= 1
    assert 0 <= asked("ordering").mark(chosen).share <= 1


@given(chosen=st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")))
def test_any_matching_gets_a_mark_between_nothing_and_all(chosen):
    assert 0 <= asked("matching").mark(chosen).share <= 1


@given(order=st.permutations(["确认安全", "报告", "告诉督导", "保存记录"]))
def test_only_the_right_order_gets_everything(order):
    question = asked("ordering")
    share = question.mark(keys(question.items, *order)).share
    assert (share == 1) == (order == ["确认安全", "报告", "告诉督导", "保存记录"])


@given(text=st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


@given(text=st.text(min_size=1))
def test_every_answer_accepts_itself(text):
    question = ShortAnswer(accepted=(text,))
    assert question.mark(text).share == float(bool(folded(text)))


# --- what is written ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("single", {"text": " "}, "Write the question"),
        ("single", {"options": [{"text": "一", "correct": True}]}, "at least two options"),
        ("single", {"options": [{"text": "一"}, {"text": "二"}]}, "Exactly one option"),
        ("single", {"options": [{"text": "一", "correct": True}, {"text": "一"}]}, "say the same"),
        ("multiple", {"options": [{"text": "一"}, {"text": "二"}]}, "At least one option"),
        ("true_false", {"correct": None}, "whether the statement is true"),
        ("short_answer", {"accepted": [" "]}, "at least one accepted answer"),
        ("ordering", {"items": ["一", "二"]}, "at least three things"),
        ("matching", {"pairs": [{"left": "一", "right": "二"}]}, "at least two pairs"),
        ("matching", {"pairs": [{"left": "一", "right": "二"}, {"left": "三"}]}, "a left and a right side"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_the_reason(kind, changes, sentence):
    with translation.override("en"), pytest.raises(ValidationError, match=sentence):
        settings(kind, **changes)


@pytest.mark.parametrize("kind", KINDS)
def test_writing_what_was_written_changes_nothing(kind):
    assert question_types[kind].written(settings(kind)) == settings(kind)


def test_a_row_keeps_its_key_when_its_text_changes():
    before = settings("single")
    options = [{**row, "text": row["text"] + "。"} for row in before["options"]]
    after = question_types["single"].written({**before, "options": [*options[1:], {"text": "新的"}, *options[:1]]})
    assert {row["text"]: row["key"] for row in after["options"]}.items() >= {
        row["text"] + "。": row["key"] for row in before["options"]
    }.items()
    assert len({row["key"] for row in after["options"]}) == 4


# --- other languages ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_translation_shares_the_keys_and_the_marking(kind):
    version = quizzes.question(kind, english=True).version
    chinese, english = version.asked("zh-hans"), version.asked("en")
    assert english.text == f"Question 1 {kind}"
    assert english.explanation == "Because"
    values = [question.form().fields["answer"] for question in (chinese, english)]
    assert (
        len({str(getattr(field, "keys", [key for key, _ in getattr(field, "choices", [])])) for field in values}) == 1
    )


@pytest.mark.django_db
def test_a_short_answer_is_accepted_in_either_language():
    marking = quizzes.question("short_answer", english=True).version.marking()
    assert [marking.mark(text).share for text in ("72 HOURS", "72小时", "七十二小时", "72")] == [1, 1, 1, 0]


@pytest.mark.django_db
def test_a_translation_with_other_rows_is_refused(ana):
    question = quizzes.question("single")
    with pytest.raises(ValidationError):
        write(
            question,
            type="single",
            data={"text": "问", **quizzes.QUESTIONS["single"]},
            translations={"en": {"text": "Q", "options": [{"text": "only one"}]}},
            by=ana,
            now=clock.now(),
        )


def test_a_missing_translation_falls_back_row_by_row():
    source = {"text": "问", "options": [{"key": "a", "text": "一", "correct": True}, {"key": "b", "text": "二"}]}
    other = aligned(source, {"text": "Q", "options": [{"text": "one"}, {"text": ""}]})
    assert translated(source, other) == {
        "text": "Q",
        "options": [{"key": "a", "text": "one", "correct": True}, {"key": "b", "text": "二"}],
    }


# --- versions -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_every_writing_is_a_new_version_and_the_same_writing_is_none(ana):
    question = quizzes.question("true_false")
    data = {"text": "对吗", "explanation": "", "correct": True}
    second = write(question, type="true_false", data=data, by=ana, now=clock.now())
    again = write(question, type="true_false", data=data, by=ana, now=clock.now())
    assert (second.number, again) == (2, second)
    assert question.version == second
    assert list(question.versions.values_list("number", "data__correct")) == [(1, False), (2, True)]


@pytest.mark.django_db
def test_a_question_whose_type_is_gone_is_kept_and_not_asked():
    version = quizzes.question("single").version
    version.type = "gone"
    assert version.asked("zh-hans") is None
    assert version.marking() is None
    assert version.data["options"]


# --- forms ----------------------------------------------------------------------------------------------------------
def test_the_form_gives_the_response():
    single, several, typed = asked("single"), asked("multiple"), asked("short_answer")
    assert response_of(single, {"q1-answer": single.options[0]["key"]}) == single.options[0]["key"]
    chosen = [row["key"] for row in several.options[:2]]
    assert response_of(several, {"q1-answer": chosen}) == chosen
    assert response_of(typed, {"q1-answer": " 72 "}) == "72"


def test_places_become_an_order_and_missing_places_come_last():
    question = asked("ordering")
    first, second, third, fourth = keys(question.items, "确认安全", "报告", "告诉督导", "保存记录")
    places = {f"q1-answer_{second}": "1", f"q1-answer_{first}": "2", f"q1-answer_{fourth}": "3"}
    assert response_of(question, places) == [second, first, fourth, third]
    assert response_of(question, {}) is None


def test_partners_become_a_matching_and_open_lines_stay_open():
    question = asked("matching")
    row = question.pairs[0]
    assert response_of(question, {f"q1-answer_{row['key']}": row["match"]}) == {row["key"]: row["match"]}
    assert response_of(question, {}) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_response_of_strange_keys_is_refused(kind):
    question = asked(kind)
    names = [f"q1-answer_{key}" for key in getattr(question.form().fields["answer"], "keys", [])] or ["q1-answer"]
    form = question.form(dict.fromkeys(names, "x" * 300), prefix="q1")
    assert not form.is_valid()


# --- nothing is told ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(min_value=0, max_value=2**48))
def test_what_is_shown_is_the_same_whichever_answer_is_right(kind, seed):
    """Byte for byte: nothing in the page, its order or its keys can tell. (An order never begins as the right one.)"""
    one, other = asked(kind), asked(kind, **quizzes.OTHERWISE[kind])
    shown = [question.shuffled(random.Random(seed)) for question in (one, other)]
    if kind == "ordering" and shown[0].shown != shown[1].shown:
        first_tries = [Ordering(items=question.items).shuffled(random.Random(seed)) for question in (one, other)]
        assert any(tuple(question.items) != question.shown for question in first_tries)
        return
    assert str(shown[0].form(prefix="q1")["answer"]) == str(shown[1].form(prefix="q1")["answer"])


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering", "matching"])
def test_the_order_is_that_of_the_seed(kind):
    orders = {str(asked(kind).shuffled(random.Random(seed)).form()["answer"]) for seed in range(30)}
    again = {str(asked(kind).shuffled(random.Random(seed)).form()["answer"]) for seed in range(30)}
    assert len(orders) > 3
    assert orders == again


def test_the_order_shown_is_never_the_right_one():
    question = asked("ordering")
    shown = [question.shuffled(random.Random(seed)).shown for seed in range(200)]
    assert tuple(question.items) not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_shows_the_response_it_was_given(kind):
    """What is read out of the page again is what was put in: an untouched reload changes nothing."""
    question = asked(kind).shuffled(random.Random(3))
    response = {
        "single": lambda: question.options[0]["key"],
        "multiple": lambda: [row["key"] for row in question.options[:2]],
        "true_false": lambda: "false",
        "short_answer": lambda: "72",
        "ordering": lambda: [row["key"] for row in reversed(question.shown)],
        "matching": lambda: {question.pairs[1]["key"]: question.pairs[0]["match"]},
    }[kind]()
    page = str(question.form(prefix="q1", initial={"answer": response})["answer"])
    assert response_of(question, filled_in(page)) == response


def filled_in(page):
    """The fields a browser would send of this piece of HTML."""
    sent = QueryDict(mutable=True)
    for control in re.findall(r"<input[^>]*>|<select.*?</select>", page, re.S):
        name = re.search(r'name="([^"]+)"', control)[1]
        if control.startswith("<select"):
            sent.appendlist(name, re.search(r'<option value="([^"]*)" selected', control)[1])
        elif "checked" in control or 'type="text"' in control:
            sent.appendlist(name, re.search(r'value="([^"]*)"', control)[1])
    return sent

"""The inbox of a person; the list of deliveries of staff."""

import pytest

from lms.notifications.actions import deliver_waiting, tell
from lms.notifications.channels import Email, Undeliverable, channels
from lms.notifications.lms_plugin import FailedDeliveries
from lms.notifications.models import Delivery, Message
from lms.notifications.notices import Notice
from tests import factories

pytestmark = pytest.mark.django_db


def send(person, how_many, now):
    for number in range(how_many):
        tell(Notice(person, "test", number, f"Subject {number}", "The text", "/learn/"), now=now)
    return list(Message.objects.for_user(person).order_by("pk"))


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_inbox_costs_the_same_for_one_and_for_three(ana, browser, now, how_many, django_assert_num_queries):
    send(ana, how_many, now)
    page = browser(ana)
    with django_assert_num_queries(5):  # session, person, count, rows, unread
        answer = page.get("/inbox/")
    assert [one.subject for one in answer.context["page"]] == [f"Subject {n}" for n in reversed(range(how_many))]


def test_a_message_that_was_opened_is_read(ana, browser, now):
    first, second = send(ana, 2, now)
    answer = browser(ana).get(f"/inbox/{first.pk}/")
    assert "The text" in answer.content.decode()
    assert list(Message.objects.unread()) == [second]
    assert [one.subject for one in browser(ana).get("/inbox/?show=unread").context["page"]] == ["Subject 1"]


def test_all_are_read_at_once_but_not_those_of_others(ana, ben, browser, now):
    send(ana, 2, now), send(ben, 1, now)
    assert browser(ana).post("/inbox/read/").url == "/inbox/"
    assert list(Message.objects.unread()) == list(Message.objects.for_user(ben))


def test_a_message_is_there_for_nobody_else(ana, ben, browser, now):
    [message] = send(ana, 1, now)
    assert browser(ben).get(f"/inbox/{message.pk}/").status_code == 404
    assert browser(ben).get("/inbox/999/").status_code == 404
    assert list(browser(ben).get("/inbox/").context["page"]) == []
    assert Message.objects.get().read_at is None


def test_an_empty_inbox_says_so(ana, browser):
    assert "No messages yet" in browser(ana).get("/inbox/").content.decode()


# --- deliveries -----------------------------------------------------------------------------------------------------
class Broken(Email):
    def send(self, message):
        raise Undeliverable("the address was refused")


@pytest.fixture
def failed(learner, now):
    """A message to the learner that could not be delivered."""
    Message.objects.all().delete()
    channels.unregister("email")
    channels.register(Broken())
    tell(Notice(learner, "test", 1, "To the learner", "secret text"), now=now)
    deliver_waiting(now)
    channels.unregister("email")
    channels.register(Email())
    return Delivery.objects.get()


def test_staff_see_what_failed_and_send_it_again(failed, staff, browser):
    page = browser(staff).get("/desk/deliveries/").content.decode()
    assert "To the learner" in page and "the address was refused" in page
    assert "secret text" not in page
    browser(staff).post(f"/desk/deliveries/{failed.pk}/resend/")
    failed.refresh_from_db()
    assert failed.state == Delivery.State.WAITING


def test_staff_of_another_programme_do_not(failed, browser):
    stranger = factories.person("elsewhere")
    factories.grant(stranger, "staff", programme=factories.programme("elsewhere"))
    assert list(browser(stranger).get("/desk/deliveries/").context["page"]) == []
    assert browser(stranger).post(f"/desk/deliveries/{failed.pk}/resend/").status_code == 404
    failed.refresh_from_db()
    assert failed.state == Delivery.State.FAILED


def test_nobody_else_reaches_the_list(failed, learner, supervisor, browser):
    for person in (learner, supervisor):
        assert browser(person).get("/desk/deliveries/").status_code == 404
        assert browser(person).post(f"/desk/deliveries/{failed.pk}/resend/").status_code == 404


def test_the_desk_counts_what_failed(failed, staff, learner, now):
    assert FailedDeliveries().count(staff, now) == 1
    assert FailedDeliveries().count(learner, now) is None


def test_an_unknown_state_is_not_there(staff, browser):
    assert browser(staff).get("/desk/deliveries/?state=burnt").status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    learner, staff, browser, now, how_many, django_assert_num_queries
):
    Message.objects.all().delete()
    send(learner, how_many, now)
    page = browser(staff)
    with django_assert_num_queries(6):
        answer = page.get("/desk/deliveries/?state=waiting")
    assert len(answer.context["page"].object_list) == how_many

"""The post: sent once, tried again ever less often, given up in the end, sent again by staff."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection, connections

from lms.notifications import rules
from lms.notifications.actions import BATCH, deliver_waiting, resend, tell
from lms.notifications.channels import Email, Undeliverable, channels
from lms.notifications.models import Delivery, Message
from lms.notifications.notices import Notice
from tests import factories

pytestmark = pytest.mark.django_db
State = Delivery.State


class Pigeon:
    """A channel that fails as often as it is told to."""

    key, label = "pigeon", "pigeon"

    def __init__(self):
        self.failures, self.sent, self.error = 0, [], RuntimeError("fog")

    def wants(self, user):
        return True

    def send(self, message):
        if self.failures:
            self.failures -= 1
            raise self.error
        self.sent.append(message.pk)


@pytest.fixture
def pigeon():
    """The only channel there is."""
    channels.unregister("email")
    yield channels.register(Pigeon())
    channels.unregister("pigeon")
    channels.register(Email())


@pytest.fixture
def message(ana, now):
    tell(Notice(ana, "test", 1, "Subject", "Body", "/inbox/"), now=now)
    return Message.objects.get()


def test_a_letter_is_sent_once_in_the_language_of_its_reader(ana, message, now):
    assert (deliver_waiting(now), deliver_waiting(now)) == (1, 0)
    [letter] = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert letter.subject == "Subject"
    assert letter.body.startswith("Body\n\n")
    assert "http://testserver/inbox/" in letter.body
    assert Delivery.objects.get().state == State.SENT


def test_its_message_id_is_fixed_so_that_a_second_copy_is_recognised(message, now):
    deliver_waiting(now)
    Delivery.objects.update(state=State.WAITING, next_try_at=now)
    deliver_waiting(now)
    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == [f"<message-{message.pk}@testserver>"] * 2


def test_a_line_break_in_a_subject_makes_no_header(ana, now):
    tell(Notice(ana, "test", 2, "Hello\nBcc: all@example.org"), now=now)
    deliver_waiting(now)
    assert mail.outbox[0].subject == "Hello Bcc: all@example.org"
    assert mail.outbox[0].recipients() == ["ana@example.org"]


def test_it_is_tried_again_ever_less_often_and_then_given_up(pigeon, message, now):
    pigeon.failures, waits, moment = 99, [], now
    for _try in range(rules.TRIES):
        assert deliver_waiting(moment) == 0
        delivery = Delivery.objects.get()
        waits.append(delivery.next_try_at - moment if delivery.state == State.WAITING else None)
        assert deliver_waiting(moment) == 0, "not before its time"
        moment = delivery.next_try_at
    minutes = [wait and wait.total_seconds() / 60 for wait in waits]
    assert minutes == [1, 5, 25, 125, 600, None]
    assert (delivery.state, delivery.tries, delivery.error) == (State.FAILED, rules.TRIES, "RuntimeError: fog")


def test_after_a_failure_it_arrives_and_the_error_is_gone(pigeon, message, now):
    pigeon.failures = 1
    deliver_waiting(now)
    assert deliver_waiting(now + timedelta(minutes=1)) == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.error) == (State.SENT, 2, "")


def test_one_that_fails_stops_no_other(pigeon, ana, ben, now):
    tell(Notice(ana, "test", 1, "First"), Notice(ben, "test", 1, "Second"), now=now)
    pigeon.failures = 1
    assert deliver_waiting(now) == 1


def test_what_can_never_arrive_is_given_up_at_once(pigeon, message, now):
    pigeon.failures, pigeon.error = 1, Undeliverable("no such nest")
    deliver_waiting(now)
    assert Delivery.objects.get().state == State.FAILED


def test_a_channel_that_is_not_installed_any_more_is_told_to_staff(pigeon, message, now):
    channels.unregister("pigeon")
    deliver_waiting(now)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error) == (State.FAILED, "Undeliverable: the channel pigeon is not installed")


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"is_active": False}, "the account is suspended"), ({"email": ""}, "no address")],
)
def test_a_suspended_person_and_one_without_address_get_no_mail(ana, message, now, fields, error):
    type(ana).objects.filter(pk=ana.pk).update(**fields)
    assert deliver_waiting(now) == 0
    assert Delivery.objects.get().error == f"Undeliverable: {error}"
    assert mail.outbox == []


def test_staff_send_a_failed_one_again(pigeon, message, now):
    pigeon.failures, pigeon.error = 1, Undeliverable("full")
    deliver_waiting(now)
    later = now + timedelta(hours=1)
    assert resend(Delivery.objects.get(), now=later)
    assert deliver_waiting(later) == 1


def test_one_that_waits_or_was_sent_is_not_sent_again(message, now):
    assert not resend(Delivery.objects.get(), now=now)
    deliver_waiting(now)
    assert not resend(Delivery.objects.get(), now=now)
    assert deliver_waiting(now) == 0


def test_a_worker_that_dies_while_sending_lets_the_letter_go_after_its_lease(pigeon, message, now):
    pigeon.failures, pigeon.error = 1, KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        deliver_waiting(now)
    assert deliver_waiting(now + rules.LEASE - timedelta(seconds=1)) == 0
    assert deliver_waiting(now + rules.LEASE) == 1


def test_the_lease_outlasts_a_batch_to_a_server_that_does_not_answer():
    assert rules.LEASE.total_seconds() > BATCH * django_settings.EMAIL_TIMEOUT


@pytest.mark.parametrize("how_many", [1, 3])
def test_sending_costs_two_writes_a_letter(db, now, how_many, django_assert_num_queries):
    people = [factories.person(f"person{number}") for number in range(how_many)]
    tell(*(Notice(person, "test", 1, "All") for person in people), now=now)
    with django_assert_num_queries(1 + 2 * how_many):
        assert deliver_waiting(now) == how_many


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(pigeon, now):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a file database or PostgreSQL: set TEST_DATABASE_URL")
    people = [factories.person(f"person{number}") for number in range(30)]
    tell(*(Notice(person, "test", 1, "All") for person in people), now=now)
    start, counts = threading.Barrier(2), []

    def work():
        start.wait()
        counts.append(deliver_waiting(now))
        connections.close_all()

    workers = [threading.Thread(target=work) for _each in range(2)]
    [worker.start() for worker in workers], [worker.join() for worker in workers]
    assert sum(counts) == 30
    assert sorted(pigeon.sent) == sorted(Message.objects.values_list("pk", flat=True))

"""The database cache: locks and counts that hold when many come at once."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from content.rendering import once
from lms import clock
from lms.cache import DatabaseCache
from lms.credentials import limits

pytestmark = pytest.mark.django_db(transaction=True)
DATABASE = {"BACKEND": "lms.cache.DatabaseCache", "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 1000}}
REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ.get("TEST_REDIS_URL", "")}


@pytest.fixture
def database_cache(settings):
    call_command("createcachetable", "cache", verbosity=0)
    with override_settings(CACHES={**settings.CACHES, "default": DATABASE}):
        yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")


@pytest.fixture(params=["database", "redis"])
def shared_cache(request, settings):
    """The caches that several processes can have in common; Redis where TEST_REDIS_URL names one."""
    if request.param == "database":
        request.getfixturevalue("database_cache")
        return
    if not REDIS["LOCATION"]:
        pytest.skip("needs TEST_REDIS_URL")
    settings.CACHES = {**settings.CACHES, "default": REDIS}
    cache.clear()


def later(seconds):
    return clock.at(clock.real_now() + timedelta(seconds=seconds))


def test_a_lock_is_held_by_one_until_it_is_given_back(database_cache):
    assert [cache.add("lock", 1, 10), cache.add("lock", 1, 10)] == [True, False]
    cache.delete("lock")
    assert cache.add("lock", 1, 10)


def test_a_lock_whose_holder_died_is_free_after_its_time(database_cache):
    cache.add("lock", 1, 10)
    with later(12):
        assert [cache.add("lock", 2, 10), cache.add("lock", 3, 10)] == [True, False]


def test_a_count_ends_when_it_was_said_to_however_often_it_is_raised(database_cache):
    cache.add("count", 0, 600)
    with later(400):
        assert [cache.incr("count"), cache.incr("count", 2)] == [1, 3]
    with later(590):
        assert cache.incr("count") == 4
    with later(602), pytest.raises(ValueError):
        cache.incr("count")


def test_what_never_ends_never_ends(database_cache):
    cache.add("kept", "always", None)
    assert cache.get("kept") == "always"
    assert not cache.add("kept", "other", None)


def test_sweeping_takes_what_has_ended_and_nothing_else(database_cache):
    for name, seconds in (("short", 10), ("long", 600), ("kept", None)):
        cache.add(name, name, seconds)
    with later(20):
        assert [DatabaseCache("cache", {}).sweep(), DatabaseCache("cache", {}).sweep()] == [1, 0]
    assert [cache.get(name) for name in ("short", "long", "kept")] == [None, "long", "kept"]


# --- many at once ---------------------------------------------------------------------------------------------------
def together(number, act):
    """Run ``act()`` in so many threads that begin at the same moment; what each returned."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("needs a file database or PostgreSQL: set TEST_DATABASE_URL")
    barrier = Barrier(number)

    def one(_):
        try:
            barrier.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


@pytest.mark.races
def test_of_many_who_ask_for_certificates_at_once_no_more_are_answered_than_may(shared_cache, rf, monkeypatch):
    monkeypatch.setattr(limits, "PER_NUMBER", (5, 600))
    answers = together(30, lambda: limits.within_limits(rf.post("/"), "LX-NS-2025-K-0001-X"))
    assert answers.count(True) == 5


@pytest.mark.races
def test_of_many_wrong_passwords_at_once_no_more_are_tried_than_may(shared_cache, rf, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key"}
    asked = {"app": "allauth.account", "action": "login_failed", "key": "ana"}
    answers = together(30, lambda: bool(ratelimit.consume(rf.post("/"), **asked)))
    assert answers.count(True) == 5


@pytest.mark.races
def test_a_lock_whose_holder_died_is_taken_by_one_of_many(database_cache):
    cache.add("lock", 1, 1)
    moment = clock.real_now() + timedelta(seconds=3)

    def take():
        with clock.at(moment):
            return cache.add("lock", 1, 60)

    assert together(30, take).count(True) == 1


@pytest.mark.races
def test_of_many_who_open_a_lesson_first_one_renders_it(shared_cache):
    made = []

    def make():
        time.sleep(0.3)
        made.append(1)
        return "rendered"

    assert set(together(12, lambda: once("lesson:1", make))) == {"rendered"}
    assert len(made) == 1

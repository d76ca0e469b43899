"""Events go upward: a lower app publishes what happened, an app above subscribes.

``@records(Event)`` runs inside the publisher's transaction: both are stored or neither. ``@follows(Event)`` runs
after commit; its failure is logged and undoes nothing. An app's own event classes sit in its ``events.py``.
"""

import logging
from collections import defaultdict
from functools import partial

from django.db import transaction

logger = logging.getLogger(__name__)

_records = defaultdict(list)
_follows = defaultdict(list)


def records(event_class):
    """Subscribe a function of one event, inside the publisher's transaction."""
    return partial(_subscribe, _records[event_class])


def follows(event_class):
    """Subscribe a function of one event, after the publisher's transaction was committed."""
    return partial(_subscribe, _follows[event_class])


def _subscribe(subscribers, function):
    if function not in subscribers:
        subscribers.append(function)
    return function


def publish(event):
    """Tell subscribers that something happened. Must be called inside a transaction (an action's ``atomic``)."""
    for function in _records[type(event)]:
        function(event)
    for function in _follows[type(event)]:
        transaction.on_commit(partial(_follow, function, event))


def _follow(function, event):
    try:
        function(event)
    except Exception:
        logger.exception("follower failed", extra={"event": type(event).__name__, "follower": function.__qualname__})


def event_classes():
    """Every event that somebody subscribes to, by name: for the documentation and its test."""
    return sorted({*_records, *_follows}, key=lambda event: event.__qualname__)

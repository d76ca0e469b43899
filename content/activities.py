"""Kinds of activities, by key: where one is opened, and when its records make it complete."""

from typing import Protocol

from lms.plugins import Registry

activity_types = Registry("content.activity_types")


class ActivityType(Protocol):
    """``icon``: name in the sprite. ``is_complete``: of the learner's records of one activity, in order."""

    key: str
    label: str
    icon: str

    def url(self, activity) -> str: ...

    def is_complete(self, records) -> bool: ...

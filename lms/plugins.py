"""Registries of contributions, and the discovery of the apps that contribute.

A registry is a dict of classes by key. It lives with its caller; contributors sit above it. Installed apps that
name themselves under the entry point group ``lms.plugins`` join INSTALLED_APPS, and ``LmsConfig.ready`` imports the
``lms_plugin`` module of every app, ours included.
"""

from importlib.metadata import entry_points

GROUP = "lms.plugins"


class Registry:
    """Contributions of one kind by key. Refuses duplicates, and names the known keys when one is missing."""

    def __init__(self, name):
        self.name = name
        self._items = {}

    def register(self, item):
        """Add a class (or object) with a ``key``; usable as a decorator. Raises ValueError for a second one."""
        if self._items.get(item.key, item) is not item:
            raise ValueError(f"{self.name}: the key {item.key!r} is taken")
        self._items[item.key] = item
        return item

    def unregister(self, key):
        """Take a contribution out again (a plugin switched off, a test tidying up)."""
        self._items.pop(key, None)

    def __getitem__(self, key):
        try:
            return self._items[key]
        except KeyError:
            known = ", ".join(sorted(self._items)) or "none"
            raise KeyError(f"{self.name} knows no {key!r}; it knows: {known}") from None

    def get(self, key, default=None):
        return self._items.get(key, default)

    def __contains__(self, key):
        return key in self._items

    def __iter__(self):
        return iter(self._items.values())

    def __len__(self):
        return len(self._items)

    def keys(self):
        return list(self._items)

    def choices(self):
        """(key, label) pairs in order of registration, for form fields."""
        return [(key, getattr(item, "label", key)) for key, item in self._items.items()]


def plugin_apps():
    """Names of the installed plugin apps, in alphabetical order of their entry points."""
    return [point.value for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]

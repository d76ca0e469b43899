"""The platform's own fixtures: the page tree, an intake, people with names and roles."""

pytest_plugins = ["tests.conftest"]

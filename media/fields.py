"""Field types for text about children: one class, so that sealing with a key per case can be added in one place."""

from django.db import models


class PrivateTextField(models.TextField):
    """Text about a child or a family. Never searched, never listed, never logged."""


class PrivateJSONField(models.JSONField):
    """Structured answers about a child or a family (a case record's sections, an application's evidence)."""

"""The tables that a lesson page cannot do without, as a plain project would see them."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    first_name = last_name = None

    class Meta:
        managed = False
        db_table = "people_user"


class Enrolment(models.Model):
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    state = models.CharField(max_length=20)

    class Meta:
        managed = False
        db_table = "enrolment_enrolment"


class Activity(models.Model):
    title = models.CharField(max_length=255)
    minutes = models.PositiveIntegerField()

    class Meta:
        managed = False
        db_table = "content_activity"


class Completion(models.Model):
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE)

    class Meta:
        managed = False
        db_table = "progress_completion"

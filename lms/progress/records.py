"""From events to records, from records to completions. Records are facts; completions can be rebuilt from them."""

from itertools import groupby, islice

from django.db import transaction
from django.db.models import Exists, OuterRef

from content.activities import activity_types
from content.events import LearningEvent
from content.models import Activity
from lms.events import records
from lms.prepared import prepared
from lms.progress import rules
from lms.progress.models import Completion, LearningRecord

BATCH = 500


@records(LearningEvent)
def record(event):
    """Write the record of an event, once for its key, and what it completes."""
    new = LearningRecord(
        key=event.key,
        learner_id=event.learner_id,
        activity_id=event.activity_id,
        verb=event.verb,
        at=event.at,
        minutes=event.minutes,
        score=event.score,
        facts=event.facts,
    )
    # Told twice, the first record stays as it is.
    LearningRecord.objects.bulk_create([new], update_conflicts=True, unique_fields=["key"], update_fields=["key"])
    found = _records(learner=event.learner_id, activity=event.activity_id)
    _store([conclusion(found[0].activity.kind, found)])


@prepared
def _records(learner, activity):
    return LearningRecord.objects.filter(learner=learner, activity=activity).select_related("activity")


def conclusion(kind, found):
    """The completion that the records (of one learner and one activity, in order) amount to; not saved."""
    scores = [row.score for row in found if row.score is not None]
    return Completion(
        learner_id=found[0].learner_id,
        activity_id=found[0].activity_id,
        completed_at=rules.completed_at(found, _is_complete(kind)),
        best_score=max(scores, default=None),
        minutes=sum(row.minutes for row in found),
    )


def _is_complete(kind):
    activity_type = activity_types.get(kind)
    return activity_type.is_complete if activity_type else lambda _records: False


def rebuild():
    """Work out every completion anew, in batches. Returns how many there are."""
    kinds = dict(Activity.objects.values_list("pk", "kind"))
    rows = LearningRecord.objects.order_by("learner", "activity", "at", "pk").iterator(chunk_size=2000)
    together = groupby(rows, key=lambda row: (row.learner_id, row.activity_id))
    conclusions = (conclusion(kinds[activity], list(found)) for (_, activity), found in together)
    count = 0
    while batch := list(islice(conclusions, BATCH)):
        with transaction.atomic():
            _store(batch)
        count += len(batch)
    behind_it = LearningRecord.objects.filter(learner=OuterRef("learner"), activity=OuterRef("activity"))
    Completion.objects.filter(~Exists(behind_it)).delete()
    return count


def _store(completions):
    Completion.objects.bulk_create(
        completions,
        update_conflicts=True,
        unique_fields=["learner", "activity"],
        update_fields=["completed_at", "best_score", "minutes"],
    )

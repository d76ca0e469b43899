"""Numbers given out one after the other: in the order of issue, never twice, without a highest one."""

from lms.programmes.models import Series


def next_number(code):
    """The next number of this series, from 1 on. Its row is locked until the caller's transaction ends."""
    Series.objects.bulk_create([Series(code=code)], ignore_conflicts=True)
    series = Series.objects.select_for_update().get(code=code)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last

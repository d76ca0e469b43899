"""The system check that names stored blocks which no installed part knows."""

import json

from django.db import connection

from content.checks_at_start import known_lesson_blocks
from tests import factories


def test_stored_blocks_that_nobody_knows_are_named(module):
    lesson = factories.lesson(module, body=[("rich_text", "<p>a</p>")])
    assert known_lesson_blocks(databases=["default"]) == []

    stored = json.dumps([{"type": "casecount_timeline", "value": {}, "id": "1"}])
    with connection.cursor() as cursor:
        cursor.execute("update content_lessonpage set body = %s where page_ptr_id = %s", [stored, lesson.pk])

    (warning,) = known_lesson_blocks(databases=["default"])
    assert "casecount_timeline" in warning.msg
    assert known_lesson_blocks() == []

"""Tables as spreadsheet files: written row by row, with every text harmless to the program that opens it."""

import tempfile

from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def xlsx_response(name, columns, rows):
    """A download ``name.xlsx`` of the columns (titles) and the rows (an iterable of tuples, read once, never held)."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append([cell(title) for title in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def cell(value):
    """A value as a cell: times in the programme's zone without one (the format has none), text that is no formula."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if hasattr(value, "tzinfo") and value.tzinfo:
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if hasattr(value, "isoformat"):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

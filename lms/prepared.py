"""Queries of the busiest pages, with their SQL made once in the life of a process.

The ORM makes the SQL of a queryset anew each time, 0.3 to 1.5 ms of CPU, where the database needs 0.05.
A hot query is written as a function from its values to a queryset, and prepared::

    @prepared
    def _ticks(learner, course):
        rows = Completion.objects.filter(learner=learner, activity__course=course)
        return rows.values_list("activity", "completed_at")

    _ticks(learner=user.pk, course=tree.course.key)     # a list, as list(queryset) would be

The function is called with a placeholder for each value, so it cannot look at them: no None, no ``if``. A list, tuple
or set may stand behind ``__in``; the SQL is kept for each number of members up to ``FEW``, beyond that the query is
made anew: there its rows cost more than its SQL.
It returns instances (``select_related`` included) or ``values_list``; related rows are told apart by their keys.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import update_wrapper
from inspect import signature
from types import SimpleNamespace
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

FEW = 12
MANY = list | tuple | set | frozenset


class Slot(Value):
    """The place of a value in prepared SQL."""

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def fill(self, values):
        return values[self.value]


class Member(Slot):
    """The place of one member of a list."""

    def __init__(self, name, number):
        super().__init__(name)
        self.number = number

    def fill(self, values):
        return values[self.value][self.number]


class Members(Value):
    """The places of all members of a list."""

    def __init__(self, name, count):
        super().__init__(name)
        self.count = count

    def as_sql(self, compiler, connection):
        places = ", ".join(["%s"] * self.count)
        return f"({places})", [Member(self.value, number) for number in range(self.count)]


def prepared(make):
    """Prepare a function from values to a queryset; see the module."""
    return update_wrapper(Prepared(make), make)


class Prepared:
    def __init__(self, make):
        self._make = make
        self._names = list(signature(make).parameters)
        self._statements = {}

    def __call__(self, **values):
        """The rows for these values. One query."""
        values = {name: list(value) if isinstance(value, MANY) else value for name, value in values.items()}
        counts = {name: len(value) for name, value in values.items() if isinstance(value, list)}
        if any(count > FEW for count in counts.values()):
            return list(self._make(**values))
        connection = connections["default"]
        shape = connection.vendor, *counts.items()
        if shape not in self._statements:
            self._statements[shape] = self._prepare(connection, counts)
        statement = self._statements[shape]
        return statement.run(connection, values) if statement else []

    def _prepare(self, connection, counts):
        """A Statement; None where an empty list leaves no rows."""
        rows = self._make(**{name: _slot(name, counts) for name in self._names})
        compiler = rows.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
        converted = [(place, columns[place]) for place in compiler.get_converters(columns)]
        return Statement(rows, compiler, sql, params, converted)


def _slot(name, counts):
    if name not in counts:
        return Slot(name)
    return Members(name, counts[name]) if counts[name] else []


@dataclass(frozen=True)
class Statement:
    """A queryset with its compiler and SQL. ``converted``: (place, column) of what the database keeps otherwise."""

    rows: QuerySet
    compiler: SQLCompiler
    sql: str
    params: tuple
    converted: list

    def run(self, connection, values):
        """The rows as the queryset would give them; values take the places of their slots."""
        params = tuple(_stored(p.fill(values), connection) if isinstance(p, Slot) else p for p in self.params)
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda: (self.sql, params)
        compiler.get_converters = lambda columns: self._converters(connection)
        return list(self.rows._iterable_class(_source(self.rows, compiler)))

    def _converters(self, connection):
        """What Django's compiler asks every column for; most have nothing to convert."""
        return {
            place: (connection.ops.get_db_converters(column) + column.get_db_converters(connection), column)
            for place, column in self.converted
        }


def _source(rows, compiler):
    """What Django's iterables ask of a queryset."""
    query = SimpleNamespace(get_compiler=lambda using: compiler)
    return SimpleNamespace(db="default", model=rows.model, query=query, _fields=rows._fields, _known_related_objects={})


def _stored(value, connection):
    """A value as the database keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value

"""The database cache with an ``add`` and an ``incr`` that hold when several processes come at the same moment.

Locks and limits stand on these two where there is no Redis: allauth counts tries under a lock, ``lms.credentials``
counts them outright, ``content.rendering`` renders a lesson once. Django's own ``add`` reads and then writes: a lock
whose holder died goes to two. So does its ``incr``: two tries count as one, and the count forgets when it ends.
"""

import base64
import pickle
from datetime import datetime, timedelta

from django.core.cache.backends import db
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import connections, router, transaction

from lms import clock

ADD = """INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s)
         ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
         WHERE {table}.expires < %s"""
READ = "SELECT value FROM {table} WHERE cache_key = %s AND expires >= %s{lock}"
WRITE = "UPDATE {table} SET value = %s WHERE cache_key = %s"
SWEEP = "DELETE FROM {table} WHERE expires < %s"


class DatabaseCache(db.DatabaseCache):
    """For SQLite and PostgreSQL."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep the value unless a living one is there. Returns whether it was kept. One statement."""
        key = self.make_and_validate_key(key, version=version)
        return self._run(ADD, key, _packed(value), self._moment(self._end(timeout)), self._moment()).rowcount == 1

    def incr(self, key, delta=1, version=None):
        """Add to a living number and return the sum; it ends when it would have. Raises ValueError when none lives."""
        name = self.make_and_validate_key(key, version=version)
        with transaction.atomic(using=self._connection.alias):
            found = self._run(READ, name, self._moment()).fetchone()
            if found is None:
                raise ValueError(f"Key {key!r} not found")
            total = _unpacked(found[0]) + delta
            self._run(WRITE, _packed(total), name)
        return total

    def sweep(self):
        """Delete what has ended; how many. Reading deletes only what is asked for again."""
        return self._run(SWEEP, self._moment()).rowcount

    @property
    def _connection(self):
        return connections[router.db_for_write(self.cache_model_class)]

    def _run(self, sql, *values):
        """A cursor after the statement. SQLite locks the whole file when a transaction begins, PostgreSQL the row."""
        connection = self._connection
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
        cursor = connection.cursor()
        cursor.execute(sql.format(table=connection.ops.quote_name(self._table), lock=lock), values)
        return cursor

    def _moment(self, moment=None):
        """A time, or the present one, as the database keeps it. Rows end on whole seconds."""
        moment = moment or clock.real_now()
        return self._connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0))

    def _end(self, timeout):
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return datetime.max if seconds is None else clock.real_now() + timedelta(seconds=seconds)


def _packed(value):
    return base64.b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)).decode("latin1")


def _unpacked(text):
    return pickle.loads(base64.b64decode(text))

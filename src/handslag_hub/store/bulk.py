"""Many rows at once, written without making a model of each: the dearest part of keeping a page otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from django.db import connection, models

# Rows in one command that gives keys back: SQLite and PostgreSQL take a bounded number of parameters.
_ROWS = 500
# Values in one question.
_KEYS = 2000


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]], *, or_ignore: bool = False) -> None:  # fmt: skip
    """Inserts rows of plain values (text, numbers, booleans, dates, datetimes, None) in the order of `fields`; gives no keys back.

    `or_ignore` leaves out what a unique constraint has already.
    """
    if prepared := _prepared(model, fields, rows):
        places = places_for(fields)
        tail = " ON CONFLICT DO NOTHING" if or_ignore else ""
        _run_many(f"{_insert_into(model, tuple(fields))} VALUES ({places}){tail}", prepared)


def insert_and_give_keys(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]], known_by: Sequence[str]) -> dict[tuple[object, ...], int]:  # fmt: skip
    """As `insert_rows`; gives the key of each row by its values of `known_by`."""
    prepared, found = _prepared(model, fields, rows), {}
    one = f"({places_for(fields)})"
    returning = ", ".join(["id", *(_column(model, name) for name in known_by)])
    with connection.cursor() as cursor:
        for start in range(0, len(prepared), _ROWS):
            part = prepared[start : start + _ROWS]
            command = (
                f"{_insert_into(model, tuple(fields))} VALUES {', '.join([one] * len(part))} RETURNING {returning}"
            )
            cursor.execute(command, [value for row in part for value in row])
            found |= {tuple(row[1:]): row[0] for row in cursor.fetchall()}
    return found


def update_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Sets the `fields` of rows, each given as its new values followed by its key."""
    if prepared := _prepared(model, fields, rows):
        places = ", ".join(f"{_column(model, name)} = %s" for name in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        _run_many(f"UPDATE {table} SET {places} WHERE id = %s", prepared)


@cache
def _insert_into(model: type[models.Model], fields: tuple[str, ...]) -> str:
    columns = ", ".join(_column(model, name) for name in fields)
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns})"


@cache
def _column(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(model._meta.get_field(name).column)


def _run_many(command: str, rows: Sequence[Sequence[object]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(command, rows)


def _prepared(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> list[list[object]]:
    """The rows with days and moments as the database takes them; what stands behind the fields' values stays."""
    found = [list(row) for row in rows]
    known: dict[object, object] = {}
    for place, adaptation in _days_among(model, tuple(fields)):
        adapt = getattr(connection.ops, adaptation)
        for row in found:
            value = row[place]
            if isinstance(value, date):
                if value not in known:
                    known[value] = adapt(value)
                row[place] = known[value]
    return found


@cache
def _days_among(model: type[models.Model], fields: tuple[str, ...]) -> list[tuple[int, str]]:
    """Where among the fields days and moments are, and which of the database's operations adapts them."""
    found: list[tuple[int, str]] = []
    for place, name in enumerate(fields):
        field = model._meta.get_field(name)
        if isinstance(field, models.DateField):
            found.append((place, "adapt_datetimefield_value" if isinstance(field, models.DateTimeField) else "adapt_datefield_value"))  # fmt: skip
    return found


def add_rows(
    model: type[models.Model], known_by: Sequence[str], counted: str, rows: Iterable[Sequence[object]]
) -> None:
    """Adds numbers, each given as the values of `known_by` (which are unique) followed by the number, to those that are there."""
    if prepared := _prepared(model, known_by, rows):
        slot, count = ", ".join(_column(model, name) for name in known_by), _column(model, counted)
        table = connection.ops.quote_name(model._meta.db_table)
        places = places_for(prepared[0])
        _run_many(
            f"INSERT INTO {table} ({slot}, {count}) VALUES ({places}) ON CONFLICT ({slot}) DO UPDATE SET {count} = {table}.{count} + excluded.{count}",
            prepared,
        )


def select_rows(model: type[models.Model], fields: Sequence[str], **among: Iterable[object]) -> list[tuple]:
    """Rows as the database gives them (on SQLite a day is a text, a truth a number), each column of `among` one of the given values.

    Of the columns given, the first may have any number of values; the others few.
    """
    (wide, keys), *narrow = among.items()
    table, found = connection.ops.quote_name(model._meta.db_table), []
    start = f"SELECT {', '.join(_column(model, name) for name in fields)} FROM {table} WHERE "
    rest = [(name, list(values)) for name, values in narrow]
    also = "".join(f" AND {_column(model, name)} IN ({places_for(values)})" for name, values in rest)
    few = [value for _, values in rest for value in values]
    ordered = list(keys)
    with connection.cursor() as cursor:
        for at in range(0, len(ordered), _KEYS):
            part = ordered[at : at + _KEYS]
            cursor.execute(f"{start}{_column(model, wide)} IN ({places_for(part)}){also}", [*part, *few])
            found += cursor.fetchall()
    return found


def query(command: str, parameters: Sequence[object] = ()) -> list[tuple]:
    """Rows of a command of our own, where building it anew each time would cost more than asking."""
    with connection.cursor() as cursor:
        cursor.execute(command, parameters)
        return cursor.fetchall()


def rows_among(command: str, keys: Iterable[object], *parameters: object) -> list[tuple]:
    """Rows of a command of our own for any number of keys: they stand at `{places}`, before the other parameters."""
    ordered, found = list(keys), []
    for at in range(0, len(ordered), _KEYS):
        part = ordered[at : at + _KEYS]
        found += query(command.format(places=places_for(part)), [*part, *parameters])
    return found


def day_of(value: date | str) -> date:
    """A day as the database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def plain_rows(rows: models.QuerySet) -> list[tuple]:
    """Rows as the database gives them (see `select_rows`): of ten thousand the ORM takes as long to hand them on as the database to find them."""
    return query(*rows.query.sql_with_params())


def run(command: str, parameters: Sequence[object] = ()) -> None:
    """Runs a command of our own."""
    with connection.cursor() as cursor:
        cursor.execute(command, parameters)


def places_for(values: Sequence[object]) -> str:
    """As many places as there are values: `IN ({places_for(values)})`."""
    return ", ".join(["%s"] * len(values))

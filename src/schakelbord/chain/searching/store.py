"""The index of search in the database, with one face for SQLite (FTS5) and PostgreSQL (tsvector)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Protocol, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet

from schakelbord.chain.searching.words import stems_of, words_of

T = TypeVar("T")
FIELDS: Final = ("key", "kind", "code", "level", "dossier_id", "title", "body", "address", "day")
AT_ONCE: Final = 200
MOST_COUNTED: Final = 1000
"""Above so many hits the number is no longer told exactly; nobody reads them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found.

    Args:
        key: of the row, such as `action:12`.
        kind: what it is: a key of `search.KINDS`.
        code: with which it is named, "" for what has none.
        level: `open` for whoever reads the dossier, `inside` for who takes part in it, `secretariat` for who prepares
            and checks, `outside` for who only reads what is public.
        dossier_id: to which dossier it belongs.
        title: what it is called.
        body: all else that can be found.
        address: its page on this site.
        day: when it was made.
    """

    key: str
    kind: str
    code: str
    level: str
    dossier_id: int
    title: str
    body: str
    address: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody looks for: for each word its folded form and its stem; `prefix` when the last may go on."""

    words: tuple[tuple[str, str], ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody may find: these levels of these dossiers, and what has one of these codes; never what is closed."""

    dossiers: tuple[int, ...]
    levels: tuple[str, ...]
    codes: tuple[str, ...] = ()
    closed: tuple[QuerySet[Any, str], ...] = ()


class Store(Protocol):
    """What a database does differently."""

    def keep(self, row_id: int, entry: Entry) -> None:
        """Put the words of a row in the index."""

    def forget(self, row_ids: Sequence[int]) -> None:
        """Take the words of rows out."""

    def source(self, terms: Terms) -> tuple[str, str, list[Any]]:
        """FROM with the condition, what to order by, and their parameters."""


class Fts5:
    """SQLite."""

    def keep(self, row_id: int, entry: Entry) -> None:
        self.forget([row_id])
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO chain_searchtext (rowid, title, body, words) VALUES (%s, %s, %s, %s)",
                [row_id, *_texts(entry)],
            )

    def forget(self, row_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM chain_searchtext WHERE rowid = %s", [[one] for one in row_ids])

    def source(self, terms: Terms) -> tuple[str, str, list[Any]]:
        parts = []
        for at, (word, stem) in enumerate(terms.words):
            star = "*" if terms.prefix and at == len(terms.words) - 1 else ""
            parts.append(f'({{title body}} : "{stem}" OR words : "{word}"{star})')
        sql = "chain_searchtext JOIN chain_searchrow r ON r.id = chain_searchtext.rowid WHERE chain_searchtext MATCH %s"
        return sql, "bm25(chain_searchtext, 5.0, 1.0, 0.5)", [" AND ".join(parts)]


class TextVector:
    """PostgreSQL."""

    def keep(self, row_id: int, entry: Entry) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE chain_searchrow SET found = {VECTOR} WHERE id = %s", [*_texts(entry), row_id])  # noqa: S608 - no input in it

    def forget(self, row_ids: Sequence[int]) -> None:
        """The words stand in the row itself."""

    def source(self, terms: Terms) -> tuple[str, str, list[Any]]:
        parts = []
        for at, (word, stem) in enumerate(terms.words):
            star = "*" if terms.prefix and at == len(terms.words) - 1 else ""
            parts.append(f"('{stem}':AB | '{word}':{star}D)")
        sql = "chain_searchrow r, to_tsquery('simple', %s) asked WHERE r.found @@ asked"
        return sql, "-ts_rank(r.found, asked)", [" & ".join(parts)]


VECTOR: Final = (
    "setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B') "
    "|| setweight(to_tsvector('simple', %s), 'D')"
)


def store() -> Store:
    """That of the database in use."""
    return Fts5() if connection.vendor == "sqlite" else TextVector()


def keep(entry: Entry) -> None:
    """Put a row in the index, or bring it up to date; nothing is written when it says the same."""
    values = [getattr(entry, name) for name in FIELDS]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(FIELDS[1:])} FROM chain_searchrow WHERE key = %s", [entry.key])  # noqa: S608
        known = cursor.fetchone()
        if known is not None and [str(one) for one in known] == [str(one) for one in values[1:]]:
            return
        _upsert(cursor, entry)


def _upsert(cursor: Any, entry: Entry) -> None:
    values = [getattr(entry, name) for name in FIELDS]
    names, holes = ", ".join(FIELDS), ", ".join(["%s"] * len(FIELDS))
    if connection.vendor != "sqlite":
        names, holes = f"{names}, found", f"{holes}, ''::tsvector"
    news = ", ".join(f"{name} = excluded.{name}" for name in FIELDS[1:])
    cursor.execute(
        f"INSERT INTO chain_searchrow ({names}) VALUES ({holes}) ON CONFLICT (key) DO UPDATE SET {news} RETURNING id",  # noqa: S608
        values,
    )
    store().keep(int(cursor.fetchone()[0]), entry)
    _learn(cursor, [entry])


def is_empty() -> bool:
    """Whether nothing is in the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM chain_searchrow LIMIT 1")
        return cursor.fetchone() is None


def forget(key: str) -> None:
    """Take a row out of the index; harmless when it is not there."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM chain_searchrow WHERE key = %s", [key])
        found = [int(row[0]) for row in cursor.fetchall()]
        if found:
            store().forget(found)
            cursor.execute("DELETE FROM chain_searchrow WHERE key = %s", [key])


def rebuild(entries: Iterable[Entry]) -> int:
    """Make the whole index anew in one transaction; gives how many rows it has."""
    is_sqlite, count = connection.vendor == "sqlite", 0
    names = ", ".join(("id", *FIELDS))
    holes = ", ".join(["%s"] * (len(FIELDS) + 1))
    with transaction.atomic(), connection.cursor() as cursor:
        for table in (*(("chain_searchtext",) if is_sqlite else ()), "chain_searchrow", "chain_searchword"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        for chunk in _batched(entries, AT_ONCE):
            rows = [[count + at, *(getattr(one, name) for name in FIELDS)] for at, one in enumerate(chunk, start=1)]
            texts = [_texts(one) for one in chunk]
            if is_sqlite:
                cursor.executemany(f"INSERT INTO chain_searchrow ({names}) VALUES ({holes})", rows)  # noqa: S608
                cursor.executemany(
                    "INSERT INTO chain_searchtext (rowid, title, body, words) VALUES (%s, %s, %s, %s)",
                    [[row[0], *text] for row, text in zip(rows, texts, strict=True)],
                )
            else:
                cursor.executemany(
                    f"INSERT INTO chain_searchrow ({names}, found) VALUES ({holes}, {VECTOR})",  # noqa: S608
                    [[*row, *text] for row, text in zip(rows, texts, strict=True)],
                )
            _learn(cursor, chunk)
            count += len(chunk)
        if not is_sqlite:
            cursor.execute("SELECT setval('chain_searchrow_id_seq', %s)", [max(count, 1)])
    return count


def find(terms: Terms, allowed: Allowed, *, kind: str = "", start: int = 0, most: int = 20) -> list[Entry]:
    """What somebody may find, the best first."""
    source, order, values = store().source(terms)
    rights, more = _rights(allowed)
    of_kind, kinds = (" AND r.kind = %s", [kind]) if kind else ("", [])
    names = ", ".join(f"r.{name}" for name in FIELDS)
    # Two rows that fit as well stand in the order of their making, the newest first.
    sql = f"SELECT {names} FROM {source} AND {rights}{of_kind} ORDER BY {order}, r.id DESC LIMIT %s OFFSET %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *more, *kinds, most, start])
        return [_entry(row) for row in cursor.fetchall()]


def count(terms: Terms, allowed: Allowed) -> dict[str, int]:
    """How many somebody may find of each kind; counted up to `MOST_COUNTED` in all."""
    source, _order, values = store().source(terms)
    rights, more = _rights(allowed)
    inner = f"SELECT r.kind FROM {source} AND {rights} LIMIT %s"  # noqa: S608
    sql = f"SELECT kind, count(*) FROM ({inner}) counted GROUP BY kind"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *more, MOST_COUNTED])
        return {str(kind): int(number) for kind, number in cursor.fetchall()}


def by_code(code: str, allowed: Allowed) -> Entry | None:
    """What has exactly this code, when somebody may find it."""
    rights, more = _rights(allowed)
    names = ", ".join(f"r.{name}" for name in FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM chain_searchrow r WHERE r.code = %s AND {rights}", [code, *more])  # noqa: S608
        row = cursor.fetchone()
    return _entry(row) if row else None


def words_since(row_id: int) -> tuple[list[str], int, int]:
    """The words that were learnt after a row; the last row there is, and how many there are in all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), count(*) FROM chain_searchword")
        last, number = cursor.fetchone()
        if (last or 0) <= row_id:
            return [], int(last or 0), int(number)
        cursor.execute("SELECT word FROM chain_searchword WHERE id > %s ORDER BY id", [row_id])
        return [str(row[0]) for row in cursor.fetchall()], int(last), int(number)


def _rights(allowed: Allowed) -> tuple[str, list[Any]]:
    levels = ", ".join(["%s"] * len(allowed.levels))
    dossiers = ", ".join(["%s"] * len(allowed.dossiers))
    parts, values = [], []
    if allowed.dossiers and allowed.levels:
        parts.append(f"(r.level IN ({levels}) AND r.dossier_id IN ({dossiers}))")
        values += [*allowed.levels, *allowed.dossiers]
    if allowed.codes:
        parts.append(f"r.code IN ({', '.join(['%s'] * len(allowed.codes))})")
        values += list(allowed.codes)
    rights = f"({' OR '.join(parts)})" if parts else "1 = 0"
    for codes in allowed.closed:
        sql, inside = codes.query.sql_with_params()
        rights += f" AND r.code NOT IN ({sql})"
        values += list(inside)
    return rights, values


def _learn(cursor: Any, entries: Sequence[Entry]) -> None:
    """Remember the words, so that one that is misspelt can be told what it resembles."""
    words = sorted({word for one in entries for word in words_of(f"{one.title} {one.body}").split() if len(word) > 3})
    for chunk in _batched(words, 400):
        holes = ", ".join(["(%s)"] * len(chunk))
        sql = f"INSERT INTO chain_searchword (word) VALUES {holes} ON CONFLICT (word) DO NOTHING"  # noqa: S608
        cursor.execute(sql, list(chunk))


def _batched(rows: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    here = iter(rows)
    while chunk := tuple(islice(here, size)):
        yield chunk


def _texts(entry: Entry) -> list[str]:
    whole = f"{entry.code} {entry.title} {entry.body}"
    return [stems_of(f"{entry.code} {entry.title}"), stems_of(entry.body), words_of(whole)]


def _entry(row: Sequence[Any]) -> Entry:
    values = dict(zip(FIELDS, row, strict=True))
    day = values["day"]
    values["day"] = day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))
    return Entry(**values)

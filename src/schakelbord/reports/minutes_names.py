"""Names in minutes: what is adopted holds a reference and a salted digest, so that erasing a person breaks nothing.

A reference is `@mark.digest`: a mark that only this installation can make of somebody's attendance, and the digest of
their name with a salt. Names and salts are kept
beside the content; a name that does not fit its digest is not shown, and one that was erased is `verwijderd`.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Final, TypeVar

from django.utils.crypto import salted_hmac
from msgspec.structs import replace

from schakelbord.bodies.models import Person
from schakelbord.bodies.services import ERASED
from schakelbord.errors import StateError
from schakelbord.meetings.models import Attendance, Meeting
from schakelbord.reports.minutes import ContributionPart, Minutes, PersonPart, TablePart

SIGN: Final = "@"
Names = Mapping[str, Mapping[str, str]]
Named = TypeVar("Named", PersonPart, ContributionPart)


def is_named(row: Attendance) -> bool:
    """Whether the minutes may name somebody: a person of the list who was not erased."""
    return row.person is not None and row.person.erased_at is None


def reference_to(row: Attendance | None) -> str:
    """What stands in the content for a name; "" for who is not named."""
    if row is None or not is_named(row):
        return ""
    return f"{SIGN}{_made_of(row.key, 'reference')}.{_digest(_made_of(row.key, 'salt'), row.called)}"


def names_of(meeting: Meeting) -> dict[str, dict[str, str]]:
    """Name and salt of everybody on the list of a meeting, by their reference; `key` is that of the attendance."""
    rows = meeting.attendances.filter(person__isnull=False, person__erased_at=None).select_related("person")
    return {
        _made_of(row.key, "reference"): {"name": row.called, "salt": _made_of(row.key, "salt"), "key": row.key}
        for row in rows
    }


def with_names(minutes: Minutes, names: Names) -> Minutes:
    """The minutes as people read them.

    Raises:
        StateError: a name is not what it was when the minutes were made.
    """
    attendance = minutes.attendance
    return replace(
        minutes,
        attendance=replace(
            attendance,
            present=_by_name(attendance.present, names),
            absent=_by_name(attendance.absent, names),
        ),
        tables=tuple(_table(table, names) for table in minutes.tables),
    )


def erased_in(names: Names, keys: set[str]) -> dict[str, Mapping[str, str]]:
    """The names without those of somebody who was erased."""
    return {mark: {"name": ERASED} if kept.get("key") in keys else kept for mark, kept in names.items()}


def erase_from_minutes(person: Person) -> None:
    """Take a name out of all minutes that were adopted; their text and fingerprint stay."""
    from schakelbord.reports.models import MinutesVersion  # noqa: PLC0415 - when apps are loaded

    keys = set(Attendance.objects.filter(person=person).values_list("key", flat=True))
    for version in MinutesVersion.objects.filter(meeting__attendances__person=person).distinct():
        version.names = erased_in(version.names, keys)
        version.save(update_fields=["names"])


def _table(table: TablePart, names: Names) -> TablePart:
    return replace(
        table,
        host=_name(table.host, names),
        pitcher=_name(table.pitcher, names),
        contributions=tuple(_named(row, names) for row in table.contributions),
    )


def _by_name(rows: tuple[PersonPart, ...], names: Names) -> tuple[PersonPart, ...]:
    found = [_named(row, names) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.organisation, one.function)))


def _named(row: Named, names: Names) -> Named:
    return replace(row, name=_name(row.name, names))


def _name(reference: str, names: Names) -> str:
    if not reference:
        return ""
    mark, _, digest = reference.removeprefix(SIGN).partition(".")
    kept = names.get(mark, {"name": ERASED})
    if "salt" not in kept:
        return ERASED
    if _digest(kept["salt"], kept["name"]) != digest:
        raise StateError(
            "name_changed",
            nl="Een naam in deze notulen is niet meer wat is vastgesteld. Meld dit bij de beheerder.",
            en="A name in these minutes is not what was adopted any more. Tell the administrator.",
        )
    return kept["name"]


def _digest(salt: str, name: str) -> str:
    return sha256(f"{salt}:{name}".encode()).hexdigest()[:32]


def _made_of(key: str, what: str) -> str:
    """A reference or a salt, made of the key of an attendance with the secret of this installation."""
    return salted_hmac(f"schakelbord.reports.minutes.{what}", key, algorithm="sha256").hexdigest()[:32]

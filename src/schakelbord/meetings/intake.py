"""Participants from a list: a preview that names each row's trouble, and taking over all of them or none."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from schakelbord.bodies.codes import BodyLayer
from schakelbord.bodies.models import Membership, Organisation, OrganisationAlias, Person
from schakelbord.bodies.names import key_of, near
from schakelbord.bodies.services import address_of
from schakelbord.dossiers.models import Theme
from schakelbord.engine.text import Text
from schakelbord.errors import InputError
from schakelbord.meetings.acts import Act
from schakelbord.meetings.codes import Layer, ReplyKind
from schakelbord.meetings.models import Attendance, Intake, Meeting
from schakelbord.meetings.reading_lists import Rows

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("naam", "name", "deelnemer", "volledige naam", "full name"),
    "first": ("voornaam", "first name", "voorletters", "initialen"),
    "between": ("tussenvoegsel", "tussenvoegsels", "infix"),
    "last": ("achternaam", "last name", "surname"),
    "email": ("e-mail", "email", "e mail", "mail", "e-mailadres", "emailadres", "mailadres"),
    "organisation": ("organisatie", "organisation", "organization", "werkgever", "instelling", "gemeente", "bedrijf"),
    "function": ("functie", "function", "rol", "functietitel", "job title"),
    "layer": ("laag", "layer", "niveau"),
    "body": ("gremium", "body", "namens", "overleg"),
    "theme": ("thema", "voorkeur", "theme", "preference", "eerste voorkeur", "thema 1"),
    "theme2": ("tweede voorkeur", "thema 2", "second preference"),
    "theme3": ("derde voorkeur", "thema 3", "third preference"),
    "accessible": ("toegankelijk", "rolstoel", "accessible", "wheelchair"),
}
LAYERS: Final[Mapping[str, str]] = {
    "ambtelijk": Layer.OFFICIAL,
    "ambtenaar": Layer.OFFICIAL,
    "official": Layer.OFFICIAL,
    "uitvoering": Layer.OFFICIAL,
    "beleid": Layer.OFFICIAL,
    "bestuurlijk": Layer.ADMINISTRATIVE,
    "bestuur": Layer.ADMINISTRATIVE,
    "administrative": Layer.ADMINISTRATIVE,
    "beide": Layer.BOTH,
    "both": Layer.BOTH,
    "ervaring": Layer.EXPERIENCE,
    "ervaringsdeskundige": Layer.EXPERIENCE,
    "experience": Layer.EXPERIENCE,
}
GOVERNS: Final = re.compile(
    r"(?i)\b(?:burgemeester|wethouder|bestuurder|voorzitter|commissaris|gedeputeerde|dijkgraaf|minister|staatssecretaris|"
    r"mayor|alderman|raad van bestuur)\b"
)
LIVED: Final = re.compile(r"(?i)ervaringsdeskundig")
LAYER_OF_BODY: Final[Mapping[BodyLayer, str]] = {
    BodyLayer.OFFICIAL: Layer.OFFICIAL,
    BodyLayer.ADMINISTRATIVE: Layer.ADMINISTRATIVE,
    BodyLayer.MIXED: Layer.BOTH,
}
YES: Final = frozenset({"ja", "yes", "x", "1", "waar", "true", "j"})
SPACES: Final = re.compile(r"[\s_]+")
DAY: Final = dt.timedelta(days=1)
SHOWN_AT_ONCE: Final = 500


@dataclass(slots=True)
class Row:
    """A row of the list, as it will be taken over. `number` is that of the line in the list, the header being 1."""

    number: int
    name: str = ""
    email: str = ""
    organisation: str = ""
    function: str = ""
    layer: str = ""
    layer_guessed: bool = False
    body: int | None = None
    themes: list[int] = field(default_factory=list)
    accessible: bool = False
    organisation_id: int | None = None
    near: tuple[int, ...] = ()
    is_known: bool = False
    troubles: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewName:
    """A name of an organisation that nobody knows, with those it looks like and how often it stands in the list."""

    name: str
    near: tuple[Organisation, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be taken over."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    new_names: tuple[NewName, ...]
    already: int

    @property
    def wrong(self) -> tuple[Row, ...]:
        """Rows with trouble; while there are any nothing is taken over."""
        return tuple(row for row in self.rows if row.troubles)

    @property
    def shown(self) -> tuple[Row, ...]:
        """Those to show: all with trouble first, then as many others as fit on a page."""
        fine = [row for row in self.rows if not row.troubles]
        return (*self.wrong[:SHOWN_AT_ONCE], *fine[: max(0, SHOWN_AT_ONCE - len(self.wrong))])


def keep_intake(meeting: Meeting, rows: Rows, *, user_id: int, now: dt.datetime) -> Intake:
    """Keep a list while somebody looks at it; older ones go."""
    Intake.objects.filter(made_at__lt=now - DAY).delete()
    return Intake.objects.create(meeting=meeting, rows=rows, made_by_id=user_id, made_at=now)


def preview_of(meeting: Meeting, rows: Rows, *, choices: Mapping[str, int] | None = None) -> Preview:
    """What a list would become; a fixed number of queries, whatever its length.

    Args:
        meeting: to which it goes.
        rows: the header first.
        choices: which organisation is meant by a name that nobody knows; 0 for a new one.

    Raises:
        InputError: no column holds a name.
    """
    places, left_out = _columns(rows[0])
    organisations = _organisation_keys()
    emails = set(Person.objects.exclude(email="").values_list("email", flat=True))
    on_list = set(meeting.attendances.filter(person__isnull=False).values_list("person__email", flat=True))
    bodies = {key_of(name): body.pk for body in meeting.bodies.all() for name in (body.name, body.short) if name}
    themes = {theme.title.casefold(): theme.pk for theme in Theme.objects.filter(dossier=meeting.dossier)}
    cached: dict[str, tuple[int | None, tuple[int, ...]]] = {}
    seen: dict[str, int] = {}
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        row = _row(number, cells, places)
        _check_address(row, seen)
        row.is_known = row.email in emails
        if row.organisation:
            key = key_of(row.organisation)
            if key not in cached:
                cached[key] = _match(key, organisations, choices or {})
            row.organisation_id, row.near = cached[key]
        _set_layer(row, _cell(cells, places, "layer"))
        _set_body(row, _cell(cells, places, "body"), bodies)
        _set_themes(row, [_cell(cells, places, name) for name in ("theme", "theme2", "theme3")], themes)
        row.accessible = _cell(cells, places, "accessible").casefold() in YES
        found.append(row)
    already = sum(row.email in on_list for row in found if row.email)
    return Preview(tuple(found), tuple(places), tuple(left_out), _new_names(found), already)


def take_over(act: Act, preview: Preview) -> int:
    """Put all rows of a list on the list of participants; how many. With any trouble nobody.

    Raises:
        InputError: a row has trouble; says which is the first.
    """
    if preview.wrong:
        first = preview.wrong[0]
        raise InputError(
            "row_in_trouble",
            str(first.number),
            nl=f"Regel {first.number}: {first.troubles[0].nl} Er is nog niemand overgenomen.",
            en=f"Line {first.number}: {first.troubles[0].en} Nobody was taken over yet.",
        )
    organisations = _make_organisations(preview, now=act.now)
    people = _make_people(preview, now=act.now)
    known = {row.person_id: row for row in act.meeting.attendances.filter(person__isnull=False)}
    new, changed = [], []
    for row, person in zip(preview.rows, people, strict=True):
        values = {
            "organisation_id": row.organisation_id or organisations.get(key_of(row.organisation)),
            "function": row.function[:120],
            "layer": row.layer,
            "body_id": row.body,
            "prefers": row.themes,
            "needs_accessible": row.accessible,
        }
        old = known.get(person.pk)
        if old is None:
            made = Attendance(
                meeting=act.meeting, person=person, key=secrets.token_hex(8), reply=ReplyKind.NONE, made_at=act.now
            )
            new.append(_with(made, values))
        else:
            changed.append(_with(old, values))
    Attendance.objects.bulk_create(new, batch_size=500)
    Attendance.objects.bulk_update(
        changed,
        ["organisation", "function", "layer", "body", "prefers", "needs_accessible"],
        batch_size=200,
    )
    act.note("participants.taken_over", new=len(new), changed=len(changed))
    return len(new) + len(changed)


def take_members(act: Act) -> int:
    """Put the members of the bodies that convene on the list, each with body and layer; how many are new there."""
    on_list = set(act.meeting.attendances.filter(person__isnull=False).values_list("person_id", flat=True))
    members = Membership.objects.filter(body__in=act.meeting.bodies.all(), to_day=None)
    new = []
    for row in members.select_related("body").order_by("body__name", "pk"):
        if row.person_id in on_list:
            continue
        on_list.add(row.person_id)
        made = Attendance(
            meeting=act.meeting,
            person_id=row.person_id,
            key=secrets.token_hex(8),
            reply=ReplyKind.NONE,
            made_at=act.now,
            organisation_id=row.organisation_id,
            function=row.function,
            body=row.body,
            layer=LAYER_OF_BODY[BodyLayer(row.body.layer)],
        )
        new.append(made)
    Attendance.objects.bulk_create(new, batch_size=500)
    act.note("participants.taken_over", new=len(new), changed=0)
    return len(new)


def _with(attendance: Attendance, values: Mapping[str, object]) -> Attendance:
    for name, value in values.items():
        setattr(attendance, name, value)
    return attendance


def _make_organisations(preview: Preview, *, now: dt.datetime) -> dict[str, int]:
    """New organisations, by their key."""
    missing = {
        key_of(row.organisation): row.organisation
        for row in preview.rows
        if row.organisation and row.organisation_id is None and key_of(row.organisation)
    }
    known = set(Organisation.objects.filter(key__in=missing).values_list("key", flat=True))
    made = [Organisation(name=name[:160], key=key, made_at=now) for key, name in missing.items() if key not in known]
    Organisation.objects.bulk_create(made, batch_size=500)
    return dict(Organisation.objects.filter(key__in=missing).values_list("key", "pk"))


def _make_people(preview: Preview, *, now: dt.datetime) -> list[Person]:
    """The person of each row: who has this address, or somebody new."""
    emails = [row.email for row in preview.rows if row.email]
    known: dict[str, Person] = {}
    for start in range(0, len(emails), 500):
        for person in Person.objects.filter(email__in=emails[start : start + 500]):
            known[person.email] = person
    renamed = []
    found = []
    for row in preview.rows:
        person = known.get(row.email, Person(email=row.email, made_at=now))
        if person.name != row.name:
            person.name = row.name
            renamed += [person] if person.pk else []
        found.append(person)
    Person.objects.bulk_create([person for person in found if person.pk is None], batch_size=500)
    Person.objects.bulk_update(renamed, ["name"], batch_size=200)
    return found


def _columns(header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Which column holds what, and the names of those that we leave out."""
    places: dict[str, int] = {}
    left_out = []
    for place, cell in enumerate(header):
        name = SPACES.sub(" ", cell.strip().casefold())
        kind = next((kind for kind, names in COLUMNS.items() if name in names), None)
        if kind is None or kind in places:
            if cell.strip():
                left_out.append(cell.strip()[:60])
        else:
            places[kind] = place
    if "name" not in places and "last" not in places:
        raise InputError(
            "no_name_column",
            nl="Wij vinden geen kolom met namen. Zet er “naam” boven, en verder “e-mail”, “organisatie”, “laag”.",
            en="We find no column with names. Write “name” above it, and “e-mail”, “organisation”, “layer” elsewhere.",
        )
    return places, left_out


def _cell(cells: Sequence[str], places: Mapping[str, int], name: str) -> str:
    place = places.get(name)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _row(number: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    parts = [_cell(cells, places, name) for name in ("first", "between", "last")]
    row = Row(number)
    row.name = (_cell(cells, places, "name") or " ".join(part for part in parts if part))[:120]
    row.email = _cell(cells, places, "email").lower()
    row.organisation = _cell(cells, places, "organisation")[:160]
    row.function = _cell(cells, places, "function")[:120]
    if not row.name:
        row.troubles.append(Text(nl="Hier staat geen naam.", en="There is no name here."))
    return row


def _check_address(row: Row, seen: dict[str, int]) -> None:
    if not row.email:
        return
    try:
        address_of(row.email)
    except InputError:
        row.troubles.append(
            Text(
                nl=f"“{row.email}” is geen volledig e-mailadres.",
                en=f"“{row.email}” is not a complete e-mail address.",
            )
        )
        return
    if row.email in seen:
        row.troubles.append(
            Text(
                nl=f"Dit e-mailadres staat ook op regel {seen[row.email]}.",
                en=f"This e-mail address is on line {seen[row.email]} as well.",
            )
        )
    seen.setdefault(row.email, row.number)


def _set_layer(row: Row, typed: str) -> None:
    """The layer as it was typed, or as the function suggests; the preview says that it was guessed."""
    known = LAYERS.get(typed.casefold())
    if typed and known is None:
        row.troubles.append(
            Text(
                nl=f"“{typed}” is geen laag. Kies ambtelijk, bestuurlijk, beide of ervaring.",
                en=f"“{typed}” is no layer. Choose official, administrative, both or experience.",
            )
        )
    if known is None:
        row.layer_guessed = True
        lived = LIVED.search(row.function)
        governs = GOVERNS.search(row.function) or LAYERS.get(row.function.casefold()) == Layer.ADMINISTRATIVE
        known = Layer.EXPERIENCE if lived else Layer.ADMINISTRATIVE if governs else Layer.OFFICIAL
    row.layer = known


def _set_body(row: Row, typed: str, bodies: Mapping[str, int]) -> None:
    if not typed:
        return
    row.body = bodies.get(key_of(typed))
    if row.body is None:
        row.troubles.append(
            Text(
                nl=f"“{typed}” roept deze bijeenkomst niet bijeen.",
                en=f"“{typed}” does not convene this meeting.",
            )
        )


def _set_themes(row: Row, typed: Sequence[str], themes: Mapping[str, int]) -> None:
    for name in typed:
        if not name:
            continue
        found = themes.get(name.casefold())
        if found is None:
            choices = ", ".join(sorted(themes)) or "-"
            row.troubles.append(
                Text(
                    nl=f"“{name}” is geen thema van dit dossier. Kies uit: {choices}.",
                    en=f"“{name}” is no theme of this dossier. Choose from: {choices}.",
                )
            )
        elif found not in row.themes:
            row.themes.append(found)


def _organisation_keys() -> dict[str, int]:
    keys = dict(Organisation.objects.values_list("key", "pk"))
    return keys | dict(OrganisationAlias.objects.values_list("key", "organisation_id"))


def _match(
    key: str, organisations: Mapping[str, int], choices: Mapping[str, int]
) -> tuple[int | None, tuple[int, ...]]:
    """Which organisation a name means; those it looks like when nobody decided yet."""
    if key in organisations:
        return organisations[key], ()
    if key in choices and choices[key] in {0, *organisations.values()}:
        return choices[key] or None, ()
    return None, near(key, organisations)


def _new_names(rows: Sequence[Row]) -> tuple[NewName, ...]:
    counted: dict[str, list[Row]] = {}
    for row in rows:
        if row.organisation and row.organisation_id is None:
            counted.setdefault(key_of(row.organisation), []).append(row)
    wanted = {pk for group in counted.values() for pk in group[0].near}
    known = Organisation.objects.in_bulk(wanted)
    return tuple(
        NewName(group[0].organisation, tuple(known[pk] for pk in group[0].near), len(group))
        for group in counted.values()
    )

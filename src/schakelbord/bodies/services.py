"""Changes to organisations, people and who sits where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.codes import Area, BodyKind, BodyLayer, MemberRole, OrganisationKind
from schakelbord.bodies.models import Body, Membership, Organisation, OrganisationAlias, Person
from schakelbord.bodies.names import key_of
from schakelbord.bodies.rights import may_change_bodies
from schakelbord.core.numbers import whole_number
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.showing.reading import clean, one_line_of

LONGEST = 160
MOST_PRESENT = 99
LONGEST_ADDRESS = 254
LONGEST_REMIT = 2000
MOST_THEMES = 20
MOST_DAYS = 730
ERASED = "verwijderd"
ERASERS: list[Callable[[Person], None]] = []
"""What other apps do when somebody is erased."""


def organisation_named(name: str, *, now: dt.datetime, kind: str = OrganisationKind.OTHER) -> Organisation:
    """The organisation with this name in any way of writing it; made when there is none.

    Raises:
        InputError: nothing remains of the name.
    """
    key = key_of(name)
    if not key:
        raise InputError(
            "organisation", "organisation", nl="Vul een naam van een organisatie in.", en="Give an organisation's name."
        )
    known = find_organisation(key)
    if known is not None:
        return known
    shown = one_line_of(name)[:160]
    made, _ = Organisation.objects.get_or_create(key=key, defaults={"name": shown, "kind": kind, "made_at": now})
    return made


def find_organisation(key: str) -> Organisation | None:
    """Who has this key, by its own name or by another way of writing it."""
    alias = OrganisationAlias.objects.filter(key=key).select_related("organisation").first()
    return alias.organisation if alias else Organisation.objects.filter(key=key).first()


def also_called(organisation: Organisation, name: str) -> None:
    """Remember another way of writing the name of an organisation; the last decision counts."""
    key = key_of(name)
    if key and key != organisation.key:
        OrganisationAlias.objects.update_or_create(key=key, defaults={"organisation": organisation})


def person_named(name: str, *, email: str, now: dt.datetime) -> Person:
    """The person with this address, or a new one; an address belongs to one person, and their name is kept up to date.

    Without an address a new person is made: two people may have one name.
    """
    shown, address = _name(name), address_of(email)
    if not address:
        return Person.objects.create(name=shown, made_at=now)
    with transaction.atomic():
        found, made = Person.objects.get_or_create(email=address, defaults={"name": shown, "made_at": now})
        if not made and found.name != shown:
            found.name = shown
            found.save(update_fields=["name"])
    return found


def correct_person(person: Person, *, name: str, email: str) -> None:
    """Another name or address for somebody on our lists, wherever they are on one.

    Raises:
        InputError: there is no name, or the address is not whole or belongs to somebody else.
        StateError: this person was erased.
    """
    shown, address = _name(name), address_of(email)
    if person.erased_at is not None:
        raise StateError(
            "person_erased",
            nl="De naam van deze persoon is gewist en komt niet terug.",
            en="The name of this person was erased and does not come back.",
        )
    if address and Person.objects.exclude(pk=person.pk).filter(email=address).exists():
        raise InputError(
            "address_taken",
            "email",
            nl="Dit adres hoort bij iemand anders op onze lijsten. Kies een ander adres, of laat het leeg.",
            en="This address belongs to somebody else on our lists. Choose another address, or leave it empty.",
        )
    person.name, person.email = shown, address
    person.save(update_fields=["name", "email"])


def _name(text: str) -> str:
    shown = one_line_of(text)[:120]
    if not shown:
        raise InputError("name", "name", nl="Vul een naam in.", en="Fill in a name.")
    return shown


def address_of(email: str) -> str:
    """An e-mail address as it is kept; "" when none was filled in.

    Raises:
        InputError: it is no whole address.
    """
    address = email.strip().lower()
    if address and not _is_address(address):
        raise InputError(
            "email",
            "email",
            nl="Dit is geen volledig e-mailadres, zoals naam@gemeente.nl. Kijk het na, of laat het leeg.",
            en="This is not a complete e-mail address, such as name@town.example. Check it, or leave it empty.",
        )
    return address


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS


def seat_in_body(
    person: Person,
    body: Body,
    *,
    from_day: dt.date,
    organisation: Organisation | None = None,
    function: str = "",
    role: str = MemberRole.MEMBER,
    may_decide: bool = False,
) -> Membership:
    """Let somebody sit in a body; harmless when they do."""
    found, _ = Membership.objects.update_or_create(
        person=person,
        body=body,
        to_day=None,
        defaults={"organisation": organisation, "function": function, "role": role, "may_decide": may_decide},
        create_defaults={
            "organisation": organisation,
            "function": function,
            "role": role,
            "may_decide": may_decide,
            "from_day": from_day,
        },
    )
    return found


def make_body(actor: Actor, fields: Mapping[str, str]) -> Body:
    """A new body of what somebody filled in.

    Raises:
        RightError: this actor may not.
        InputError: a field is missing or wrong; says which.
    """
    require_may_change(actor)
    name = one_line_of(fields.get("name", ""))
    if not 1 <= len(name) <= LONGEST:
        raise InputError("name", "name", nl="Geef het gremium een naam.", en="Give the body a name.")
    if Body.objects.filter(name=name).exists():
        raise InputError("name_taken", "name", nl="Dit gremium is er al.", en="This body is there already.")
    kind, layer = fields.get("kind", ""), fields.get("layer", "")
    if kind not in BodyKind.values or layer not in BodyLayer.values:
        raise InputError("kind", "kind", nl="Kies een soort en een laag.", en="Choose a kind and a layer.")
    question = one_line_of(fields.get("question", ""))[:300]
    ends = _day(fields.get("active_to", ""))
    presence = whole_number(fields.get("presence", "").strip() or "1")
    if not 1 <= presence <= MOST_PRESENT:
        raise InputError(
            "presence",
            "presence",
            nl="Vul in hoeveel leden nodig zijn om te besluiten, van 1 tot 99.",
            en="Fill in how many members are needed to decide, from 1 to 99.",
        )
    if kind == BodyKind.WORKING_GROUP and not (question and ends):
        raise InputError(
            "working_group",
            "question",
            nl="Een werkgroep heeft een vraag en een einddatum.",
            en="A working group has a question and an end date.",
        )
    return Body.objects.create(
        name=name,
        short=one_line_of(fields.get("short", ""))[:40],
        kind=kind,
        layer=layer,
        mandate=clean(fields.get("mandate", "")),
        presence=presence,
        question=question,
        active_to=ends,
    )


def change_body(actor: Actor, body: Body, fields: Mapping[str, str]) -> None:
    """What a body is for and how far it reaches, how often it meets, its secretary, and whether it takes actions on.

    Raises:
        RightError: this actor may not.
        InputError: a field is wrong; says which.
    """
    require_may_change(actor)
    remit = fields.get("mandate", "").strip()
    if len(remit) > LONGEST_REMIT:
        raise InputError(
            "too_long",
            "mandate",
            nl=f"Dit is te lang: hooguit {LONGEST_REMIT} tekens.",
            en=f"This is too long: {LONGEST_REMIT} characters at most.",
        )
    days = fields.get("meets_every_days", "").strip()
    if days and not (days.isascii() and days.isdecimal() and 1 <= int(days[:6]) <= MOST_DAYS):
        raise InputError(
            "rhythm",
            "meets_every_days",
            nl=f"Vul een aantal dagen in, van 1 tot en met {MOST_DAYS}.",
            en=f"Fill in a number of days, from 1 up to and including {MOST_DAYS}.",
        )
    area = fields.get("area", "")
    if area not in Area.values:
        raise InputError("area", "area", nl="Kies voor welk gebied het is.", en="Choose for which area it is.")
    secretary = _secretary(body, fields.get("secretary", ""))
    themes = (" ".join(theme.split())[:60] for theme in fields.get("themes", "").replace("\n", ",").split(","))
    body.mandate, body.area = remit, area
    body.themes = list(dict.fromkeys(theme for theme in themes if theme))[:MOST_THEMES]
    body.meets_every_days = int(days) if days else None
    body.secretary = secretary
    body.accepts_actions = bool(fields.get("accepts_actions"))
    body.save(update_fields=["mandate", "area", "themes", "meets_every_days", "secretary", "accepts_actions"])


def add_member(actor: Actor, body: Body, fields: Mapping[str, str], *, now: dt.datetime) -> Membership:
    """Let somebody sit in a body, from today.

    Raises:
        RightError: this actor may not.
        InputError: there is no name.
    """
    require_may_change(actor)
    organisation = fields.get("organisation", "").strip()
    with transaction.atomic():
        return seat_in_body(
            person_named(fields.get("name", ""), email=fields.get("email", ""), now=now),
            body,
            from_day=now.date(),
            organisation=organisation_named(organisation, now=now) if organisation else None,
            function=one_line_of(fields.get("function", ""))[:120],
            role=fields["role"] if fields.get("role") in MemberRole.values else MemberRole.MEMBER,
            may_decide=bool(fields.get("may_decide")),
        )


def end_membership(actor: Actor, membership: Membership, *, now: dt.datetime) -> None:
    """Somebody leaves a body; that they sat there stays. As its chair or secretary they are asked no more."""
    require_may_change(actor)
    for post in ("chair", "secretary"):
        Body.objects.filter(pk=membership.body_id, **{post: membership.person_id}).update(**{post: None})
    Membership.objects.filter(pk=membership.pk, to_day=None).update(to_day=max(now.date(), membership.from_day))


def require_may_change(actor: Actor) -> int:
    """The key of the user; stops here when they may not change bodies."""
    if actor.user_id is None or not may_change_bodies(actor):
        raise RightError(
            "not_the_secretary",
            nl="Dit doet de secretaris of de voorzitter.",
            en="This is for the secretary or the chair.",
        )
    return actor.user_id


def _secretary(body: Body, chosen: str) -> Person | None:
    """Who was chosen as secretary: somebody who sits in the body, or who is its secretary already."""
    if not chosen:
        return None
    people = {seat.person_id: seat.person for seat in body.memberships.filter(to_day=None).select_related("person")}
    if body.secretary is not None:
        people[body.secretary.pk] = body.secretary
    found = people.get(int(chosen)) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else None
    if found is None:
        raise InputError(
            "secretary", "secretary", nl="Kies iemand die in dit gremium zit.", en="Choose somebody of this body."
        )
    return found


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError("day", "active_to", nl="Vul een dag in.", en="Fill in a day.") from None


def erase_person(actor: Actor, person: Person, *, now: dt.datetime) -> None:
    """Erase somebody: name and address go everywhere, role, body and layer stay. It cannot be undone.

    Events hold only opaque keys, so that their chain stays whole. Apps that keep a name elsewhere add to `ERASERS`.

    Raises:
        RightError: this actor may not.
    """
    require_may_change(actor)
    with transaction.atomic():
        for erase in ERASERS:
            erase(person)
        Person.objects.filter(pk=person.pk).update(name=ERASED, email="", user=None, erased_at=now)

"""Changes to organisations, people and who sits where."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from schakelbord.bodies.codes import MemberRole, OrganisationKind
from schakelbord.bodies.models import Body, Membership, Organisation, OrganisationAlias, Person
from schakelbord.bodies.names import key_of
from schakelbord.errors import InputError


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
    shown = " ".join(name.split())[:160]
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
    shown = " ".join(name.split())[:120]
    if not shown:
        raise InputError("name", "name", nl="Vul een naam in.", en="Fill in a name.")
    address = email.strip().lower()
    if not address:
        return Person.objects.create(name=shown, made_at=now)
    with transaction.atomic():
        found, made = Person.objects.get_or_create(email=address, defaults={"name": shown, "made_at": now})
        if not made and found.name != shown:
            found.name = shown
            found.save(update_fields=["name"])
    return found


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

"""A new meeting from a form: with an agenda to begin with, or as a copy of an earlier one."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import Language
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act, bad
from schakelbord.meetings.models import Meeting, Table
from schakelbord.meetings.plans import PLANS
from schakelbord.meetings.services import add_item, add_table, make_meeting, prepare
from schakelbord.stories.library import all_stories

ZONE = "Europe/Amsterdam"
FIRST_YEAR, LAST_YEAR = 2000, 2100


def make_from_form(actor: Actor, fields: Mapping[str, str], bodies: Sequence[str], language: Language) -> Meeting:
    """Make a meeting of what somebody filled in.

    Args:
        actor: who makes it.
        fields: of the form: dossier, title, day, begins, ends, place, plan or copy.
        bodies: keys of the bodies that convene it.
        language: of the titles on the agenda.

    Raises:
        RightError: this actor may not.
        InputError: a field is missing or wrong; says which.
    """
    dossier = _dossier(fields.get("dossier", ""))
    starts_at, ends_at = read_times(fields)
    chosen = list(Body.objects.filter(pk__in=whole_numbers(bodies)))
    now = dt.datetime.now(dt.UTC)
    meeting = make_meeting(
        actor,
        dossier,
        title=fields.get("title", ""),
        starts_at=starts_at,
        ends_at=ends_at,
        bodies=chosen,
        place=fields.get("place", ""),
        now=now,
    )
    earlier = Meeting.objects.filter(pk=whole_number(fields.get("copy"))).first()

    def deed(act: Act) -> Payload:
        if earlier is not None:
            _copy(act, earlier)
        else:
            plan = PLANS.get(fields.get("plan", ""), PLANS["joint"])
            for item in plan.items:
                add_item(act, kind=item.kind, title=item.title.get(language), minutes=item.minutes)
        return {}

    prepare(actor, meeting, "begin", deed, key=secrets.token_hex(12), asked={})
    return meeting


def read_times(fields: Mapping[str, str]) -> tuple[dt.datetime, dt.datetime]:
    """Begin and end as they were filled in, on the clock of the meeting.

    Raises:
        InputError: a day or a time is none.
    """
    try:
        day = dt.date.fromisoformat(fields.get("day", ""))
    except ValueError:
        raise bad(
            "day", "day", nl="Vul een dag in, zoals 5 oktober 2026.", en="Fill in a day, such as 5 October 2026."
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise bad(
            "no_such_year",
            "day",
            nl="Kijk het jaar na: een bijeenkomst is tussen 2000 en 2100.",
            en="Check the year: a meeting is between 2000 and 2100.",
        )
    zone = ZoneInfo(ZONE)
    times = []
    for name in ("begins", "ends"):
        try:
            time = dt.time.fromisoformat(fields.get(name, "").replace(".", ":"))
        except ValueError:
            raise bad(name, name, nl="Vul een tijd in, zoals 14.00.", en="Fill in a time, such as 14:00.") from None
        moment = dt.datetime.combine(day, time.replace(tzinfo=None), tzinfo=zone).astimezone(dt.UTC)
        if moment.astimezone(zone).time() != time.replace(tzinfo=None):
            raise bad(
                "no_such_time",
                name,
                nl="Deze tijd bestaat niet op die dag: de klok gaat dan een uur vooruit. Kies een andere tijd.",
                en="This time is not there on that day: the clock goes an hour forward. Choose another time.",
            )
        times.append(moment)
    return times[0], times[1]


def _dossier(key: str) -> Dossier:
    found = Dossier.objects.filter(pk=whole_number(key)).first()
    if found is None:
        raise bad("dossier", "dossier", nl="Kies een dossier.", en="Choose a dossier.")
    return found


def _copy(act: Act, earlier: Meeting) -> None:
    """The agenda and the tables of an earlier meeting, without people."""
    for item in earlier.agenda.order_by("order"):
        story = item.story if item.story in all_stories() else ""
        add_item(act, kind=item.kind, title=item.title, minutes=item.minutes, presenter=item.presenter, story=story)
    if earlier.dossier_id != act.meeting.dossier_id:
        return
    for table in earlier.tables.select_related("theme").prefetch_related("issues").order_by("number"):
        made = add_table(
            act,
            theme=table.theme,
            issues=list(table.issues.all()),
            capacity=table.capacity,
            question=table.question,
            place=table.place,
            is_accessible=table.is_accessible,
        )
        Table.objects.filter(pk=made.pk).update(openers=table.openers)

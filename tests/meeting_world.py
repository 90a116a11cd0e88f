"""A meeting for tests: two tables of four, a round that goes on, and everybody's device."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body
from schakelbord.bodies.services import organisation_named, person_named
from schakelbord.dossiers.models import Dossier, Issue, Theme
from schakelbord.dossiers.services import add_theme, bring_dilemma, make_dossier
from schakelbord.live.journal import Payload
from schakelbord.meetings import services
from schakelbord.meetings.acts import Act
from schakelbord.meetings.models import AgendaItem, Attendance, Meeting, Table
from schakelbord.tables import commands

NOW = dt.datetime(2026, 10, 5, 12, 0, tzinfo=dt.UTC)
LAYERS = ("official", "administrative")
A_TABLE = 4


@dataclass
class World:
    """A meeting with everybody in it."""

    meeting: Meeting
    secretary: Actor
    dossier: Dossier
    themes: list[Theme]
    issues: list[Issue]
    bodies: list[Body]
    rounds: list[AgendaItem]
    tables: list[Table]
    people: list[Attendance]
    devices: dict[int, str] = field(default_factory=dict)

    def run(self, verb: str, *, key: str = "", **fields: Any) -> Payload:
        """What the secretary does."""
        return self._do(self.secretary, "", verb, key, fields)

    def by(self, person: int, verb: str, *, key: str = "", **fields: Any) -> Payload:
        """What somebody with a device does; people are counted over the tables, host and pitcher of each first."""
        return self._do(Actor(), self.devices[self.people[person].pk], verb, key, fields)

    def prepare(self, deed: Any) -> Payload:
        """One change by the secretary outside the talk."""
        return services.prepare(self.secretary, self.meeting, "test", deed, key=secrets.token_hex(8), asked={})

    def fresh(self) -> Meeting:
        """The meeting as it is now."""
        self.meeting = Meeting.objects.select_related("room").get(pk=self.meeting.pk)
        return self.meeting

    def _do(self, actor: Actor, device: str, verb: str, key: str, fields: dict[str, Any]) -> Payload:
        body = json.dumps(fields).encode()
        return commands.perform(
            self.fresh(), actor, device=device, verb=verb, body=body, key=key or secrets.token_hex(8)
        )


def make_world(*, tables: int = 2, opened: bool = True, started: bool = True) -> World:
    """A meeting; as far as asked."""
    secretary = actor_of(demo_user(Role.SECRETARY))
    bodies = [
        Body.objects.create(name="Beleidsplatform", kind="platform", layer="official"),
        Body.objects.create(name="Strategisch Beraad", kind="strategic_board", layer="administrative"),
    ]
    dossier = make_dossier(secretary, title="Dossier", now=NOW)
    themes = [add_theme(secretary, dossier, title=f"Thema {n}", question="Wat moet anders?") for n in range(tables)]
    issues = [
        bring_dilemma(secretary, dossier, statement=f"Niemand is aan zet ({n})", themes=[themes[n]], now=NOW)
        for n in range(tables)
    ]
    Issue.objects.update(state="accepted")
    meeting = services.make_meeting(
        secretary,
        dossier,
        title="Samen schakelen",
        starts_at=NOW,
        ends_at=NOW + dt.timedelta(hours=3),
        bodies=bodies,
        now=NOW,
    )
    world = World(meeting, secretary, dossier, themes, issues, bodies, [], [], [])

    def deed(act: Act) -> Payload:
        for number in (1, 2):
            world.rounds.append(services.add_item(act, kind="table_round", title=f"Ronde {number}", minutes=20))
        for number in range(tables):
            table = services.add_table(act, theme=themes[number], issues=[issues[number]], capacity=A_TABLE + 1)
            world.tables.append(table)
            for place in range(A_TABLE):
                name = f"Vogel {number}-{place}"
                one = services.add_participant(
                    act,
                    person=person_named(name, email=f"v{number}.{place}@voorbeeld.example", now=act.now),
                    organisation=organisation_named(f"Gemeente {place}", now=act.now),
                    body=bodies[place % 2],
                    layer=LAYERS[place % 2],
                    reply="yes",
                )
                world.people.append(one)
                services.seat(act, world.rounds[0], table, one)
            services.set_host(act, table, world.people[-A_TABLE])
            services.set_pitcher(act, table, world.people[-A_TABLE + 1])
        return {}

    world.prepare(deed)
    if opened:
        for body in bodies:
            services.agree(secretary, world.fresh(), body, key=secrets.token_hex(8))
        services.convene(secretary, world.fresh(), key=secrets.token_hex(8))
        services.open_meeting(secretary, world.fresh(), key=secrets.token_hex(8))
        for one in world.people:
            world.devices[one.pk] = secrets.token_hex(8)
            Attendance.objects.filter(pk=one.pk).update(device=world.devices[one.pk], present_at=NOW)
        if started:
            world.run("start-item", item=world.rounds[0].pk)
    world.fresh()
    return world


@pytest.fixture
def world(commands_inline: None, db: None) -> World:
    """A meeting in its first round."""
    return make_world()

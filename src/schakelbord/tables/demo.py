"""The meeting of the two bodies in the demo: prepared, open, in the middle of its round, with what was said so far."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Final

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import PEOPLE as ROLES
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import BodyKind, BodyLayer, MemberRole
from schakelbord.bodies.models import Body, Person
from schakelbord.bodies.services import organisation_named, person_named, seat_in_body
from schakelbord.dossiers.models import Issue, Theme
from schakelbord.dossiers.services import add_theme, bring_dilemma, gap_in_words, issue_of_finding, make_dossier
from schakelbord.live.devices import new_device
from schakelbord.live.journal import Payload
from schakelbord.meetings import services
from schakelbord.meetings.acts import Act
from schakelbord.meetings.codes import ItemKind, Layer, ReplyKind
from schakelbord.meetings.models import Attendance, Meeting, Table
from schakelbord.stories.library import FIRST_STORY, all_stories, reading_of
from schakelbord.tables import commands
from schakelbord.tables.demo_words import (
    AGENDA,
    BOARD,
    DILEMMAS,
    DOSSIER,
    PEOPLE,
    PLACE,
    PLATFORM,
    STATEMENTS,
    SUMMARY,
    TALKS,
    THEMES,
    TITLE,
    Note,
    Somebody,
    Talk,
)
from schakelbord.tables.models import Harvest

LAYERS: Final[Mapping[str, str]] = {
    "o": Layer.OFFICIAL,
    "a": Layer.ADMINISTRATIVE,
    "b": Layer.BOTH,
    "e": Layer.EXPERIENCE,
}
DOMAIN: Final = "demo.schakelbord.example"
ABSENT: Final = ("F. Rietgans", "C. Kauw")


def make_demo_meeting(*, now: dt.datetime) -> None:
    """Make it, unless there is a meeting already."""
    if Meeting.objects.exists():
        return
    secretary = actor_of(demo_user(Role.SECRETARY))
    platform, board = _bodies()
    dossier = make_dossier(secretary, title=DOSSIER, summary=SUMMARY, now=now)
    themes = [add_theme(secretary, dossier, title=title, question=question) for title, question in THEMES]
    issues = _issues(secretary, themes, platform, now=now)
    start = now.replace(minute=0, second=0, microsecond=0)
    meeting = services.make_meeting(
        secretary,
        dossier,
        title=TITLE,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=4),
        bodies=[platform, board],
        place=PLACE,
        now=now,
    )
    _prepare(secretary, meeting, themes, issues, (platform, board), now=now)
    for number, body in enumerate((platform, board)):
        services.agree(secretary, meeting, body, key=f"demo-agree-{number}")
    meeting.refresh_from_db()
    services.convene(secretary, meeting, key="demo-convene")
    meeting.refresh_from_db()
    services.open_meeting(secretary, meeting, key="demo-open-meeting")
    meeting.refresh_from_db()
    _hold(secretary, meeting)


def _bodies() -> tuple[Body, Body]:
    platform, _ = Body.objects.get_or_create(
        name=PLATFORM,
        defaults={
            "short": "Beleidsplatform",
            "kind": BodyKind.PLATFORM,
            "layer": BodyLayer.OFFICIAL,
            "mandate": "Deelt kennis en lost dilemma's op uit de praktijk.",
            "presence": 5,
            "meets_every_days": 182,
        },
    )
    board, _ = Body.objects.get_or_create(
        name=BOARD,
        defaults={
            "short": "Strategisch Beraad",
            "kind": BodyKind.STRATEGIC_BOARD,
            "layer": BodyLayer.ADMINISTRATIVE,
            "mandate": "Zet het onderwerp op de bestuurlijke agenda en brengt de eigen organisaties in beweging.",
            "presence": 4,
            "meets_every_days": 91,
        },
    )
    return platform, board


def _issues(secretary: Actor, themes: list[Theme], platform: Body, *, now: dt.datetime) -> list[list[Issue]]:
    """What lies on the tables, by theme: a dilemma each, and the gaps of the first story."""
    found: list[list[Issue]] = [[] for _ in themes]
    dossier = themes[0].dossier
    for theme, statement, happened, stuck, tried in DILEMMAS:
        issue = bring_dilemma(
            secretary,
            dossier,
            statement=statement,
            happened=happened,
            stuck=stuck,
            tried=tried,
            themes=[themes[theme]],
            submitted_by=platform,
            now=now,
        )
        Issue.objects.filter(pk=issue.pk).update(state="accepted")
        found[theme].append(issue)
    story = all_stories()[FIRST_STORY]
    for number, finding in enumerate(reading_of(story).findings[:4]):
        theme = number % 2
        gap = issue_of_finding(
            secretary,
            dossier,
            story=story.id,
            finding=finding,
            sentence=gap_in_words(finding, "nl"),
            themes=[themes[theme]],
            now=now,
        )
        found[theme].append(gap)
    return found


def _prepare(
    secretary: Actor,
    meeting: Meeting,
    themes: list[Theme],
    issues: list[list[Issue]],
    bodies: tuple[Body, Body],
    *,
    now: dt.datetime,
) -> None:
    def deed(act: Act) -> Payload:
        for kind, title, minutes in AGENDA:
            services.add_item(
                act, kind=kind, title=title, minutes=minutes, story=FIRST_STORY if kind == ItemKind.STORY else ""
            )
        people = {one.name: _somebody(act, one, bodies, themes) for one in PEOPLE}
        rounds = act.meeting.agenda.get(kind=ItemKind.TABLE_ROUND)
        for number, talk in enumerate(TALKS, start=1):
            table = services.add_table(act, theme=themes[talk.theme], issues=issues[talk.theme])
            seated = [one for one in PEOPLE if one.table == number]
            for one in seated:
                if one.role == "host":
                    services.set_host(act, table, people[one.name])
                elif one.role == "pitcher":
                    services.set_pitcher(act, table, people[one.name])
                if one.name not in ABSENT:
                    services.seat(act, rounds, table, people[one.name])
            services.set_pitch(act, table, title=talk.pitch, text=talk.told)
            table.openers = list(talk.openers)
            table.save(update_fields=["openers"])
        return {}

    services.prepare(secretary, meeting, "demo", deed, key="demo-prepare", asked={})


def _somebody(act: Act, one: Somebody, bodies: tuple[Body, Body], themes: list[Theme]) -> Attendance:
    organisation = organisation_named(one.organisation, now=act.now)
    person = person_named(one.name, email=_address(one.name), now=act.now)
    _play_role(person)
    body = bodies[1] if one.layer == "a" else bodies[0]
    seat_in_body(
        person,
        body,
        from_day=dt.date(2025, 1, 1),
        organisation=organisation,
        function=one.function,
        role=MemberRole.MEMBER,
        may_decide=one.layer in {"a", "b"},
    )
    theme = themes[TALKS[one.table - 1].theme]
    return services.add_participant(
        act,
        person=person,
        organisation=organisation,
        function=one.function,
        body=body,
        layer=LAYERS[one.layer],
        reply=ReplyKind.NO if one.name in ABSENT else ReplyKind.YES,
        prefers=[theme.pk],
    )


def _address(name: str) -> str:
    return f"{name.lower().replace('. ', '.').replace(' ', '-')}@{DOMAIN}"


def _play_role(person: Person) -> None:
    """The host, pitcher and participant of the roles page sit in this meeting, so that their screens show something."""
    for role in ROLES:
        if role.name == person.name:
            person.user = demo_user(role.role)
            person.save(update_fields=["user"])


class _Hall:
    """Everybody in the meeting of the demo, doing one thing after another."""

    def __init__(self, secretary: Actor, meeting: Meeting) -> None:
        self.secretary = secretary
        self.meeting = meeting
        self.devices: dict[str, str] = {}
        self._number = 0

    def run(self, verb: str, **fields: object) -> Payload:
        """Something that the secretary does."""
        return self._do(self.secretary, "", verb, fields)

    def by(self, name: str, verb: str, **fields: object) -> Payload:
        """Something that a participant does, or the secretary for who has no device in the demo."""
        if name not in self.devices:
            return self.run(verb, **fields)
        return self._do(Actor(), self.devices[name], verb, fields)

    def _do(self, actor: Actor, device: str, verb: str, fields: Mapping[str, object]) -> Payload:
        self._number += 1
        body, key = json.dumps(fields, default=str).encode(), f"demo-meeting-{self._number}"
        return commands.perform(self.meeting, actor, device=device, verb=verb, body=body, key=key)


def _hold(secretary: Actor, meeting: Meeting) -> None:
    """The meeting up to the middle of its round."""
    hall = _Hall(secretary, meeting)
    for row in meeting.attendances.select_related("person").exclude(reply=ReplyKind.NO):
        row.present_at = meeting.opened_at
        if row.person and row.person.user_id is None:
            row.device = hall.devices[row.called] = new_device()
        row.save(update_fields=["device", "present_at"])
    hall.run("start-item", item=meeting.agenda.get(kind=ItemKind.TABLE_ROUND).pk)
    for table, talk in zip(meeting.tables.order_by("number"), TALKS, strict=True):
        keys = _say(hall, table, talk)
        hall.run("set-phase", table=table.pk, phase="group" if talk.outcome else "talk")
        if talk.outcome:
            _harvest(hall, table, talk, keys)
        for place, (at, text, notes) in enumerate(STATEMENTS):
            if at == table.number:
                said = [keys[note] for note in notes]
                hall.run("make-statement", statement=f"s{place}", table=table.pk, text=text, contributions=said)
    _vote(hall)


def _say(hall: _Hall, table: Table, talk: Talk) -> list[str]:
    """What was said at a table, by who sits there in that layer; grouped by the host."""
    seated = [one for one in PEOPLE if one.table == table.number and one.name in hall.devices]
    keys = []
    groups: dict[str, str] = {}
    for place, note in enumerate(talk.notes):
        alike = [one for one in seated if one.layer == note.layer] or seated
        said = {"text": note.text, "kind": note.kind, "source": note.source, "sure": True}
        mode = "named" if place % 5 == 3 else "table_only"
        answer = hall.by(alike[place % len(alike)].name, "say", table=table.pk, mode=mode, **said)
        keys.append(str(answer["contribution"]))
        _group(hall, table, note, keys[-1], groups)
    return keys


def _group(hall: _Hall, table: Table, note: Note, key: str, groups: dict[str, str]) -> None:
    if not note.group:
        return
    if note.group not in groups:
        groups[note.group] = f"g{len(groups)}"
        hall.run("make-group", table=table.pk, group=groups[note.group], title=note.group)
    hall.run("put-in-group", table=table.pk, contribution=key, group=groups[note.group])
    if note.kind == "assumption":
        hall.run("ask-source", table=table.pk, contribution=key)


def _harvest(hall: _Hall, table: Table, talk: Talk, keys: list[str]) -> None:
    wanted = talk.outcome
    if wanted is None:
        return
    rows = list(hall.meeting.convenings.order_by("order").values_list("body_id", flat=True))
    result = {"text": wanted.result, "for_whom": wanted.for_whom, "by_when": wanted.by_when, "seen_by": wanted.seen_by}
    hall.run("save-result", table=table.pk, result="r0", **result)
    hall.run(
        "save-harvest",
        table=table.pk,
        version=Harvest.objects.get(table=table).version,
        assignment=wanted.assignment,
        addressees=[rows["pb".index(letter)] for letter in wanted.to],
        contributions=[key for key, note in zip(keys, talk.notes, strict=True) if note.used],
    )
    if wanted.state == "draft":
        return
    hall.run("read-back", table=table.pk)
    if wanted.state == "confirmed":
        for one in PEOPLE:
            if one.table == table.number and one.role:
                hall.by(one.name, "confirm", table=table.pk)


def _vote(hall: _Hall) -> None:
    """The first two statements were put to the vote; one of them is closed."""
    layers = {one.name: one.layer for one in PEOPLE}
    for place in (0, 1):
        hall.run("open-statement", statement=f"s{place}")
        for number, name in enumerate(hall.devices):
            if (number + place) % 7 == 6:
                continue
            agrees = number % 8 != 3 if place == 0 else layers[name] != "o" or number % 3 == 0
            hall.by(name, "vote", statement=f"s{place}", value=1 if agrees else (-1 if number % 2 else 0))
    hall.run("close-statement", statement="s0")

"""A year of the demo: an earlier meeting, what was decided and done since, well, late and wrong; and the year before.

Everything goes through the same services as in a room, at the moment at which it happened.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Final

from django.core.files.base import ContentFile

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import PERSON_OF, demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import BodyKind, MemberRole
from schakelbord.bodies.models import Body, Membership, Person
from schakelbord.bodies.services import organisation_named, person_named, seat_in_body
from schakelbord.chain import actions, deciding, placing, programmes, proposals, referrals, reporting
from schakelbord.chain.acts import day_of
from schakelbord.chain.models import (
    Account,
    Action,
    ActionProgramme,
    Citation,
    Decision,
    Placement,
    Proposal,
    Referral,
)
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Dossier, Issue, Source, Theme
from schakelbord.dossiers.services import bring_dilemma, gap_in_words, issue_of_finding
from schakelbord.live.devices import new_device
from schakelbord.live.gateway import at
from schakelbord.live.journal import Payload
from schakelbord.meetings import services
from schakelbord.meetings.acts import Act
from schakelbord.meetings.codes import ItemKind, ReplyKind
from schakelbord.meetings.models import Attendance, Meeting, Table
from schakelbord.reports.adopting import adopt_minutes, minutes_now
from schakelbord.site import demo_year_words as words
from schakelbord.stories.library import FIRST_STORY, all_stories, reading_of
from schakelbord.tables import commands
from schakelbord.tables.demo import DOMAIN, LAYERS
from schakelbord.tables.demo_words import Talk
from schakelbord.tables.models import Contribution, Harvest

FIRST_DAY: Final = dt.date(2020, 1, 1)
NOON: Final = 11
HELD: Final = 300
"""Days since the earlier meeting."""


def make_demo_year(*, now: dt.datetime) -> None:
    """Make it beside the meeting of the demo, unless there is a decision already."""
    dossier = Dossier.objects.order_by("pk").first()
    if dossier is None or Proposal.objects.exists():
        return
    _Year(dossier, now=now).make()


class _Year:
    """The chain of a dossier, told from the past to now."""

    def __init__(self, dossier: Dossier, *, now: dt.datetime) -> None:
        self.dossier = dossier
        # What happened did so in the middle of the day, and never after now.
        self.now = min(now, now.replace(hour=NOON, minute=0, second=0, microsecond=0))
        self.secretary = actor_of(demo_user(Role.SECRETARY))
        self.chair = actor_of(demo_user(Role.CHAIR))
        self.platform = Body.objects.get(kind=BodyKind.PLATFORM)
        self.board = Body.objects.get(kind=BodyKind.STRATEGIC_BOARD)
        self._keys = (f"demo-year-{number}" for number in itertools.count())

    @property
    def key(self) -> str:
        """A key that was not used before."""
        return next(self._keys)

    @contextmanager
    def ago(self, days: float, hour: int = 0) -> Iterator[dt.datetime]:
        """Let what happens here be of so many days before now."""
        moment = self.now - dt.timedelta(days=days) + dt.timedelta(minutes=hour)
        with at(moment):
            yield moment

    def make(self) -> None:
        """The whole year, in the order in which it happened."""
        self._people()
        earlier = self._year_before()
        meeting = self._meeting()
        self._account_of(earlier, meeting)
        decisions = [self._decide(number, meeting) for number in range(len(words.TALKS))]
        self._other_proposals()
        programme = self._programme(decisions)
        self._dilemmas()
        self._sources(decisions)
        self._publish_again(programme)

    def _people(self) -> None:
        """Chair and secretaries, and the bodies that were there before."""
        for role, body, seat in (
            (Role.SECRETARY, self.platform, MemberRole.SECRETARY),
            (Role.CHAIR, self.board, MemberRole.CHAIR),
            (Role.ACTION_OWNER, self.platform, MemberRole.MEMBER),
        ):
            self._seat(PERSON_OF[role].name, body, role=role, seat=seat, may_decide=role == Role.CHAIR)
        self._seat("L. Specht", self.platform, seat=MemberRole.CHAIR, may_decide=True)
        for body, name in (
            (self.platform, PERSON_OF[Role.SECRETARY].name),
            (self.board, PERSON_OF[Role.SECRETARY].name),
        ):
            body.secretary = Person.objects.get(name=name)
            body.save(update_fields=["secretary"])
        self.platform.chair, self.board.chair = self._person("L. Specht"), self._person(PERSON_OF[Role.CHAIR].name)
        self.platform.save(update_fields=["chair"])
        self.board.save(update_fields=["chair"])
        for one in words.BODIES:
            role_of_secretary = Role.BODY_SECRETARY if one.secretary == PERSON_OF[Role.BODY_SECRETARY].name else None
            body, _ = Body.objects.get_or_create(
                name=one.name,
                defaults={
                    "kind": BodyKind.EXISTING,
                    "layer": one.layer,
                    "area": one.area,
                    "mandate": one.remit,
                    "themes": list(one.themes),
                    "accepts_actions": True,
                    "meets_every_days": one.every,
                },
            )
            self._seat(one.secretary, body, role=role_of_secretary, seat=MemberRole.SECRETARY)
            body.secretary = self._person(one.secretary)
            body.save(update_fields=["secretary"])

    def _person(self, name: str) -> Person:
        address = f"{name.lower().replace('. ', '.').replace(' ', '-')}@{DOMAIN}"
        return person_named(name, email=address, now=self.now)

    def _seat(
        self,
        name: str,
        body: Body,
        *,
        role: Role | None = None,
        seat: str = MemberRole.MEMBER,
        may_decide: bool = False,
        organisation: str = "",
        function: str = "",
    ) -> Membership:
        person = self._person(name)
        if role is not None and person.user_id is None:
            person.user = demo_user(role)
            person.save(update_fields=["user"])
        known = body.memberships.filter(person=person, to_day=None).first()
        if known is not None:
            if seat != MemberRole.MEMBER:
                known.role, known.may_decide = seat, may_decide
                known.save(update_fields=["role", "may_decide"])
            return known
        return seat_in_body(
            person,
            body,
            from_day=FIRST_DAY,
            role=seat,
            may_decide=may_decide,
            organisation=organisation_named(organisation, now=self.now) if organisation else None,
            function=function,
        )

    def _member(self, name: str) -> Membership:
        """Somebody's seat in one of the two bodies."""
        rows = Membership.objects.filter(person__name=name, body__in=[self.platform, self.board], to_day=None)
        return rows.select_related("person").order_by("pk").first() or self._seat(name, self.platform)

    def _year_before(self) -> ActionProgramme:
        """A direct proposal, three actions and their results, a year ago."""
        with self.ago(640) as moment:
            answer = proposals.make_proposal(
                self.secretary, self.dossier, text=words.DIRECT_TEXT, direct_reason=words.DIRECT_REASON, key=self.key
            )
            proposal = Proposal.objects.get(code=answer["node"])
            decision = self._lay_out(proposal, until=moment + dt.timedelta(days=14))
            for body in (self.platform, self.board):
                self._say(decision, body)
            deciding.adopt(self.secretary, decision, key=self.key)
            programme = programmes.make_programme(
                self.secretary, self.dossier, year=moment.year, bodies=[self.platform, self.board], now=moment
            )
            for one in words.EARLIER:
                self._propose(one, decision, programme)
        with self.ago(600):
            self._publish(programme)
        for one in words.EARLIER:
            self._follow(one)
        return programme

    def _meeting(self) -> Meeting:
        """The earlier meeting of the two bodies: prepared, held, closed, minutes adopted."""
        with self.ago(HELD + 40) as made:
            issues = self._issues(made)
            start = (self.now - dt.timedelta(days=HELD)).replace(hour=NOON, minute=0, second=0, microsecond=0)
            meeting = services.make_meeting(
                self.secretary,
                self.dossier,
                title=words.TITLE,
                starts_at=start,
                ends_at=start + dt.timedelta(hours=3),
                bodies=[self.platform, self.board],
                place="Provinciehuis, statenzaal",
                now=made,
            )
            services.prepare(
                self.secretary, meeting, "demo", lambda act: self._prepare(act, issues), key=self.key, asked={}
            )
            for body in (self.platform, self.board):
                services.agree(self.secretary, meeting, body, key=self.key)
            meeting.refresh_from_db()
            services.convene(self.secretary, meeting, key=self.key)
        with self.ago(HELD):
            meeting.refresh_from_db()
            services.open_meeting(self.secretary, meeting, key=self.key)
            meeting.refresh_from_db()
            devices = self._arrive(meeting)
            self._do(meeting, "", "start-item", item=meeting.agenda.get(kind=ItemKind.TABLE_ROUND).pk)
        with self.ago(HELD, 40):
            for table, talk in zip(meeting.tables.order_by("number"), words.TALKS, strict=True):
                self._talk(meeting, table, talk, devices)
        with self.ago(HELD, 170):
            services.close_meeting(self.secretary, Meeting.objects.get(pk=meeting.pk), key=self.key)
        with self.ago(HELD - 12):
            # What was not used by then got its answer: the table let it rest.
            rows = Contribution.objects.filter(table__meeting=meeting, state="noted")
            rows.update(state="set_aside", reason="Niet nodig voor de oogst; het staat in het verslag.")
            closed = Meeting.objects.get(pk=meeting.pk)
            adopt_minutes(self.secretary, closed, seen=minutes_now(closed).digest, key=self.key)
        return Meeting.objects.get(pk=meeting.pk)

    def _issues(self, moment: dt.datetime) -> list[Issue]:
        """A gap of the second story for each table."""
        story = next(one for key, one in all_stories().items() if key != FIRST_STORY)
        themes = list(self.dossier.themes.order_by("order"))
        return [
            issue_of_finding(
                self.secretary,
                self.dossier,
                story=story.id,
                finding=finding,
                sentence=gap_in_words(finding, "nl"),
                themes=[themes[talk.theme]],
                now=moment,
            )
            for finding, talk in zip(reading_of(story).findings, words.TALKS, strict=False)
        ]

    def _prepare(self, act: Act, issues: Sequence[Issue]) -> Payload:
        for kind, title, minutes in words.AGENDA:
            services.add_item(act, kind=kind, title=title, minutes=minutes)
        people = {one.name: self._participant(act, one.name) for one in words.PEOPLE}
        rounds = act.meeting.agenda.get(kind=ItemKind.TABLE_ROUND)
        themes = list(Theme.objects.filter(dossier=self.dossier).order_by("order"))
        for number, talk in enumerate(words.TALKS, start=1):
            table = services.add_table(act, theme=themes[talk.theme], issues=[issues[number - 1]])
            for one in words.PEOPLE:
                if one.table != number:
                    continue
                if one.role == "host":
                    services.set_host(act, table, people[one.name])
                elif one.role == "pitcher":
                    services.set_pitcher(act, table, people[one.name])
                services.seat(act, rounds, table, people[one.name])
            services.set_pitch(act, table, title=talk.pitch, text=talk.told)
        return {}

    def _participant(self, act: Act, name: str) -> Attendance:
        one = next(row for row in words.PEOPLE if row.name == name)
        body = self.board if one.layer == "a" else self.platform
        seat = self._seat(
            one.name,
            body,
            organisation=one.organisation,
            function=one.function,
            may_decide=one.layer in {"a", "b"},
        )
        return services.add_participant(
            act,
            person=seat.person,
            organisation=organisation_named(one.organisation, now=act.now),
            function=one.function,
            body=body,
            layer=LAYERS[one.layer],
            reply=ReplyKind.YES,
        )

    def _arrive(self, meeting: Meeting) -> dict[str, str]:
        devices = {}
        for row in meeting.attendances.select_related("person"):
            row.present_at, row.device = meeting.opened_at, new_device()
            devices[row.called] = row.device
            row.save(update_fields=["present_at", "device"])
        return devices

    def _talk(self, meeting: Meeting, table: Table, talk: Talk, devices: Mapping[str, str]) -> None:
        seated = [one for one in words.PEOPLE if one.table == table.number]
        said = []
        for place, note in enumerate(talk.notes):
            alike = [one for one in seated if one.layer == note.layer] or seated
            device = devices[alike[place % len(alike)].name]
            fields = {"text": note.text, "kind": note.kind, "source": note.source, "sure": True}
            said.append(
                str(self._do(meeting, device, "say", table=table.pk, mode="table_only", **fields)["contribution"])
            )
        wanted = talk.outcome
        if wanted is None:
            return
        bodies = [(self.platform, self.board)["pb".index(letter)].pk for letter in wanted.to]
        used = [key for key, note in zip(said, talk.notes, strict=True) if note.used]
        result = {"text": wanted.result, "for_whom": wanted.for_whom, "seen_by": wanted.seen_by}
        self._do(meeting, "", "set-phase", table=table.pk, phase="harvest")
        self._do(meeting, "", "save-result", table=table.pk, result="r0", **result)
        self._do(
            meeting,
            "",
            "save-harvest",
            table=table.pk,
            version=Harvest.objects.get(table=table).version,
            assignment=wanted.assignment,
            addressees=bodies,
            contributions=used,
        )
        self._do(meeting, "", "read-back", table=table.pk)
        for one in seated:
            if one.role:
                self._do(meeting, devices[one.name], "confirm", table=table.pk)

    def _do(self, meeting: Meeting, device: str, verb: str, **fields: object) -> Payload:
        actor = Actor() if device else self.secretary
        found = Meeting.objects.select_related("room").get(pk=meeting.pk)
        body = json.dumps(fields, default=str).encode()
        return commands.perform(found, actor, device=device, verb=verb, body=body, key=self.key)

    def _account_of(self, programme: ActionProgramme, meeting: Meeting) -> None:
        """The year before is accounted for in the meeting, and discharged."""
        with self.ago(HELD + 15):
            programmes.prepare_account(self.secretary, programme, learned=words.LEARNED, key=self.key)
            account = Account.objects.get(programme=programme)
            programmes.freeze(self.chair, account, key=self.key)
        with self.ago(HELD, 160):
            programmes.present(self.secretary, Account.objects.get(pk=account.pk), meeting, key=self.key)
        with self.ago(HELD - 20):
            programmes.discharge(self.chair, Account.objects.get(pk=account.pk), key=self.key)

    def _decide(self, number: int, meeting: Meeting) -> Decision:
        """A decision of the harvest of a table; the second was changed on the way."""
        harvest = Harvest.objects.get(table__meeting=meeting, table__number=number + 1)
        with self.ago(HELD - 20) as moment:
            first = words.FIRST_DRAFT if number == 1 else words.DECIDED[number]
            story, repair = self._repair_of(harvest)
            answer = proposals.make_proposal(
                self.secretary,
                self.dossier,
                text=first,
                harvests=[harvest],
                story=story,
                repair=repair,
                key=self.key,
            )
            proposal = Proposal.objects.get(code=answer["node"])
            if number == 1:
                proposals.amend(
                    self.secretary,
                    proposal,
                    text=words.DECIDED[1],
                    note=words.AMENDED_NOTE,
                    version=1,
                    key=self.key,
                )
            decision = self._lay_out(proposal, until=moment + dt.timedelta(days=21))
        with self.ago(HELD - 28):
            self._say(decision, self.platform, reason="Wij leggen dit in het protocol vast." if number == 0 else "")
        with self.ago(HELD - 35):
            self._say(decision, self.board)
            deciding.adopt(self.secretary, decision, key=self.key)
        return Decision.objects.get(pk=decision.pk)

    def _repair_of(self, harvest: Harvest) -> tuple[str, str]:
        """The story of the gap on a table, and the cheapest repair that the model has for it; "" when it has none."""
        issue = harvest.table.issues.exclude(finding="").first()
        if issue is None:
            return "", ""
        found = {row.key: row for row in reading_of(all_stories()[issue.story]).findings}[issue.finding]
        keys = [item.key for item in found.repairs[0].items] if found.repairs else []
        return issue.story, ",".join(keys)

    def _lay_out(self, proposal: Proposal, *, until: dt.datetime) -> Decision:
        proposals.table(
            self.secretary,
            Proposal.objects.get(pk=proposal.pk),
            deadline=day_of(until),
            bodies=[self.platform, self.board],
            key=self.key,
        )
        return Decision.objects.get(proposal=proposal)

    def _say(self, decision: Decision, body: Body, *, stance: str = "consent", reason: str = "") -> None:
        """What a body says, through its chair; all that must be there were there, and some more."""
        seat = body.memberships.get(role=MemberRole.CHAIR)
        fresh = Decision.objects.select_related("proposal__dossier").get(pk=decision.pk)
        needed = fresh.deciding.get(body=body)
        deciding.endorse(
            seat,
            fresh,
            version=fresh.proposal.version,
            stance=stance,
            present=min(needed.members, needed.needed + 3),
            reason=reason,
            basis="Mandaat van het gremium",
            who=f"seat-{seat.pk}",
            key=self.key,
        )

    def _other_proposals(self) -> None:
        """One that stops an action, one that was rejected, one with an objection, and one that waits."""
        with self.ago(250) as moment:
            rejected = self._direct(words.REPEALED_TEXT, moment, why=words.REPEALED_WHY)
        with self.ago(240):
            for body in (self.platform, self.board):
                self._say(rejected, body, stance="objection", reason=words.REPEALED_REASON)
            deciding.turn_down(self.secretary, rejected, outcome="rejected", reason=words.REPEALED_REASON, key=self.key)
        with self.ago(24) as moment:
            objected = self._direct(words.OBJECTED_TEXT, moment, why=words.OBJECTED_WHY)
            self._say(objected, self.platform)
            self._say(objected, self.board, stance="objection", reason=words.OBJECTION)
        with self.ago(10) as moment:
            waiting = self._direct(words.PENDING_TEXT, moment, why=words.PENDING_WHY)
        with self.ago(6):
            self._say(waiting, self.platform)

    def _direct(self, text: str, moment: dt.datetime, *, why: str) -> Decision:
        answer = proposals.make_proposal(self.secretary, self.dossier, text=text, direct_reason=why, key=self.key)
        return self._lay_out(Proposal.objects.get(code=answer["node"]), until=moment + dt.timedelta(days=21))

    def _programme(self, decisions: Sequence[Decision]) -> ActionProgramme:
        """The actions of this year, where they landed, and how it went."""
        with self.ago(HELD - 40) as moment:
            programme = programmes.make_programme(
                self.secretary, self.dossier, year=self.now.year, bodies=[self.platform, self.board], now=moment
            )
            for one in words.ACTIONS:
                self._propose(one, decisions[one.talk or 0], programme)
        with self.ago(HELD - 62):
            for one in words.ACTIONS:
                self._land(one)
        with self.ago(HELD - 65):
            self._publish(programme)
        with self.ago(70) as moment:
            stopping = self._direct(words.STOP_TEXT, moment, why=words.STOP_REASON)
            for body in (self.platform, self.board):
                self._say(stopping, body)
            deciding.adopt(self.secretary, stopping, key=self.key)
        for one in words.ACTIONS:
            self._follow(one)
        with self.ago(60):
            for one in words.ACTIONS:
                if one.stopped:
                    fresh = Decision.objects.get(pk=stopping.pk)
                    actions.stop(self.secretary, Action.objects.get(title=one.title), decision=fresh, key=self.key)
        return programme

    def _propose(self, one: words.Deed, decision: Decision, programme: ActionProgramme) -> None:
        fresh = Decision.objects.select_related("proposal__dossier").get(pk=decision.pk)
        harvest = fresh.proposal.harvests.first()
        results = list(harvest.results.filter(removed=False)) if harvest and not one.result else []
        own = actions.Wanted(one.result or one.title, unit=one.unit, baseline=one.baseline, target=one.target)
        wanted = [] if results else [own]
        answer = actions.propose_action(
            self.secretary,
            fresh,
            title=one.title,
            owner=self._member(one.owner),
            body=self.platform if not one.title.startswith("Een beraad") else self.board,
            due=day_of(self.now + dt.timedelta(days=one.due)),
            programme=programme,
            results=results,
            wanted=wanted,
            key=self.key,
        )
        action = Action.objects.get(code=answer["node"])
        actions.adopt_action(self.secretary, action, key=self.key)

    def _land(self, one: words.Deed) -> None:
        """Bodies that did not fit, and the one that took it on."""
        action = Action.objects.select_related("decision__proposal__dossier").get(title=one.title)
        for name, why in one.refused:
            placing.unsuitable(self.secretary, self._candidate(action, name), reason=why, key=self.key)
        if one.place:
            row = self._candidate(action, one.place)
            placing.offer(self.secretary, row, key=self.key)
            placing.answer_by_link(
                Placement.objects.get(pk=row.pk),
                Person.objects.get(serves__name=one.place),
                takes_on=True,
                reason="Past bij wat wij al doen.",
                key=self.key,
            )

    def _candidate(self, action: Action, name: str) -> Placement:
        body = Body.objects.get(name=name)
        placing.consider(self.secretary, action, body, key=self.key)
        return Placement.objects.select_related("action__decision__proposal__dossier", "body").get(
            action=action, body=body
        )

    def _follow(self, one: words.Deed) -> None:
        """Reports, offers that wait, and the verdict."""
        action = Action.objects.select_related("decision__proposal__dossier").get(title=one.title)
        for name, days in one.offered:
            with self.ago(days):
                placing.offer(self.secretary, self._candidate(action, name), key=self.key)
        for told in one.reports:
            with self.ago(told.days):
                fresh = Action.objects.select_related("decision__proposal__dossier", "owner").get(pk=action.pk)
                reporting.report(
                    None,
                    fresh,
                    seat=fresh.owner,
                    status=told.status,
                    text=told.text,
                    result=fresh.results.first() if told.value else None,
                    value=told.value,
                    key=self.key,
                )
        kind, why = one.verdict
        if kind:
            with self.ago(min(told.days for told in one.reports) - 8):
                seat = self.board.memberships.get(role=MemberRole.CHAIR)
                for result in action.results.select_related("action__decision__proposal__dossier"):
                    reporting.judge(self.chair, seat, result, kind=kind, reason=why, key=self.key)

    def _publish(self, programme: ActionProgramme) -> None:
        programmes.publish(self.secretary, programme, key=self.key)
        version = programme.versions.order_by("-number")[0]
        programmes.sign_programme(self.chair, version, key=self.key)

    def _publish_again(self, programme: ActionProgramme) -> None:
        with self.ago(5):
            placing.take_back_unanswered(self.dossier, today=day_of(self.now), key=self.key)
            self._publish(ActionProgramme.objects.get(pk=programme.pk))

    def _dilemmas(self) -> None:
        """Dilemmas on their way up and back, one that came home, one that waits and one that is new."""
        with self.ago(235) as moment:
            group = referrals.make_working_group(
                self.secretary,
                name=words.GROUP,
                question=words.GROUP_QUESTION,
                ends=day_of(self.now + dt.timedelta(days=40)).isoformat(),
                members=words.GROUP_MEMBERS,
                now=moment,
            )
        bodies = {"p": self.platform, "w": group, "b": self.board}
        for one in sorted(words.DILEMMAS, key=lambda row: -row.days):
            with self.ago(one.days) as moment:
                issue = bring_dilemma(
                    self.secretary,
                    self.dossier,
                    statement=one.statement,
                    happened=one.happened,
                    stuck=one.stuck,
                    tried=one.tried,
                    themes=[self.dossier.themes.order_by("order")[0]],
                    submitted_by=self.platform,
                    now=moment,
                )
            for step in one.steps:
                self._step(issue, step, bodies[step.to])
            if one.home:
                with self.ago(160):
                    referrals.bring_home(self.secretary, issue, text=words.HOME, key=self.key)
        # The answer of one dilemma ended the group; the other still lies with it.
        Body.objects.filter(pk=group.pk).update(active_to=day_of(self.now + dt.timedelta(days=40)))

    def _step(self, issue: Issue, step: words.Step, to: Body) -> None:
        with self.ago(step.days) as moment:
            referrals.refer(
                self.secretary,
                issue,
                to=to,
                question=step.question,
                due=day_of(moment + dt.timedelta(days=42)),
                skip_reason="Alleen het beraad kan dit aanwijzen." if to == self.board else "",
                key=self.key,
            )
            row = Referral.objects.select_related("issue__dossier", "to_body").get(issue=issue, state="offered")
        with self.ago(step.days - 4):
            referrals.take_up(self.secretary, row, key=self.key)
        if step.answer:
            with self.ago(step.days - 14):
                referrals.answer(self.secretary, row, kind=step.kind, text=step.answer, key=self.key)

    def _sources(self, decisions: Sequence[Decision]) -> None:
        """What the dossier rests on, and what cites it."""
        made = self.now - dt.timedelta(days=HELD + 60)
        website = Source.objects.create(
            dossier=self.dossier,
            title="Aanpak binnen familienetwerken: wat gemeenten doen",
            url="https://www.voorbeeld.example/familienetwerken",
            publisher="Kennisinstituut Samenleven",
            published=day_of(made),
            licence="CC BY 4.0",
            confidentiality=Confidentiality.PUBLIC,
            made_at=made,
        )
        note = Source(
            dossier=self.dossier,
            title="Notitie: advies vragen zonder een naam te noemen",
            publisher="Universiteit Berkenstad",
            published=day_of(made),
            confidentiality=Confidentiality.BODIES,
            made_at=made,
        )
        content = ContentFile(b"Advies vragen kan zonder een naam te noemen. Dit is een verzonnen notitie.\n")
        note.checksum = _sha256(content)
        note.file.save("notitie-advies.txt", content, save=True)
        for source, node in ((website, decisions[0].code), (note, decisions[0].code), (website, "A-05")):
            Citation.objects.create(source=source, node=node, locator="", made_at=self.now)


def _sha256(content: ContentFile[bytes]) -> str:
    return sha256(content.read()).hexdigest()

"""A whole chain for tests: from the tables of `meeting_world` to an action that is adopted."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from meeting_world import NOW, World, make_world
from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body, Membership
from schakelbord.bodies.services import person_named, seat_in_body
from schakelbord.chain import actions, deciding, placing, programmes, proposals
from schakelbord.chain.acts import day_of
from schakelbord.chain.models import Action, ActionProgramme, Decision, Placement, Proposal
from schakelbord.live.gateway import at
from schakelbord.tables.models import Harvest

FIRST = dt.date(2020, 1, 1)
DAY = dt.timedelta(days=1)


def key() -> str:
    """An idempotency key that was not used before."""
    return secrets.token_hex(8)


@dataclass
class Chain:
    """Two bodies that decide, an existing body, and everybody who may do something.

    `seats`: chair of the platform, chair of the board (the user with the role), owner (the user with the role).
    """

    world: World
    secretary: Actor
    chair: Actor
    owner_actor: Actor
    body_secretary: Actor
    platform: Body
    board: Body
    existing: Body
    platform_chair: Membership
    board_chair: Membership
    owner: Membership
    harvest: Harvest | None = None

    @contextmanager
    def after(self, days: float) -> Iterator[dt.datetime]:
        """Let what happens here be of so many days after the meeting."""
        moment = NOW + days * DAY
        with at(moment):
            yield moment

    def confirm_harvest(self) -> Harvest:
        """The first table says something, writes its harvest and confirms it."""
        world, table = self.world, self.world.tables[0]
        said = [
            str(world.by(n, "say", table=table.pk, text=f"Niemand belt terug ({n})", kind="experience")["contribution"])
            for n in (0, 2, 3)
        ]
        world.run(
            "save-result", table=table.pk, result="r0", text="Elke melder hoort wat er gebeurde", by_when="2027-07-01"
        )
        version = Harvest.objects.get(table=table).version
        world.run(
            "save-harvest",
            table=table.pk,
            version=version,
            assignment="Laat elke melder horen wat er gebeurde",
            addressees=[self.platform.pk],
            contributions=said[:2],
        )
        world.run("read-back", table=table.pk)
        for number in (0, 1):
            world.by(number, "confirm", table=table.pk)
        self.harvest = Harvest.objects.get(table=table)
        return self.harvest

    def proposal(self, *, direct: bool = False, text: str = "Elke melder hoort binnen drie weken iets") -> Proposal:
        """A proposal of the confirmed harvest, or a direct one."""
        harvests = [] if direct else [self.harvest or self.confirm_harvest()]
        answer = proposals.make_proposal(
            self.secretary,
            self.world.dossier,
            text=text,
            harvests=harvests,
            direct_reason="Het kan niet wachten" if direct else "",
            key=key(),
        )
        return Proposal.objects.select_related("dossier").get(code=answer["node"])

    def tabled(self, proposal: Proposal) -> Decision:
        """Laid before the two bodies, in a written round of two weeks."""
        proposals.table(
            self.secretary, proposal, deadline=day_of(NOW + 60 * DAY), bodies=[self.platform, self.board], key=key()
        )
        return self.fresh(Decision.objects.get(proposal=proposal))

    def fresh(self, decision: Decision) -> Decision:
        """A decision as it is now."""
        return Decision.objects.select_related("proposal__dossier").get(pk=decision.pk)

    def says(self, decision: Decision, seat: Membership, stance: str = "consent", *, present: int = 2) -> None:
        """What a body says of the newest version."""
        now = self.fresh(decision)
        deciding.endorse(
            seat,
            now,
            version=now.proposal.version,
            stance=stance,
            present=present,
            reason="Daar zijn wij tegen" if stance == "objection" else "",
            who=f"seat-{seat.pk}",
            key=key(),
        )

    def decided(self, *, direct: bool = False) -> Decision:
        """An adopted decision."""
        decision = self.tabled(self.proposal(direct=direct))
        for seat in (self.platform_chair, self.board_chair):
            self.says(decision, seat)
        deciding.adopt(self.secretary, decision, key=key())
        return self.fresh(decision)

    def action(
        self, decision: Decision | None = None, *, title: str = "Melders horen het", adopted: bool = True
    ) -> Action:
        """An action under a decision, with owner, body, date and result."""
        found = decision or self.decided()
        harvest = found.proposal.harvests.first()
        answer = actions.propose_action(
            self.secretary,
            found,
            title=title,
            owner=self.owner,
            body=self.platform,
            due=day_of(NOW + 200 * DAY),
            programme=self.programme(),
            results=list(harvest.results.filter(removed=False)) if harvest else [],
            wanted=[]
            if harvest
            else [actions.Wanted("Elke melder hoort het", unit="procent", baseline="10", target="90")],
            key=key(),
        )
        made = self.again(Action.objects.get(code=answer["node"]))
        if adopted:
            actions.adopt_action(self.secretary, made, key=key())
        return self.again(made)

    def again(self, action: Action) -> Action:
        """An action as it is now."""
        rows = Action.objects.select_related("decision__proposal__dossier", "owner__person", "body__secretary")
        return rows.get(pk=action.pk)

    def placement(self, action: Action, *, offered: bool = True) -> Placement:
        """The existing body, looked at for an action; asked when wanted."""
        placing.consider(self.secretary, action, self.existing, key=key())
        row = self.offer(action)
        if offered:
            placing.offer(self.secretary, row, key=key())
        return self.offer(action)

    def offer(self, action: Action) -> Placement:
        """The placement of an action at the existing body, as it is now."""
        rows = Placement.objects.select_related("action__decision__proposal__dossier", "body__secretary")
        return rows.get(action=action, body=self.existing)

    def programme(self, *acts: Action, year: int = 2026) -> ActionProgramme:
        """The programme of a year with these actions."""
        made = programmes.make_programme(
            self.secretary, self.world.dossier, year=year, bodies=[self.platform, self.board], now=NOW
        )
        for one in acts:
            placing.into_programme(self.secretary, one, made, reason="Het past in dat jaar.", key=key())
        return made


def make_chain() -> Chain:
    """Everybody and everything that a chain needs; the meeting is open and its first round goes on."""
    world = make_world()
    platform, board = world.bodies
    existing = Body.objects.create(
        name="Overleg Advies en Melden",
        kind="existing",
        layer="official",
        mandate="Afspraken over advies vragen, melden en terugkoppeling.",
        themes=["melden"],
        accepts_actions=True,
        meets_every_days=42,
    )
    seats = {}
    for role, body, seat in (
        (Role.CHAIR, board, "chair"),
        (Role.ACTION_OWNER, platform, "member"),
        (Role.BODY_SECRETARY, existing, "secretary"),
    ):
        person = person_named(f"Rol {role}", email=f"{role.value}@voorbeeld.example", now=NOW)
        person.user = demo_user(role)
        person.save(update_fields=["user"])
        seats[role] = seat_in_body(person, body, from_day=FIRST, role=seat, may_decide=role == Role.CHAIR)
    platform_chair = seat_in_body(
        person_named("Voorzitter van het platform", email="vp@voorbeeld.example", now=NOW),
        platform,
        from_day=FIRST,
        role="chair",
        may_decide=True,
    )
    for body in (platform, board):
        seat_in_body(person_named(f"Lid {body.pk}", email="", now=NOW), body, from_day=FIRST)
    existing.secretary = seats[Role.BODY_SECRETARY].person
    existing.save(update_fields=["secretary"])
    return Chain(
        world=world,
        secretary=world.secretary,
        chair=actor_of(demo_user(Role.CHAIR)),
        owner_actor=actor_of(demo_user(Role.ACTION_OWNER)),
        body_secretary=actor_of(demo_user(Role.BODY_SECRETARY)),
        platform=platform,
        board=board,
        existing=existing,
        platform_chair=platform_chair,
        board_chair=seats[Role.CHAIR],
        owner=seats[Role.ACTION_OWNER],
    )

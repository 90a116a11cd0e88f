"""A thread for tests, as far as asked: from an issue on a table to a judged result, all through the services."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from meeting_world import World, make_world
from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body, Membership, Person
from schakelbord.chain import actions, deciding, placing, proposals, reporting
from schakelbord.chain.models import Action, Decision, Placement, ProgressReport, Proposal
from schakelbord.meetings.services import close_meeting
from schakelbord.tables.models import Harvest

STEPS = ("harvest", "proposal", "decision", "action", "placement", "report", "verdict")
ASSIGNMENT = "Regel dat elke school weet waar zij dezelfde dag advies krijgt, vóór het gesprek met ouders."
TEXT = "Elke school krijgt binnen een dag advies bij zorgen over uithuwelijking."
_keys = itertools.count()


@dataclass
class Thread:
    """The rows of one thread; those that were not asked for are None."""

    world: World
    secretary: Actor
    harvest: Harvest
    seats: list[Membership]
    owner: Membership
    existing: Body
    other: Body
    proposal: Proposal | None = None
    decision: Decision | None = None
    action: Action | None = None
    placement: Placement | None = None
    report: ProgressReport | None = None


def key() -> str:
    """A fresh idempotency key."""
    return f"test-{next(_keys)}"


def make_thread(upto: str = "report", *, world: World | None = None) -> Thread:
    """A thread that goes as far as `upto`, one of STEPS.

    The chair of the demo sits in the second body and may decide; the action owner of the demo owns the action; the
    body secretary of the demo serves the body where it lies.
    """
    world = world or make_world()
    far = STEPS.index(upto)
    harvest = confirmed_harvest(world, 0)
    seats = [_seat(body, name) for body, name in zip(world.bodies, ("L. Specht", "H. Grutto"), strict=True)]
    _link(seats[1].person, Role.CHAIR)
    owner = _seat(world.bodies[0], "S. Zwaluw", may_decide=False, function="beleid onderwijs")
    _link(owner.person, Role.ACTION_OWNER)
    secretary = Person.objects.create(name="K. Kwartel", email="kwartel@voorbeeld.example", made_at=timezone.now())
    _link(secretary, Role.BODY_SECRETARY)
    existing = Body.objects.create(
        name="Landelijk Overleg Advies en Melden", kind="existing", layer="mixed", accepts_actions=True,
        secretary=secretary,
    )  # fmt: skip
    other = Body.objects.create(name="Regionaal Bestuur Leerplicht", kind="existing", layer="mixed")
    thread = Thread(world, world.secretary, harvest, seats, owner, existing, other)
    steps = (_propose, _decide, _act, _place, _report, _judge)
    for step in steps[:far]:
        step(thread)
    return thread


def confirmed_harvest(world: World, number: int) -> Harvest:
    """What one of the tables harvested, confirmed by host and pitcher."""
    table, first = world.tables[number].pk, number * 4
    said = [
        world.by(first + 2, "say", table=table, text="Ik wist niet dat ik eerst advies kon vragen.", kind="experience"),
        world.by(
            first + 3, "say", table=table, text="Melden mag zonder toestemming.", kind="fact", source="Wmo 2015, 5.2.6"
        ),
    ]
    world.by(first + 2, "say", table=table, text="Dit bleef liggen.", kind="assumption")
    world.by(
        first, "save-result", table=table, result="r1",
        text="Op 1 juli vraagt de school in 9 van de 10 gevallen eerst advies.", by_when="2099-07-01",
        for_whom="elke school", seen_by="het register van adviezen", unit="van de 10", baseline=3, target=9,
    )  # fmt: skip
    version = Harvest.objects.get(table=table).version
    world.by(
        first, "save-harvest", table=table, version=version, assignment=ASSIGNMENT,
        addressees=[world.bodies[0].pk], contributions=[one["contribution"] for one in said],
    )  # fmt: skip
    world.by(first, "read-back", table=table)
    world.by(first, "confirm", table=table)
    world.by(first + 1, "confirm", table=table)
    return Harvest.objects.get(table=table)


def new_action(thread: Thread, title: str, *, due_days: int = 200) -> Action:
    """One more adopted action of the decision of a thread."""
    made = actions.propose_action(
        thread.secretary, thread.decision, title=title, owner=thread.owner, body=thread.existing,
        due=timezone.localdate() + dt.timedelta(days=due_days),
        results=list(thread.harvest.results.all()), key=key(),
    )  # fmt: skip
    action = Action.objects.get(code=made["node"])
    actions.adopt_action(thread.secretary, action, key=key())
    return Action.objects.get(pk=action.pk)


def close(world: World) -> None:
    """Close the meeting of a world."""
    close_meeting(world.secretary, world.fresh(), key=key())
    world.fresh()


def _seat(body: Body, name: str, *, may_decide: bool = True, function: str = "") -> Membership:
    person = Person.objects.create(name=name, email=f"{name[-5:].lower()}@voorbeeld.example", made_at=timezone.now())
    return Membership.objects.create(
        person=person, body=body, may_decide=may_decide, function=function, from_day=dt.date(2020, 1, 1)
    )


def _link(person: Person, role: Role) -> None:
    Person.objects.filter(user=demo_user(role)).update(user=None)
    person.user = demo_user(role)
    person.save(update_fields=["user"])


def _propose(thread: Thread) -> None:
    made = proposals.make_proposal(
        thread.secretary, thread.world.dossier, text=TEXT, harvests=[thread.harvest], key=key()
    )
    thread.proposal = Proposal.objects.get(code=made["node"])


def _decide(thread: Thread) -> None:
    proposals.table(
        thread.secretary, thread.proposal, deadline=timezone.localdate() + dt.timedelta(days=14),
        bodies=thread.world.bodies, key=key(),
    )  # fmt: skip
    decision = Decision.objects.get(proposal=thread.proposal)
    for seat in thread.seats:
        deciding.endorse(
            seat, decision, version=1, stance="consent", present=1, basis="mandaat", who="user-1", key=key()
        )
    deciding.adopt(thread.secretary, decision, key=key())
    thread.decision = Decision.objects.select_related("proposal").get(pk=decision.pk)


def _act(thread: Thread) -> None:
    made = actions.propose_action(
        thread.secretary, thread.decision, title="Elke school krijgt binnen een dag advies", owner=thread.owner,
        body=thread.world.bodies[0], due=timezone.localdate() + dt.timedelta(days=200),
        results=list(thread.harvest.results.all()), key=key(),
    )  # fmt: skip
    action = Action.objects.get(code=made["node"])
    actions.adopt_action(thread.secretary, action, key=key())
    thread.action = Action.objects.get(pk=action.pk)


def _place(thread: Thread) -> None:
    for body in (thread.other, thread.existing):
        placing.consider(thread.secretary, thread.action, body, key=key())
    placing.unsuitable(
        thread.secretary, Placement.objects.get(body=thread.other), reason="gaat over verzuim", key=key()
    )
    placement = Placement.objects.get(body=thread.existing)
    placing.offer(thread.secretary, placement, key=key())
    secretary = actor_of(demo_user(Role.BODY_SECRETARY))
    placing.answer_offer(secretary, placement, takes_on=True, reason="Past bij ons protocol.", key=key())
    thread.placement = Placement.objects.get(pk=placement.pk)
    thread.action.refresh_from_db()


def _report(thread: Thread) -> None:
    owner = actor_of(demo_user(Role.ACTION_OWNER))
    result = thread.action.results.get()
    made = reporting.report(
        owner, thread.action, seat=thread.owner, status="on_track",
        text="In 7 van de 26 regio’s staat het nummer open.", result=result, value="7", key=key(),
    )  # fmt: skip
    thread.report = ProgressReport.objects.get(code=made["node"])
    thread.action.refresh_from_db()


def _judge(thread: Thread) -> None:
    owner = actor_of(demo_user(Role.ACTION_OWNER))
    reporting.report(owner, thread.action, seat=thread.owner, status="done", text="Het is klaar.", key=key())
    chair = actor_of(demo_user(Role.CHAIR))
    reporting.judge(
        chair, thread.seats[1], thread.action.results.get(), kind="reached", reason="Geteld in het register.",
        value="9", key=key(),
    )  # fmt: skip
    thread.action.refresh_from_db()
    assert thread.action.results.get().verdict.value == Decimal(9)

"""A chain for tests of placing: one adopted action that lands nowhere yet, and bodies that could take it on."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import MemberRole
from schakelbord.bodies.models import Body, Membership, Person
from schakelbord.bodies.services import person_named, seat_in_body
from schakelbord.chain import actions, deciding, placing, proposals
from schakelbord.chain.actions import Wanted
from schakelbord.chain.models import Action, Decision, Placement, Proposal
from schakelbord.dossiers.models import Dossier
from schakelbord.dossiers.services import make_dossier
from schakelbord.live.gateway import at

BEGAN = dt.datetime(2026, 10, 5, 11, 0, tzinfo=dt.UTC)
"""Monday 5 October 2026, one o'clock in the country."""
ADVICE = "Afspraken over advies vragen en melden bij Veilig Thuis, voor scholen en artsen."
SITE = "https://schakelbord.example"
KEYS = (f"offer-world-{number}" for number in itertools.count())


@dataclass
class OfferWorld:
    """Everybody and everything around one action."""

    secretary: Actor
    dossier: Dossier
    platform: Body
    board: Body
    bodies: list[Body] = field(default_factory=list)
    decision: Decision = field(default_factory=Decision)

    def action(self, **more: Any) -> Action:
        """An adopted action that the platform answers for until a body takes it on."""
        with at(more.pop("when", BEGAN)):
            action = self.proposed(**more)
            actions.adopt_action(self.secretary, action, key=next(KEYS))
        return self.fresh(action)

    def proposed(self, **more: Any) -> Action:
        """An action that is not adopted yet."""
        given = {
            "title": "Elke school krijgt binnen een dag advies",
            "owner": self.owner,
            "body": self.platform,
            "due": "2027-07-01",
            "wanted": [Wanted("Negen van de tien scholen hebben binnen een dag advies.", for_whom="scholen")],
        } | more
        answer = actions.propose_action(self.secretary, self.decision, key=next(KEYS), **given)
        return Action.objects.get(code=answer["node"])

    @property
    def owner(self) -> Membership:
        """The seat of whoever answers for actions."""
        return Membership.objects.select_related("person").get(person__name="I. Meeuw")

    def look_at(self, action: Action, body: Body) -> Placement:
        """Put a body on the list of those that are looked at."""
        placing.consider(self.secretary, action, body, key=next(KEYS))
        rows = Placement.objects.select_related("action__decision__proposal__dossier", "body__secretary")
        return rows.get(action=action, body=body)

    def offered(self, action: Action, number: int = 0, *, when: dt.datetime = BEGAN, **more: Any) -> Placement:
        """Offer an action to one of the bodies."""
        row = self.look_at(action, self.bodies[number])
        with at(when):
            placing.offer(self.secretary, row, key=next(KEYS), **more)
        return self.look_at(action, self.bodies[number])

    def fresh(self, action: Action) -> Action:
        """An action as it is now."""
        return Action.objects.select_related("decision__proposal__dossier", "owner__person", "body").get(pk=action.pk)


def make_offer_world() -> OfferWorld:
    """The two bodies that decide, three that could take an action on, and an adopted decision."""
    secretary = actor_of(demo_user(Role.SECRETARY))
    platform = Body.objects.create(name="Beleidsplatform", kind="platform", layer="official")
    board = Body.objects.create(name="Strategisch Beraad", kind="strategic_board", layer="administrative")
    dossier = make_dossier(secretary, title="Familienetwerken", now=BEGAN)
    world = OfferWorld(secretary, dossier, platform, board)
    for body, name in ((platform, "L. Specht"), (board, "A. Aalscholver"), (platform, "I. Meeuw")):
        seat_in_body(somebody(name), body, from_day=dt.date(2020, 1, 1), may_decide=name != "I. Meeuw")
    for name, remit, themes, layer, secretary_name in (
        ("Landelijk Overleg Advies en Melden", ADVICE, ["advies", "melden"], "official", "G. Grutto"),
        ("Regionaal Bestuur Leerplicht", "Verzuim en vrijstelling.", ["verzuim"], "administrative", "B. Tapuit"),
        ("Tafel Onderwijs en Jeugd", "Passend onderwijs en jeugdhulp.", ["onderwijs"], "mixed", "L. Snip"),
    ):
        body = Body.objects.create(
            name=name,
            kind="existing",
            layer=layer,
            mandate=remit,
            themes=themes,
            accepts_actions=True,
            secretary=somebody(secretary_name),
            meets_every_days=42,
        )
        seat_in_body(somebody(secretary_name), body, from_day=dt.date(2020, 1, 1), role=MemberRole.SECRETARY)
        world.bodies.append(body)
    with at(BEGAN):
        world.decision = laid_before(world, "Scholen krijgen binnen een dag advies.")
        for seat in Membership.objects.filter(may_decide=True).select_related("person"):
            consent(world.decision, seat)
        deciding.adopt(secretary, world.decision, key=next(KEYS))
    world.decision = Decision.objects.select_related("proposal__dossier").get(pk=world.decision.pk)
    return world


def somebody(name: str) -> Person:
    """The person of this name, with an address."""
    return person_named(name, email=f"{name.lower().replace('. ', '.')}@voorbeeld.example", now=BEGAN)


def laid_before(world: OfferWorld, text: str, *, deadline: str = "2026-12-01") -> Decision:
    """A direct proposal in a written round."""
    answer = proposals.make_proposal(
        world.secretary, world.dossier, text=text, direct_reason="Het kan niet wachten op een tafel.", key=next(KEYS)
    )
    proposal = Proposal.objects.select_related("dossier").get(code=answer["node"])
    proposals.table(world.secretary, proposal, deadline=deadline, bodies=[world.platform, world.board], key=next(KEYS))
    return Decision.objects.select_related("proposal__dossier").get(proposal=proposal)


def consent(decision: Decision, seat: Membership) -> None:
    """A body consents."""
    deciding.endorse(
        seat, decision, version=1, stance="consent", present=1, who=f"person-{seat.person_id}", key=next(KEYS)
    )

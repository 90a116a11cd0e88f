"""Random walks through a meeting: whatever people do in whatever order, nothing that must hold is broken."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from meeting_world import World, make_world
from schakelbord.errors import SchakelbordError
from schakelbord.live.journal import verify
from schakelbord.meetings.models import Seat
from schakelbord.meetings.services import close_meeting
from schakelbord.tables.models import Contribution, Harvest, Statement, Vote

PEOPLE = some.integers(min_value=0, max_value=7)
KINDS = some.sampled_from(["experience", "fact", "assumption", "wish"])
MODES = some.sampled_from(["named", "table_only", "anonymous"])
VALUES = some.sampled_from([-1, 0, 1])
PLACES = some.integers(min_value=0, max_value=30)
SEATS = some.sampled_from([0, 4])
SOURCES = some.sampled_from(["", "een wet"])


class Afternoon(RuleBasedStateMachine):
    """Everybody in a meeting, doing things. A refusal is fine; what is answered must be so."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world: World = make_world()
        self.fixed: dict[str, str] = {}
        self.confirmed: dict[str, str] = {}
        self.closed = False
        self.done = 0

    def teardown(self) -> None:
        """Forget all of it."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def try_by(self, person: int, verb: str, **fields: Any) -> bool:
        """Somebody tries something; whether it was carried out."""
        try:
            if person < 0:
                self.world.run(verb, **fields)
            else:
                self.world.by(person, verb, **fields)
        except SchakelbordError:
            return False
        self.done += 1
        return True

    def table(self, person: int) -> int:
        """The table of somebody."""
        return int(self.world.tables[person // 4].pk)

    def any_contribution(self, place: int) -> str:
        """One of those that lie somewhere."""
        keys = list(Contribution.objects.order_by("pk").values_list("key", flat=True))
        return str(keys[place % len(keys)]) if keys else "geen"

    @rule(
        person=PEOPLE, kind=KINDS, mode=MODES, at=some.sampled_from([0, 4]), source=some.sampled_from(["", "een wet"])
    )
    def say(self, person: int, kind: str, mode: str, at: int, source: str) -> None:
        """Lay something on a table."""
        fields = {"kind": kind, "mode": mode, "source": source, "own": f"geheim-{person}"}
        self.try_by(person, "say", table=self.table(at), text=f"Bijdrage {secrets.token_hex(3)}", **fields)

    @rule(person=PEOPLE, place=PLACES, owner=PEOPLE)
    def mend(self, person: int, place: int, owner: int) -> None:
        """Other words."""
        fields = {"contribution": self.any_contribution(place), "kind": "wish", "own": f"geheim-{owner}"}
        self.try_by(person, "mend", table=self.table(person), text="Andere woorden", **fields)

    @rule(person=PEOPLE, place=PLACES, verb=some.sampled_from(["hide", "set-aside"]))
    def put_away(self, person: int, place: int, verb: str) -> None:
        """Hide or set aside."""
        fields = {"contribution": self.any_contribution(place), "reason": "dubbel"}
        self.try_by(person, verb, table=self.table(person), **fields)

    @rule(person=PEOPLE, place=PLACES, into=PLACES)
    def merge(self, person: int, place: int, into: int) -> None:
        """Merge two."""
        fields = {"contribution": self.any_contribution(place), "into": self.any_contribution(into)}
        self.try_by(person, "merge", table=self.table(person), **fields)

    @rule(person=PEOPLE, place=PLACES)
    def bring_back(self, person: int, place: int) -> None:
        """Show again."""
        self.try_by(person, "bring-back", table=self.table(person), contribution=self.any_contribution(place))

    @rule(person=PEOPLE, places=some.lists(PLACES, max_size=3), stale=some.booleans())
    def write_harvest(self, person: int, places: list[int], stale: bool) -> None:
        """Write the harvest."""
        known = Harvest.objects.filter(table_id=self.table(person)).first()
        version = (known.version if known else 0) - (1 if stale else 0)
        fields = {
            "version": max(0, version),
            "assignment": f"Regel iets {secrets.token_hex(2)}",
            "addressees": [self.world.bodies[0].pk],
            "contributions": sorted({self.any_contribution(place) for place in places}),
        }
        written = self.try_by(person, "save-harvest", table=self.table(person), **fields)
        assert not (written and stale and version >= 0 and known), "an unseen text was overwritten"

    @rule(person=PEOPLE, verb=some.sampled_from(["save-result", "remove-result"]))
    def result(self, person: int, verb: str) -> None:
        """Add or take off a result."""
        fields = {"text": "Iedereen krijgt antwoord."} if verb == "save-result" else {}
        self.try_by(person, verb, table=self.table(person), result="r1", **fields)

    @rule(person=PEOPLE, verb=some.sampled_from(["read-back", "confirm", "confirm", "confirm"]))
    def read_and_confirm(self, person: int, verb: str) -> None:
        """Read out, confirm."""
        self.try_by(person, verb, table=self.table(person))

    @rule(person=PEOPLE)
    def contest(self, person: int) -> None:
        """This is not what we said."""
        if self.try_by(person, "contest", table=self.table(person), reason="Zo zeiden wij het niet."):
            code = Harvest.objects.get(table_id=self.table(person)).code
            self.confirmed.pop(code, None)

    @rule(person=some.integers(min_value=-1, max_value=7), at=some.sampled_from([0, 4]))
    def settle(self, person: int, at: int) -> None:
        """The room agrees."""
        self.try_by(person, "settle", table=self.table(at), assignment="Samen besloten.")

    @rule(person=PEOPLE, key=some.sampled_from(["s1", "s2"]), place=PLACES)
    def make_statement(self, person: int, key: str, place: int) -> None:
        """A sentence for the vote."""
        fields = {"statement": key, "text": f"Stelling {secrets.token_hex(2)}"}
        chosen = [self.any_contribution(place)]
        self.try_by(person, "make-statement", table=self.table(person), contributions=chosen, **fields)

    @rule(
        person=some.integers(min_value=-1, max_value=7),
        key=some.sampled_from(["s1", "s2"]),
        verb=some.sampled_from(["open-statement", "open-statement", "close-statement"]),
    )
    def move_statement(self, person: int, key: str, verb: str) -> None:
        """Open or close a vote."""
        if self.try_by(person, verb, statement=key):
            self.fixed[key] = Statement.objects.get(key=key).text

    @rule(person=PEOPLE, key=some.sampled_from(["s1", "s2"]), value=VALUES)
    def vote(self, person: int, key: str, value: int) -> None:
        """Vote."""
        self.try_by(person, "vote", statement=key, value=value)

    @rule(person=PEOPLE, at=some.sampled_from([0, 4]))
    def move_seat(self, person: int, at: int) -> None:
        """Somebody sits elsewhere."""
        fields = {"attendance": self.world.people[person].key, "item": self.world.rounds[0].pk}
        self.try_by(-1, "move-seat", table=self.table(at), **fields)

    @rule(chance=some.integers(min_value=0, max_value=40))
    def close(self, chance: int) -> None:
        """The meeting closes, now and then."""
        if chance == 0 and not self.closed:
            close_meeting(self.world.secretary, self.world.fresh(), key=secrets.token_hex(8))
            self.closed = True

    @invariant()
    def nobody_is_hidden_behind_a_contribution_without_a_name(self) -> None:
        """I3."""
        assert not Contribution.objects.exclude(mode="named").filter(author__isnull=False).exists()
        assert not Contribution.objects.exclude(mode="named").exclude(made_at=F("item__started_at")).exists()

    @invariant()
    def one_vote_and_one_seat_each(self) -> None:
        """I2, I16."""
        current = Vote.objects.filter(replaced=False).values("statement", "token").annotate(count=Count("pk"))
        assert not current.filter(count__gt=1).exists()
        seats = Seat.objects.values("item", "table", "table__capacity").annotate(count=Count("pk"))
        assert not seats.filter(count__gt=F("table__capacity")).exists()

    @invariant()
    def what_others_build_on_stays(self) -> None:
        """I4, I12."""
        for key, text in self.fixed.items():
            assert Statement.objects.get(key=key).text == text
        for harvest in Harvest.objects.filter(state="confirmed"):
            assert self.confirmed.setdefault(harvest.code, harvest.assignment) == harvest.assignment
            assert harvest.host_confirmed_by_id != harvest.pitcher_confirmed_by_id
            assert harvest.contributions.exists()
            assert harvest.results.filter(removed=False).exists()

    @invariant()
    def the_journal_is_whole(self) -> None:
        """I18."""
        if self.done % 25 == 0:
            assert verify(self.world.fresh().room) is None


@pytest.mark.slow
def test_thousands_of_random_steps_break_nothing(commands_inline: None, db: None) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Afternoon, settings=settings(max_examples=12, stateful_step_count=100, deadline=None)
    )

"""Work a table plan out in the background, with progress and a stop button; take it over when somebody wants it."""

from __future__ import annotations

import datetime as dt
import logging
import re
import time
from threading import Thread

from django.db import connection, transaction
from django.utils import timezone

from schakelbord.accounts.actors import Actor
from schakelbord.engine.text import Text
from schakelbord.errors import SchakelbordError, StateError
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act, require
from schakelbord.meetings.models import Meeting, Seat, SeatingProposal
from schakelbord.meetings.rights import may_change_meeting
from schakelbord.meetings.seating_plan import Laid, lay_out
from schakelbord.meetings.services import prepare
from schakelbord.seating import warm
from schakelbord.seating.replan import replan
from schakelbord.seating.solve import Answer, Progress, Stop, solve

SECONDS_ONE_ROUND, SECONDS_MORE_ROUNDS, SECONDS_AGAIN = 4.0, 9.0, 1.0
DEAD_AFTER = dt.timedelta(seconds=60)
BEAT_EVERY = 0.5
State = SeatingProposal.State

log = logging.getLogger(__name__)


def propose(actor: Actor, meeting: Meeting, *, again: bool = False, now: dt.datetime) -> SeatingProposal:
    """Begin to work out a plan; the one that is being worked out, when there is one.

    Args:
        actor: who asks.
        meeting: whose plan.
        again: keep what is there as far as possible: only who must move moves.
        now: the time.

    Raises:
        RightError: this actor may not.
        StateError: there are no tables, no rounds or no people.
    """
    user_id = require(may_change_meeting(actor, meeting), actor)
    running = meeting.proposals.filter(state=State.RUNNING, beat_at__gt=now - DEAD_AFTER).first()
    if running is not None:
        return running
    meeting.proposals.filter(state=State.RUNNING).update(state=State.FAILED)
    laid = lay_out(meeting)
    if not laid.rounds or not laid.tables or not laid.people:
        raise StateError(
            "nothing_to_seat",
            nl="Er is nog niets te verdelen: nodig zijn een ronde op de agenda, tafels en mensen die komen.",
            en="There is nothing to seat yet: a round on the agenda, tables and people who come are needed.",
        )
    made = SeatingProposal.objects.create(
        meeting=meeting, rounds=[item.pk for item in laid.rounds], made_by_id=user_id, made_at=now, beat_at=now
    )
    Thread(target=_work, args=(made.pk, laid, again), name=f"seating-{made.pk}", daemon=True).start()
    return made


def stop_proposal(actor: Actor, proposal: SeatingProposal) -> None:
    """Stop looking; what was found so far is the proposal."""
    require(may_change_meeting(actor, proposal.meeting), actor)
    SeatingProposal.objects.filter(pk=proposal.pk, state=State.RUNNING).update(stop=True)


def take_over_plan(actor: Actor, proposal: SeatingProposal, *, key: str) -> Payload:
    """Seat everybody as the proposal says; people who came or went meanwhile keep what they have.

    Raises:
        RightError: this actor may not.
        StateError: it is not ready, or was taken over.
    """

    def deed(act: Act) -> Payload:
        fresh = SeatingProposal.objects.select_for_update().get(pk=proposal.pk)
        if fresh.state != State.READY:
            raise StateError(
                "proposal_not_ready",
                nl="Dit voorstel is niet (meer) over te nemen. Maak een nieuw voorstel.",
                en="This proposal cannot be taken over (any more). Make a new one.",
            )
        people = dict(act.meeting.attendances.values_list("key", "pk"))
        tables = {f"t{number}": pk for number, pk in act.meeting.tables.values_list("number", "pk")}
        items = set(act.meeting.agenda.filter(ended_at=None).values_list("pk", flat=True))
        for item, seats in zip(fresh.rounds, fresh.plan, strict=True):
            wanted = {people[name]: tables[at] for name, at in seats.items() if name in people and at in tables}
            if item not in items:
                continue
            Seat.objects.filter(item_id=item, attendance_id__in=wanted).delete()
            Seat.objects.bulk_create(
                Seat(item_id=item, attendance_id=person, table_id=table) for person, table in wanted.items()
            )
        SeatingProposal.objects.filter(pk=fresh.pk).update(state=State.TAKEN)
        return {"seq": act.tell("seats.changed", count=sum(map(len, fresh.plan)))}

    return prepare(actor, proposal.meeting, "take-plan", deed, key=key, asked={"proposal": proposal.pk})


def _work(key: int, laid: Laid, again: bool) -> None:
    """Look for a plan; whatever happens, the row says how it ended."""
    last = [0.0]

    def told(share: float, cost: int) -> None:
        if share - last[0] >= 0.02 or share >= 1:
            last[0] = share
            SeatingProposal.objects.filter(pk=key).update(progress=share, cost=cost, beat_at=timezone.now())

    def stopped() -> bool:
        return SeatingProposal.objects.filter(pk=key, stop=True).exists()

    try:
        warm.prepare_in_background()
        answer = _answer(laid, again, told, _seldom(stopped))
        _keep(key, laid, answer)
    except SchakelbordError as refusal:
        SeatingProposal.objects.filter(pk=key).update(
            state=State.FAILED, words={"nl": [refusal.nl], "en": [refusal.en]}, beat_at=timezone.now()
        )
    except Exception:
        log.exception("a table plan could not be worked out")
        words = Text(
            nl="Wij konden geen plan maken. Probeer het opnieuw, of zet mensen zelf aan tafel.",
            en="We could not make a plan. Try again, or seat people yourself.",
        )
        SeatingProposal.objects.filter(pk=key).update(state=State.FAILED, words={"nl": [words.nl], "en": [words.en]})
    finally:
        connection.close()


def _seldom(ask: Stop) -> Stop:
    """A question to the database that is asked twice a second at most."""
    at, answer = 0.0, False

    def seldom() -> bool:
        nonlocal at, answer
        if time.monotonic() - at > BEAT_EVERY:
            at, answer = time.monotonic(), ask()
        return answer

    return seldom


def _answer(laid: Laid, again: bool, told: Progress, stopped: Stop) -> Answer:
    if again and any(laid.plan):
        here = {person.id for person in laid.problem.people}
        sits = set().union(*map(set, laid.plan))
        return replan(laid.problem, laid.plan, absent=sits - here, seconds=SECONDS_AGAIN, progress=told, stop=stopped)
    seconds = SECONDS_ONE_ROUND if len(laid.rounds) == 1 else SECONDS_MORE_ROUNDS
    return solve(laid.problem, seconds, 1, progress=told, stop=stopped)


def _keep(key: int, laid: Laid, answer: Answer) -> None:
    if answer.plan is None:
        words = answer.reason or Text(nl="Er bestaat geen plan.", en="There is no plan.")
        named = {one.key: one.called for one in laid.people.values()}
        sentences = {"nl": [_named(words.nl, named, "tafel")], "en": [_named(words.en, named, "table")]}
        SeatingProposal.objects.filter(pk=key).update(
            state=State.IMPOSSIBLE, words=sentences, progress=1, seconds=answer.seconds, beat_at=timezone.now()
        )
        return
    pairs = zip(laid.plan, answer.plan, strict=True)
    moved = sum(seats.get(name) != table for seats, new in pairs for name, table in new.items())
    proven = answer.proven
    words = Text(
        nl=f"{moved} plaatsen veranderen." + (" Beter kan niet." if proven else ""),
        en=f"{moved} seats change." + (" It cannot be better." if proven else ""),
    )
    with transaction.atomic():
        SeatingProposal.objects.filter(pk=key).update(
            state=State.READY,
            plan=[dict(seats) for seats in answer.plan],
            words={"nl": [words.nl], "en": [words.en]},
            progress=1,
            cost=answer.cost.total if answer.cost else None,
            proven=proven,
            seconds=answer.seconds,
            beat_at=timezone.now(),
        )


def _named(sentence: str, people: dict[str, str], table: str) -> str:
    """A sentence with people and tables as everybody calls them."""
    for key, name in people.items():
        sentence = sentence.replace(key, name)
    return re.sub(r"\bt(\d+)\b", rf"{table} \1", sentence)

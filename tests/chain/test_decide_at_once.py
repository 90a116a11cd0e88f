"""A hundred people at once, on a real database: no text and no word is overwritten without anybody knowing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from chain_world import Chain, key, make_chain
from file_database import file_database, writer_with_a_thread
from schakelbord.bodies.services import person_named, seat_in_body
from schakelbord.chain import deciding, proposals
from schakelbord.chain.models import Endorsement, ProposalVersion
from schakelbord.errors import ConflictError, SchakelbordError
from schakelbord.live.journal import verify
from schakelbord.live.models import Room

PEOPLE = 100
AT_ONCE = 16


@pytest.fixture(scope="module")
def real_chain(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Chain]:
    """A chain in a file, with a writer that has a thread and a connection of its own."""
    with file_database(tmp_path_factory.mktemp("at-once"), django_db_blocker), writer_with_a_thread():
        yield make_chain()


def all_at_once(deed: Callable[[int], object]) -> list[str]:
    """What a hundred people hear: "" when it was kept, else the code of the refusal."""

    def one(number: int) -> str:
        try:
            deed(number)
        except SchakelbordError as refusal:
            return refusal.code if isinstance(refusal, ConflictError) else f"other: {refusal.code}"
        finally:
            connections["default"].close()
        return ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def test_of_a_hundred_changes_of_one_version_one_is_kept_and_all_others_hear_so(real_chain: Chain) -> None:
    proposal = real_chain.proposal(direct=True)
    answers = all_at_once(
        lambda number: proposals.amend(
            real_chain.secretary, proposal, text=f"Tekst van {number}", note="", version=1, key=key()
        )
    )
    assert Counter(answers) == {"": 1, "changed_meanwhile": PEOPLE - 1}
    kept = list(ProposalVersion.objects.filter(proposal=proposal).order_by("number").values_list("number", "text"))
    assert kept[1:] == [(2, f"Tekst van {answers.index('')}")]


def test_of_a_hundred_words_at_once_the_last_counts_and_none_is_lost(real_chain: Chain) -> None:
    decision = real_chain.tabled(real_chain.proposal(direct=True))
    day = dt.date(2020, 1, 1)
    seats = [
        seat_in_body(
            person_named(f"Lid {number}", email="", now=real_chain.world.meeting.made_at),
            real_chain.board,
            from_day=day,
            may_decide=True,
        )
        for number in range(PEOPLE)
    ]

    def speak(number: int) -> None:
        deciding.endorse(
            seats[number], decision, version=1, stance="consent", present=1, who=f"seat-{seats[number].pk}", key=key()
        )

    assert set(all_at_once(speak)) == {""}
    rows = Endorsement.objects.filter(decision=decision)
    assert rows.count() == PEOPLE
    assert {row.given_by_id for row in rows} == {seat.pk for seat in seats}
    assert [row.pk for row in rows.filter(replaced=False)] == [max(row.pk for row in rows)]


def test_changing_and_consenting_at_once_never_counts_a_word_about_another_text(real_chain: Chain) -> None:
    decision = real_chain.tabled(real_chain.proposal(direct=True))
    proposal = decision.proposal

    def deed(number: int) -> None:
        now = real_chain.fresh(decision)
        if number % 4:
            deciding.endorse(
                real_chain.board_chair,
                decision,
                version=now.proposal.version,
                stance="consent",
                present=1,
                who="x",
                key=key(),
            )
        else:
            text, version = f"Tekst van {number}", now.proposal.version
            proposals.amend(real_chain.secretary, proposal, text=text, note="", version=version, key=key())

    answers = Counter(all_at_once(deed))
    assert set(answers) <= {"", "changed_meanwhile"}
    now = real_chain.fresh(decision)
    numbers = list(proposal.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, now.proposal.version + 1))
    assert all(row.version == now.proposal.version for row in decision.endorsements.filter(replaced=False))
    for room in Room.objects.all():
        assert verify(room) is None

"""Several workers and people at once, on a real database: a mail goes out once, an offer is answered once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections
from pytest_django import DjangoDbBlocker

from file_database import file_database, writer_with_a_thread
from offer_world import BEGAN, KEYS, SITE, OfferWorld, make_offer_world, somebody
from schakelbord.chain import placing
from schakelbord.chain.models import Notice, Placement
from schakelbord.chain.post.notices import plan_notices, send_notices, take_back
from schakelbord.errors import SchakelbordError

WORKERS = 4
OFFERS = 12
WORDS = ("zo wil de een het", "zo wil de ander het", "zo wil een derde het", "zo wil een vierde het")


@pytest.fixture
def real(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[OfferWorld]:
    """A world in a file, with a writer that has a thread and a connection of its own."""
    with file_database(tmp_path_factory.mktemp("at-once"), django_db_blocker), writer_with_a_thread():
        yield make_offer_world()


def all_at_once(deed: Callable[[int], object]) -> list[str]:
    """What each worker hears: "" when it went well, else the code of the refusal."""
    together = Barrier(WORKERS)

    def one(number: int) -> str:
        together.wait(timeout=20)
        try:
            deed(number)
        except SchakelbordError as refusal:
            return refusal.code
        finally:
            connections["default"].close()
        return ""

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


def test_four_workers_make_and_send_each_mail_once_after_three_days_off(real: OfferWorld) -> None:
    for number in range(OFFERS):
        action = real.action(title=f"Actie {number}", due="2027-07-01")
        real.offered(action, number % 3, answer_by="2026-10-15")
    # Nobody was there for days; then all workers begin at the same moment.
    now = BEGAN + dt.timedelta(days=14)

    def work(number: int) -> None:
        take_back(now)
        plan_notices(now)
        send_notices(site=SITE, now=now)

    assert all_at_once(work) == [""] * WORKERS
    assert set(Placement.objects.values_list("state", flat=True)) == {"unanswered"}
    # What another worker had just made is sent in the next round.
    send_notices(site=SITE, now=now)
    ids = Counter(message.extra_headers["Message-ID"] for message in mail.outbox)
    sent = Notice.objects.filter(state="sent").count()
    assert len(ids) == sent == len(mail.outbox)
    assert set(ids.values()) == {1}
    assert Notice.objects.filter(kind="offer_back", state="sent").count() == OFFERS
    assert set(Notice.objects.values_list("state", flat=True)) <= {"sent", "needless"}


def test_of_several_answers_at_once_one_counts(real: OfferWorld) -> None:
    row = real.offered(real.action())
    person = somebody("G. Grutto")
    keys = [next(KEYS) for _ in range(WORKERS)]

    def answer(number: int) -> None:
        takes_on = number % 2 == 0
        placing.answer_by_link(row, person, takes_on=takes_on, reason=WORDS[number], key=keys[number])

    heard = all_at_once(answer)
    assert Counter(heard) == {"": 1, "placement_state": WORKERS - 1}
    kept = Placement.objects.get(pk=row.pk)
    assert kept.reason == WORDS[heard.index("")]
    assert kept.state == ("accepted" if heard.index("") % 2 == 0 else "declined")

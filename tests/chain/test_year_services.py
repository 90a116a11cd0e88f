"""Reports, verdicts, programmes and accounts: what goes well, what is refused, and what cannot change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from chain_world import Chain, key
from schakelbord.accounts.actors import READER
from schakelbord.bodies.services import ERASED, erase_person, person_named, seat_in_body
from schakelbord.chain import programmes, reporting
from schakelbord.chain.actions import hand_over, stop
from schakelbord.chain.content import account_content, actions_of, counted, four_numbers, in_order
from schakelbord.chain.models import Account, Action, ActionProgramme, ProgressReport, Verdict
from schakelbord.chain.reporting import next_report_by
from schakelbord.chain.seats import names_of_seats, read_content, seats_in
from schakelbord.chain.year_pages.versions import changes_between, parts_of
from schakelbord.errors import InputError, RightError, SchakelbordError, StateError
from schakelbord.live.journal import canonical
from schakelbord.meetings.models import Meeting
from schakelbord.meetings.services import close_meeting
from schakelbord.reports.account_content import record_of


@contextmanager
def refused(kind: type[SchakelbordError], code: str) -> Iterator[None]:
    """Something is refused with this code, and in both languages."""
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code
    assert caught.value.nl
    assert caught.value.en


def told(chain: Chain, action: Action, **more: object) -> ProgressReport:
    """A report of the owner."""
    asked = {"seat": chain.owner, "status": "on_track", "text": "Het gaat goed", "key": key(), **more}
    answer = reporting.report(chain.owner_actor, chain.again(action), **asked)  # type: ignore[arg-type]
    return ProgressReport.objects.get(code=answer["node"])


def published(chain: Chain, *actions: Action) -> ActionProgramme:
    """A programme that was published and signed."""
    programme = chain.programme(*actions)
    programmes.publish(chain.secretary, programme, key=key())
    programmes.sign_programme(chain.chair, programme.versions.get(), key=key())
    programme.refresh_from_db()
    return programme


def fixed(chain: Chain, *actions: Action) -> Account:
    """The account of a programme, fixed."""
    programme = published(chain, *actions)
    programmes.prepare_account(chain.secretary, programme, learned="Minder tegelijk.", key=key())
    account = Account.objects.select_related("programme__dossier").get()
    programmes.freeze(chain.chair, account, key=key())
    account.refresh_from_db()
    return account


def test_a_report_moves_an_action_on(chain: Chain) -> None:
    action = chain.action(chain.decided(direct=True))
    result = action.results.get()
    with chain.after(10):
        made = told(chain, action, result=result, value="12,5")
    assert (made.status, made.value, made.author) == ("on_track", Decimal("12.5"), chain.owner)
    assert chain.again(action).state == "in_progress"
    with chain.after(20):
        told(chain, action, status="done", text="Klaar")
        # a correction after it is done leaves it done
        told(chain, action, status="behind", text="Toch nog niet alles", corrects=made)
    now = chain.again(action)
    assert now.state == "reported_done"
    assert now.done_at is not None
    assert next_report_by(now, last=None) is None


def test_the_same_key_reports_once(chain: Chain) -> None:
    action, same = chain.action(), key()
    assert told(chain, action, key=same) == told(chain, action, key=same)
    assert ProgressReport.objects.count() == 1


def test_what_a_report_refuses(chain: Chain) -> None:
    action = chain.action(chain.decided(direct=True))
    with refused(RightError, "not_yours"):
        reporting.report(chain.chair, action, seat=chain.board_chair, status="done", text="Klaar", key=key())
    with refused(RightError, "not_yours"):
        reporting.report(READER, action, seat=None, status="done", text="Klaar", key=key())
    with refused(RightError, "other_owner"):
        reporting.report(None, action, seat=chain.board_chair, status="done", text="Klaar", key=key())
    with refused(InputError, "status"):
        told(chain, action, status="prima")
    with refused(InputError, "empty"):
        told(chain, action, text="  ")
    with refused(InputError, "figure"):
        told(chain, action, value="veel", result=action.results.get())
    with refused(InputError, "whose_figure"):
        told(chain, action, value="12")
    assert not ProgressReport.objects.exists()
    assert chain.again(action).state == "adopted"


def test_an_action_that_is_not_adopted_gets_no_report(chain: Chain) -> None:
    with refused(StateError, "not_reportable"):
        told(chain, chain.action(adopted=False))


def test_a_report_cannot_change(chain: Chain) -> None:
    made = told(chain, chain.action())
    made.text = "Anders"
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save()


def test_a_verdict_by_who_decides(chain: Chain) -> None:
    action = chain.action(chain.decided(direct=True))
    result = action.results.get()
    told(chain, action, status="done", text="Klaar")
    reporting.judge(chain.chair, chain.board_chair, result, kind="partly", reason="Half", value="50", key=key())
    now = chain.again(action)
    assert now.state == "accepted"
    assert (result.verdict.kind, result.verdict.value) == ("partly", Decimal(50))
    with refused(StateError, "judged_before"):
        reporting.judge(chain.chair, chain.board_chair, result, kind="reached", reason="Heel", key=key())
    with refused(StateError, "not_reportable"):
        told(chain, action)


def test_what_a_verdict_refuses(chain: Chain) -> None:
    action = chain.action(chain.decided(direct=True))
    result = action.results.get()
    with refused(StateError, "judged_before"):  # not reported done yet
        reporting.judge(chain.chair, chain.board_chair, result, kind="reached", reason="Ja", key=key())
    told(chain, action, status="done", text="Klaar")
    with refused(InputError, "kind"):
        reporting.judge(chain.chair, chain.board_chair, result, kind="mooi", reason="Ja", key=key())
    with refused(InputError, "empty"):
        reporting.judge(chain.chair, chain.board_chair, result, kind="reached", reason="", key=key())
    with refused(InputError, "figure"):
        reporting.judge(chain.chair, chain.board_chair, result, kind="reached", reason="Ja", value="x", key=key())
    with refused(RightError, "may_not_judge"):  # the seat of somebody else
        reporting.judge(chain.secretary, chain.board_chair, result, kind="reached", reason="Ja", key=key())
    chain.owner.may_decide = True
    chain.owner.save()
    with refused(RightError, "may_not_judge"):  # the owner, who may decide
        reporting.judge(chain.owner_actor, chain.owner, result, kind="reached", reason="Ja", key=key())
    assert not Verdict.objects.exists()


def test_the_database_refuses_a_verdict_of_the_owner(chain: Chain) -> None:
    action = chain.action()
    told(chain, action, status="done", text="Klaar")
    result = action.results.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.create(result=result, kind="reached", reason="Ja", given_by=chain.owner, at=action.made_at)


def test_handing_over(chain: Chain) -> None:
    action = chain.action()
    hand_over(chain.secretary, action, owner=chain.platform_chair, key=key())
    assert chain.again(action).owner == chain.platform_chair
    with refused(InputError, "owner"):
        hand_over(chain.secretary, action, owner=chain.platform_chair, key=key())
    with refused(RightError, "not_yours"):
        hand_over(chain.owner_actor, action, owner=chain.owner, key=key())
    person = person_named("Weg", email="", now=action.made_at)
    left = seat_in_body(person, chain.platform, from_day=chain.owner.from_day)
    left.to_day = chain.owner.from_day
    left.save()
    with refused(InputError, "owner"):
        hand_over(chain.secretary, action, owner=left, key=key())


def test_stopping_takes_an_adopted_decision(chain: Chain) -> None:
    action = chain.action()
    pending = chain.tabled(chain.proposal(direct=True))
    with refused(InputError, "stop_needs_decision"):
        stop(chain.secretary, action, decision=pending, key=key())
    stop(chain.secretary, action, decision=chain.decided(direct=True), key=key())
    assert chain.again(action).state == "stopped"
    with refused(StateError, "action_finished"):
        hand_over(chain.secretary, action, owner=chain.platform_chair, key=key())


def test_a_programme_in_versions(chain: Chain) -> None:
    first = chain.action()
    programme = published(chain, first)
    assert programme.state == "published"
    with refused(StateError, "same_version"):
        programmes.publish(chain.secretary, programme, key=key())
    second = chain.action(chain.decided(direct=True), title="Iets anders")
    told(chain, first)
    hand_over(chain.secretary, first, owner=chain.platform_chair, key=key())
    programmes.publish(chain.secretary, programme, key=key())
    one, two = programme.versions.order_by("number")
    assert sha256(two.content.encode()).hexdigest() == two.hash
    found = {row.code: row for row in changes_between(parts_of(one.content), parts_of(two.content))}
    assert found[second.code].kind == "new"
    words = " ".join(found[first.code].words)
    assert chain.platform_chair.person.name in words
    assert "V-01" in words
    assert changes_between(parts_of(two.content), parts_of(two.content)) == ()
    assert [row.kind for row in changes_between(parts_of(two.content), {})] == ["gone", "gone"]


def test_what_a_programme_refuses(chain: Chain) -> None:
    programme = chain.programme()
    with refused(StateError, "nothing_to_publish"):
        programmes.publish(chain.secretary, programme, key=key())
    with refused(RightError, "not_yours"):
        programmes.publish(chain.chair, chain.programme(chain.action()), key=key())
    programmes.publish(chain.secretary, programme, key=key())
    version = programme.versions.get()
    with refused(RightError, "not_yours"):
        programmes.sign_programme(chain.secretary, version, key=key())
    programmes.sign_programme(chain.chair, version, key=key())
    with refused(StateError, "signed_before"):
        programmes.sign_programme(chain.chair, version, key=key())
    with refused(InputError, "year"):
        programmes.make_programme(chain.secretary, chain.world.dossier, year=2190, bodies=[], now=version.made_at)
    version.content = "{}"
    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()


def test_the_account_is_fixed_by_two_people(chain: Chain) -> None:
    programme = chain.programme(chain.action())
    with refused(StateError, "programme_not_published"):
        programmes.prepare_account(chain.secretary, programme, learned="", key=key())
    programmes.publish(chain.secretary, programme, key=key())
    programmes.sign_programme(chain.chair, programme.versions.get(), key=key())
    with refused(RightError, "not_yours"):
        programmes.prepare_account(chain.chair, programme, learned="", key=key())
    with refused(InputError, "too_long"):
        programmes.prepare_account(chain.secretary, programme, learned="x" * 4001, key=key())
    programmes.prepare_account(chain.secretary, programme, learned="Eén ding.", key=key())
    account = Account.objects.select_related("programme__dossier").get()
    with refused(RightError, "not_yours"):
        programmes.freeze(chain.secretary, account, key=key())
    with refused(StateError, "account_state"):
        programmes.present(chain.secretary, account, Meeting.objects.get(), key=key())
    programmes.freeze(chain.chair, account, key=key())
    with refused(StateError, "account_state"):
        programmes.freeze(chain.chair, account, key=key())
    with refused(StateError, "account_state"):
        programmes.prepare_account(chain.secretary, programme, learned="Anders", key=key())
    with refused(StateError, "account_state"):
        programmes.discharge(chain.chair, account, key=key())
    close_meeting(chain.secretary, chain.world.fresh(), key=key())
    programmes.present(chain.secretary, account, Meeting.objects.get(), key=key())
    with refused(RightError, "not_yours"):
        programmes.discharge(chain.secretary, account, key=key())
    programmes.discharge(chain.chair, account, key=key())
    account.refresh_from_db()
    assert account.state == "discharged"
    programme.refresh_from_db()
    assert programme.state == "closed"
    with refused(StateError, "nothing_to_publish"):
        programmes.publish(chain.secretary, programme, key=key())


def test_what_was_fixed_cannot_change_and_its_hash_can_be_made_again(chain: Chain) -> None:
    account = fixed(chain, chain.action())
    assert sha256(account.content.encode()).hexdigest() == account.hash
    # the content is canonical: whoever reads and writes it again gets the same bytes
    assert canonical(json.loads(account.content)) == account.content
    for field, value in (("content", "{}"), ("hash", "0" * 64), ("learned", "Anders")):
        changed = Account.objects.get(pk=account.pk)
        setattr(changed, field, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            changed.save()
    # what happens after it is not in it
    told(chain, Action.objects.get())
    record = record_of(ActionProgramme.objects.get(), code="", now=account.made_at)
    assert record.digest == account.hash
    assert record.content["actions"][0]["reports"] == []


def test_erasing_somebody_leaves_the_hash_and_takes_the_name(chain: Chain) -> None:
    action = chain.action(chain.decided(direct=True))
    chain.programme(action)
    told(chain, action, status="done", text="Klaar")
    reporting.judge(chain.chair, chain.board_chair, action.results.get(), kind="reached", reason="Ja", key=key())
    account, name = fixed(chain), chain.owner.person.name
    content = read_content(account.content)
    assert names_of_seats(seats_in(content))[chain.owner.pk] == name
    assert name not in account.content
    erase_person(chain.secretary, chain.owner.person, now=account.made_at)
    account.refresh_from_db()
    assert sha256(account.content.encode()).hexdigest() == account.hash
    record = record_of(account.programme, code="", now=account.made_at)
    assert record.name(chain.owner.pk) == ERASED
    assert record.name(chain.board_chair.pk) == chain.board_chair.person.name


def test_four_numbers_and_what_they_are_made_of(chain: Chain) -> None:
    one, two = chain.action(), chain.action(chain.decided(direct=True), title="Iets anders")
    programme = chain.programme(one, two)
    told(chain, two, status="done", text="Klaar")
    reporting.judge(chain.chair, chain.board_chair, two.results.get(), kind="not", reason="Nee", key=key())
    actions = actions_of(programme)
    assert counted(actions) == {"thread": (2, 2), "fate": (2, 3), "days": (0, 0), "verdict": (1, 2)}
    numbers = four_numbers(programme, actions=actions)
    assert numbers == {"thread": 1.0, "fate": 0.6667, "days": None, "verdict": 0.5}
    content = account_content(programme, actions=actions, learned="", today=chain.owner.from_day)
    assert content["counted"] == {"thread": [2, 2], "fate": [2, 3], "days": [0, 0], "verdict": [1, 2]}


def test_an_empty_year_counts_nothing(chain: Chain) -> None:
    numbers = four_numbers(chain.programme(), actions=[])
    assert numbers == {"thread": None, "fate": None, "days": None, "verdict": None}


def test_codes_go_as_people_count() -> None:
    assert in_order(["A-10", "A-9", "B-2026-02", "A-1"]) == ["A-1", "A-9", "A-10", "B-2026-02"]

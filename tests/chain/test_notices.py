"""Mails about the chain: each goes out once, in the daytime, when it still makes sense; also after days off."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.db.models import QuerySet
from django.utils import timezone

from offer_world import BEGAN, KEYS, SITE, OfferWorld, consent, laid_before, make_offer_world, somebody
from schakelbord.bodies.models import Membership
from schakelbord.chain import placing, proposals, reporting
from schakelbord.chain.acts import ZONE
from schakelbord.chain.links import read_secret
from schakelbord.chain.models import Notice, Placement
from schakelbord.chain.post.asking import ask_again
from schakelbord.chain.post.notices import plan_notices, plan_round, send_notices, send_round, take_back
from schakelbord.chain.post.waiting import Look, at_eight, to_do
from schakelbord.live.gateway import at
from schakelbord.meetings import posting
from schakelbord.meetings.post_office import ROUNDS


@pytest.fixture
def offers(commands_inline: None, db: None) -> OfferWorld:
    """A decision, and bodies that could take an action of it on."""
    return make_offer_world()


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment on the clock of the country."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=ZONE)


def go_round(now: dt.datetime) -> list[tuple[str, str]]:
    """One round of the post at a moment: to whom about what."""
    before = len(mail.outbox)
    take_back(now)
    plan_notices(now)
    send_notices(site=SITE, now=now)
    return [(message.to[0].partition("@")[0], message.subject) for message in mail.outbox[before:]]


def about(word: str, mails: list[tuple[str, str]]) -> list[str]:
    """Who got a mail with this word in its subject."""
    return [who for who, subject in mails if word in subject]


def test_the_post_office_plans_once_a_round_and_sends_until_nothing_waits(
    offers: OfferWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ROUNDS.index(plan_round) < ROUNDS.index(send_round)
    offers.offered(offers.action())
    monkeypatch.setattr(timezone, "now", lambda: BEGAN)
    assert not plan_round(SITE)
    assert send_round(SITE)
    assert not send_round(SITE)
    assert [message.to[0] for message in mail.outbox if "Een actie voor" in message.subject] == [
        "g.grutto@voorbeeld.example"
    ]


def test_an_offer_is_mailed_once_to_the_secretary_with_a_link_for_them_alone(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    first = go_round(BEGAN + dt.timedelta(minutes=1))
    assert about("Een actie voor", first) == ["g.grutto"]
    assert about("Een actie voor", go_round(BEGAN + dt.timedelta(minutes=2))) == []
    text = next(message.body for message in mail.outbox if "Een actie voor" in message.subject)
    secret = re.search(rf"{SITE}/aanbod/(\S+)", text)
    assert secret
    assert read_secret("offer", secret[1]) == (row.pk, somebody("G. Grutto").pk)
    assert "26 oktober 2026" in text
    assert "Landelijk Overleg Advies en Melden" in text


def test_who_answered_before_the_mail_went_out_gets_none(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    plan_notices(BEGAN)
    placing.answer_by_link(row, somebody("G. Grutto"), takes_on=True, key=next(KEYS))
    done = send_notices(site=SITE, now=BEGAN)
    assert not [message for message in mail.outbox if "Een actie voor" in message.subject]
    assert Notice.objects.get(kind="offer").state == "needless"
    assert done.sent == 0


def test_an_offer_is_reminded_of_and_comes_back_once(offers: OfferWorld) -> None:
    row = offers.offered(offers.action(), answer_by="2026-10-20")
    go_round(BEGAN)
    assert about("Graag antwoord", go_round(local(2026, 10, 17, 7, 59))) == []
    assert about("Graag antwoord", go_round(local(2026, 10, 17, 8, 0))) == ["g.grutto"]
    assert about("Graag antwoord", go_round(local(2026, 10, 19))) == []
    assert Placement.objects.get(pk=row.pk).state == "offered"
    late = go_round(local(2026, 10, 21))
    assert Placement.objects.get(pk=row.pk).state == "unanswered"
    assert about("Geen antwoord van", late) == ["secretary"]
    assert about("Geen antwoord van", go_round(local(2026, 10, 22))) == []
    # Offered again, all of it begins anew.
    with at(local(2026, 10, 22)):
        placing.offer(offers.secretary, row, key=next(KEYS))
    assert about("Een actie voor", go_round(local(2026, 10, 22, 12))) == ["g.grutto"]


def test_an_offer_with_a_day_at_hand_is_not_reminded_of_on_the_same_day(offers: OfferWorld) -> None:
    offers.offered(offers.action(), answer_by="2026-10-06")
    assert about("Graag antwoord", go_round(BEGAN)) == []
    assert about("Graag antwoord", go_round(local(2026, 10, 6, 8))) == ["g.grutto"]


def test_another_secretary_gets_the_question_and_the_old_one_no_more(offers: OfferWorld) -> None:
    row = offers.offered(offers.action())
    plan_notices(BEGAN)
    row.body.secretary = somebody("N. Nachtegaal")
    row.body.save()
    assert about("Een actie voor", go_round(BEGAN + dt.timedelta(hours=1))) == ["n.nachtegaal"]
    assert Notice.objects.get(kind="offer", person=somebody("G. Grutto")).state == "needless"


def test_nothing_goes_out_at_night_and_all_of_it_in_the_morning(offers: OfferWorld) -> None:
    offers.offered(offers.action(), when=local(2026, 10, 5, 20, 30))
    assert go_round(local(2026, 10, 5, 20, 31)) == []
    assert go_round(local(2026, 10, 6, 3)) == []
    assert not Notice.objects.filter(kind="offer").exists()
    assert about("Een actie voor", go_round(local(2026, 10, 6, 8))) == ["g.grutto"]


@pytest.mark.parametrize("changes", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
def test_eight_is_eight_also_when_the_clock_changes(offers: OfferWorld, changes: dt.date) -> None:
    # A reminder three days before the 31st of March or the 3rd of November is due on the very day of the change.
    due = changes + dt.timedelta(days=3)
    offers.offered(offers.action(due="2028-01-01"), when=at_eight(changes - dt.timedelta(days=9)), answer_by=due)
    go_round(at_eight(changes - dt.timedelta(days=9)))
    is_summer = changes.month == 3
    eight = dt.datetime.combine(changes, dt.time(6 if is_summer else 7), dt.UTC)
    assert at_eight(changes) == eight
    assert about("Graag antwoord", go_round(eight - dt.timedelta(minutes=1))) == []
    assert about("Graag antwoord", go_round(eight)) == ["g.grutto"]
    assert about("Graag antwoord", go_round(eight + dt.timedelta(hours=1))) == []
    # The day itself has passed at midnight in the country, an hour or two before that of the world.
    midnight = dt.datetime.combine(due + dt.timedelta(days=1), dt.time(0), ZONE)
    assert midnight.astimezone(dt.UTC).hour == (22 if is_summer else 23)
    assert take_back(midnight - dt.timedelta(minutes=1)) == 0
    assert take_back(midnight) == 1


def test_after_three_days_without_power_each_mail_goes_out_once(offers: OfferWorld) -> None:
    quick, slow = offers.action(), offers.action(title="Elke gemeente heeft een vast nummer")
    offers.offered(quick, answer_by="2026-10-15")
    offers.offered(slow, 1, answer_by="2026-10-20")
    go_round(BEGAN)
    # The server is off from Wednesday the 14th until in the night of Saturday the 17th.
    assert go_round(local(2026, 10, 17, 2)) == []
    assert Placement.objects.get(action=quick).state == "unanswered"
    back = go_round(local(2026, 10, 17, 8))
    assert about("Geen antwoord van", back) == ["secretary"]
    assert about("Graag antwoord", back) == ["b.tapuit"]
    keys = list(Notice.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert go_round(local(2026, 10, 17, 9)) == []
    assert set(Notice.objects.values_list("state", flat=True)) <= {"sent", "needless"}


def test_two_workers_make_and_send_each_mail_once(offers: OfferWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    offers.offered(offers.action())
    assert plan_notices(BEGAN) > 0
    assert plan_notices(BEGAN) == 0
    claim = posting.claim
    taken: list[int] = []

    def in_between(rows: QuerySet[Notice], key: int, *, now: dt.datetime) -> Notice | None:
        found = claim(rows, key, now=now)
        taken.extend([key] if found else [])
        # The other worker comes in between, and finds it taken.
        assert claim(rows, key, now=now) is None
        return found

    monkeypatch.setattr(posting, "claim", in_between)
    done = send_notices(site=SITE, now=BEGAN)
    assert done.sent + done.needless == len(taken) == len(set(taken))
    assert done.sent == len(mail.outbox) > 0


def test_a_mail_that_was_perhaps_sent_is_never_sent_by_itself(offers: OfferWorld) -> None:
    offers.offered(offers.action())
    plan_notices(BEGAN)
    Notice.objects.filter(kind="offer").update(state="sending", due_at=BEGAN)
    assert about("Een actie voor", go_round(BEGAN + dt.timedelta(hours=1))) == []
    assert Notice.objects.get(kind="offer").state == "unsure"


def test_a_mail_server_that_does_not_answer_is_tried_again(offers: OfferWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    offers.offered(offers.action())
    plan_notices(BEGAN)

    def broken(*args: object, **more: object) -> None:
        raise OSError("geen verbinding")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", broken)
        assert send_notices(site=SITE, now=BEGAN).failed > 0
    assert about("Een actie voor", go_round(BEGAN + dt.timedelta(minutes=2))) == ["g.grutto"]


def test_a_report_is_asked_before_it_is_expected_and_not_of_who_wrote_it(offers: OfferWorld) -> None:
    action = offers.action(when=BEGAN)
    # 61 days after the 5th of October is the 5th of December; a week before that is the 28th of November.
    assert about("Hoe gaat het", go_round(local(2026, 11, 27))) == []
    assert about("Hoe gaat het", go_round(local(2026, 11, 28))) == ["i.meeuw"]
    with at(local(2026, 11, 29)):
        reporting.report(None, action, seat=offers.owner, status="on_track", text="Het gaat goed.", key=next(KEYS))
    assert about("Hoe gaat het", go_round(local(2026, 12, 6))) == []
    assert about("Hoe gaat het", go_round(local(2027, 1, 22))) == ["i.meeuw"]


def test_late_and_done_are_told_to_who_can_do_something(offers: OfferWorld) -> None:
    action = offers.action(due="2026-11-10")
    assert about("is voorbij", go_round(local(2026, 11, 10))) == []
    assert about("is voorbij", go_round(local(2026, 11, 11))) == ["i.meeuw"]
    assert about("is voorbij", go_round(local(2026, 11, 12))) == []
    with at(local(2026, 11, 13)):
        reporting.report(None, action, seat=offers.owner, status="done", text="Het is klaar.", key=next(KEYS))
    # Never the owner; everybody who may decide in a body that decided.
    assert about("is gereedgemeld", go_round(local(2026, 11, 13, 10))) == ["l.specht", "a.aalscholver"]


def test_consent_is_asked_once_a_version_and_not_of_who_gave_it(offers: OfferWorld) -> None:
    with at(BEGAN):
        decision = laid_before(offers, "Elke gemeente wijst een regisseur aan.")
        consent(decision, Membership.objects.get(person__name="L. Specht"))
    assert about("Stemt", go_round(BEGAN)) == ["a.aalscholver"]
    assert about("Stemt", go_round(BEGAN + dt.timedelta(hours=1))) == []
    with at(BEGAN + dt.timedelta(hours=2)):
        text = "Elke gemeente wijst twee regisseurs aan."
        proposals.amend(offers.secretary, decision.proposal, text=text, note="Na overleg.", version=1, key=next(KEYS))
    assert sorted(about("Stemt", go_round(BEGAN + dt.timedelta(hours=3)))) == ["a.aalscholver", "l.specht"]


def test_who_is_asked_again_by_hand_hears_once_more_and_only_while_it_waits(offers: OfferWorld) -> None:
    with at(BEGAN):
        decision = laid_before(offers, "Elke gemeente wijst een regisseur aan.")
    assert sorted(about("Stemt", go_round(BEGAN))) == ["a.aalscholver", "l.specht"]
    next_day = BEGAN + dt.timedelta(days=1)
    with at(next_day):
        ask_again(offers.secretary, decision, offers.board, key=next(KEYS))
        ask_again(offers.secretary, decision, offers.platform, key=next(KEYS))
        consent(decision, Membership.objects.get(person__name="L. Specht"))
    assert about("Stemt", go_round(next_day)) == ["a.aalscholver"]


def test_the_week_is_told_on_monday_with_what_waited_then(offers: OfferWorld) -> None:
    action = offers.action()
    offers.offered(action, answer_by="2026-11-30")
    assert about("deze week", go_round(BEGAN)) == []
    assert about("deze week", go_round(local(2026, 10, 11))) == []
    assert about("deze week", go_round(local(2026, 10, 12, 8))) == ["g.grutto"]
    text = mail.outbox[-1].body
    assert action.code in text
    assert "/aanbod/" in text
    assert "/agenda/" in text
    assert about("deze week", go_round(local(2026, 10, 14))) == []
    # The server was off on Monday: told on Wednesday. What came on Tuesday tells nobody of the week.
    offers.offered(action, 1, when=local(2026, 10, 20))
    assert about("deze week", go_round(local(2026, 10, 21))) == ["g.grutto"]
    placing.answer_by_link(
        Placement.objects.get(action=action, body=offers.bodies[0]),
        somebody("G. Grutto"),
        takes_on=True,
        key=next(KEYS),
    )
    assert about("deze week", go_round(local(2026, 10, 26, 8))) == []
    assert to_do(Look(local(2026, 10, 26, 8))) == {}


def test_members_hear_of_decisions_on_the_next_morning(offers: OfferWorld) -> None:
    assert about("Besluiten van", go_round(BEGAN + dt.timedelta(hours=1))) == []
    assert sorted(about("Besluiten van", go_round(local(2026, 10, 6, 8)))) == ["a.aalscholver", "i.meeuw", "l.specht"]
    assert about("Besluiten van", go_round(local(2026, 10, 9))) == []
    assert offers.decision.code in mail.outbox[-1].body


def test_nobody_without_an_address_and_nobody_who_was_erased_gets_a_mail(offers: OfferWorld) -> None:
    offers.offered(offers.action())
    plan_notices(BEGAN)
    person = somebody("G. Grutto")
    person.name, person.email, person.erased_at = "verwijderd", "", BEGAN
    person.save()
    assert about("Een actie voor", go_round(BEGAN + dt.timedelta(minutes=1))) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_kind_of_mail_is_whole_in_both_languages(offers: OfferWorld, language: str) -> None:
    action = offers.action(due="2026-11-10")
    offers.offered(action, answer_by="2026-10-20")
    with at(BEGAN):
        laid_before(offers, "Elke gemeente wijst een regisseur aan.")
    for now in (BEGAN, local(2026, 10, 6), local(2026, 10, 17), local(2026, 10, 21), local(2026, 12, 3)):
        take_back(now)
        plan_notices(now)
        Notice.objects.filter(state="waiting").update(language=language)
        send_notices(site=SITE, now=now)
    kinds = set(Notice.objects.filter(state="sent").values_list("kind", flat=True))
    assert kinds == {"offer", "offer_due", "offer_back", "progress", "late", "endorse", "digest", "decisions"}
    for message in mail.outbox:
        assert ("Beste " in message.body) == (language == "nl")
        assert ("Dear " in message.body) == (language == "en")
        assert "\n\n\n" not in message.body
        assert "%(" not in message.subject + message.body
        assert f"{SITE}/" in message.body

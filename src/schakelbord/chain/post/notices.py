"""Mails about the chain: each made once, and sent once when it still makes sense.

Both may run at any time, in any number of workers, and after any time that the server was off: a notice has a key that
the database keeps once, and is claimed before it is sent.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from schakelbord.accounts.models import User
from schakelbord.bodies.models import Person
from schakelbord.chain.acts import ZONE, day_of
from schakelbord.chain.codes import NoticeKind, PlacementState
from schakelbord.chain.models import Notice, Placement
from schakelbord.chain.placing import take_back_unanswered
from schakelbord.chain.post.waiting import FINDERS, Look, Waiting
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import SchakelbordError
from schakelbord.meetings import posting

MORNING, EVENING = 8, 20
"""Hours on the clock of the country between which mails go out."""
AT_ONCE: Final = 20
CHUNK: Final = 500
THREADS: Final = "/draad/"

log = logging.getLogger(__name__)


def plan_round(site: str) -> bool:
    """The post office looks what came back and what is to be mailed; once a round is enough."""
    now = timezone.now()
    take_back(now)
    plan_notices(now)
    return False


def send_round(site: str) -> bool:
    """The post office sends some of what is due, and again while there is more."""
    return send_notices(site=site, most=AT_ONCE).sent > 0


def take_back(now: dt.datetime) -> int:
    """Offers whose day has passed come back to who made them; gives how many."""
    today, count = day_of(now), 0
    late = Placement.objects.filter(state=PlacementState.OFFERED, answer_by__lt=today)
    for dossier in Dossier.objects.filter(pk__in=late.values("action__decision__proposal__dossier")):
        try:
            count += take_back_unanswered(dossier, today=today, key=f"take-back-{dossier.pk}-{today}")
        except SchakelbordError:
            log.exception("offers of dossier %s could not be taken back now", dossier.pk)
    return count


def plan_notices(now: dt.datetime) -> int:
    """Make the notices that are due and not there yet; gives how many.

    Args:
        now: at night nothing is made, as nothing is sent then.
    """
    if not is_daytime(now):
        return 0
    _know_who_offered()
    look, made = Look(now), 0
    found = [one for finder in FINDERS.values() for one in finder(look) if one.is_mailed and one.since <= now]
    asked = _asked_by_hand(found)
    found = [one for one in found if (last := asked.get((one.kind, one.node, one.row))) is None or last < one.since]
    for start in range(0, len(found), CHUNK):
        part = found[start : start + CHUNK]
        known = set(Notice.objects.filter(key__in=[one.key for one in part]).values_list("key", flat=True))
        missing = [_row(one, now) for one in part if one.key not in known]
        Notice.objects.bulk_create(missing, ignore_conflicts=True)
        made += len(missing)
    return made


def send_notices(*, site: str, now: dt.datetime | None = None, most: int = 200) -> posting.Posted:
    """Send the notices that are due.

    Args:
        site: the address of this installation, without a slash at the end, for the links.
        now: the time; for tests. At night nothing is sent.
        most: how many at once.
    """
    moment = now or timezone.now()
    if not is_daytime(moment):
        return posting.Posted()

    def message(notice: Notice) -> EmailMultiAlternatives | None:
        found = what_waits(notice, now=moment)
        return message_of(notice, found, site=site, now=moment) if found is not None else None

    rows = Notice.objects.select_related("person", "body")
    return posting.send_due(posting.Tray(rows, message), now=moment, most=most)


def what_waits(notice: Notice, *, now: dt.datetime) -> Waiting | None:
    """What a notice is about, as it is now; None when it no longer waits for this person.

    One that somebody asked for has a key of its own: it is needed as long as the same waits for the same person.
    """
    by_hand = notice.kind == NoticeKind.ENDORSE or notice.key.startswith("asked:")
    for one in FINDERS[NoticeKind(notice.kind)](Look(now, row=notice.row)):
        is_it = one.node == notice.node if by_hand else one.key == notice.key
        if is_it and one.person.pk == notice.person_id:
            return one
    return None


def message_of(notice: Notice, one: Waiting, *, site: str, now: dt.datetime) -> EmailMultiAlternatives:
    """The mail of a notice."""
    with override(notice.language):
        context = {"notice": notice, "one": one, "site": site, "threads": THREADS, "today": day_of(now)}
        text = render_to_string("chain/notice.txt", context)
        subject = " ".join(subject_of(one).split())
    return EmailMultiAlternatives(
        subject=subject,
        body=text.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[one.person.email],
        headers={
            "Message-ID": posting.message_id_of(f"bericht-{notice.pk}", notice.made_at),
            "Auto-Submitted": "auto-generated",
        },
    )


def subject_of(one: Waiting) -> str:
    """The subject of a mail, in the language that is on."""
    shown = {
        "body": one.body.called if one.body else "",
        "node": one.node,
        "day": formats.date_format(one.until, "DATE_FORMAT") if one.until else "",
    }
    return {
        NoticeKind.REFERRAL: _("A question for %(body)s: %(node)s"),
        NoticeKind.REFERRAL_DUE: _("Waits for an answer of %(body)s: %(node)s"),
        NoticeKind.ENDORSE: _("Does %(body)s consent? %(node)s"),
        NoticeKind.OFFER: _("An action for %(body)s: %(node)s"),
        NoticeKind.OFFER_DUE: _("Please answer by %(day)s: %(node)s"),
        NoticeKind.OFFER_BACK: _("No answer from %(body)s: %(node)s"),
        NoticeKind.PROGRESS: _("How goes %(node)s?"),
        NoticeKind.LATE: _("The day of %(node)s has passed"),
        NoticeKind.VERDICT: _("%(node)s is reported done: did the result come?"),
        NoticeKind.DIGEST: _("What waits for you this week"),
        NoticeKind.DECISIONS: _("Decisions of %(day)s"),
    }[one.kind] % shown


def is_daytime(now: dt.datetime) -> bool:
    """Whether it is an hour at which one may disturb people."""
    return MORNING <= now.astimezone(ZONE).hour < EVENING


def _row(one: Waiting, now: dt.datetime) -> Notice:
    return Notice(
        key=one.key,
        kind=one.kind,
        person=one.person,
        body=one.body,
        node=one.node,
        row=one.row,
        due_at=one.since,
        made_at=now,
    )


def _asked_by_hand(found: list[Waiting]) -> dict[tuple[str, str, int | None], dt.datetime]:
    """When members were last asked to consent, by the post itself or by hand."""
    nodes = {one.node for one in found if one.kind == NoticeKind.ENDORSE}
    rows = Notice.objects.filter(kind=NoticeKind.ENDORSE, node__in=nodes).values_list("kind", "node", "row")
    return {(kind, node, row): last for kind, node, row, last in rows.annotate(last=Max("made_at"))}


def _know_who_offered() -> None:
    """Whoever made an offer hears when it comes back; for that they are somebody with an address among the people."""
    asked = Placement.objects.filter(state__in=[PlacementState.OFFERED, PlacementState.UNANSWERED])
    for user in User.objects.filter(pk__in=asked.values("decided_by"), person=None):
        address = user.email.lower()
        Person.objects.get_or_create(
            email=address, defaults={"name": user.name, "user": user, "made_at": timezone.now()}
        )

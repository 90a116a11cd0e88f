"""The list of issues: who may read which, narrowed down, in an order that says what waits longest, in one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlencode

from django.db.models import BigIntegerField, Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body
from schakelbord.chain.codes import ReferralState
from schakelbord.chain.models import Referral
from schakelbord.chain.referrals import OPEN
from schakelbord.chain.rights import readable_in_chain
from schakelbord.core.numbers import whole_number
from schakelbord.dossiers.codes import IssueKind, IssueState, Origin, Urgency
from schakelbord.dossiers.models import Issue, Theme

OPEN_ISSUES: Final = "open"
FINISHED: Final = (IssueState.RESOLVED, IssueState.RETURNED, IssueState.PARKED)
ORDERS: Final = (
    ("wacht", _("waits longest first")),
    ("dringend", _("most urgent first")),
    ("nieuw", _("newest first")),
    ("code", _("by code")),
)
LONGEST_TEXT: Final = 100


class Listed(Protocol):
    """An issue in the list, with what is counted beside it."""

    holder_id: int | None
    since: dt.datetime
    open_due: dt.date | None
    open_state: str | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What somebody chose to see. Keys are those of the address; "" and 0 narrow nothing."""

    q: str = ""
    soort: str = ""
    thema: int = 0
    stand: str = ""
    bij: int = 0
    urgentie: str = ""
    herkomst: str = ""
    volgorde: str = ""

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return any((self.q, self.soort, self.thema, self.stand, self.bij, self.urgentie, self.herkomst))

    @property
    def query(self) -> str:
        """As it stands in an address; what narrows nothing is left out."""
        return urlencode({key: value for key, value in self._pairs() if value})

    def _pairs(self) -> Iterator[tuple[str, str | int]]:
        for key in ("q", "soort", "thema", "stand", "bij", "urgentie", "herkomst", "volgorde"):
            yield key, getattr(self, key)


def narrowing_of(given: QueryDict) -> tuple[Narrowing, tuple[str, ...]]:
    """What an address asks for, and the keys whose value nobody knows: those narrow nothing."""
    allowed: dict[str, tuple[str, ...]] = {
        "soort": tuple(IssueKind.values),
        "stand": (OPEN_ISSUES, *IssueState.values),
        "urgentie": tuple(Urgency.values),
        "herkomst": tuple(Origin.values),
        "volgorde": tuple(key for key, _label in ORDERS),
    }
    unknown = tuple(key for key, values in allowed.items() if given.get(key, "") not in {"", *values})
    words = {key: "" if key in unknown else given.get(key, "") for key in allowed}
    theme, body = whole_number(given.get("thema", "")), whole_number(given.get("bij", ""))
    if given.get("thema") and not Theme.objects.filter(pk=theme).exists():
        theme, unknown = 0, (*unknown, "thema")
    if given.get("bij") and not Body.objects.filter(pk=body).exists():
        body, unknown = 0, (*unknown, "bij")
    chosen = Narrowing(
        q=" ".join(given.get("q", "").split())[:LONGEST_TEXT],
        soort=words["soort"],
        thema=theme,
        stand=words["stand"],
        bij=body,
        urgentie=words["urgentie"],
        herkomst=words["herkomst"],
        volgorde=words["volgorde"],
    )
    return chosen, unknown


def issues_of(actor: Actor) -> QuerySet[Issue]:
    """The issues that somebody may read, each with `holder_id`, `since`, `open_due` and `open_state`."""
    steps = Referral.objects.filter(issue=OuterRef("pk"))
    last = steps.exclude(state=ReferralState.DECLINED).order_by("-order")
    is_open = steps.filter(state__in=OPEN)
    return Issue.objects.filter(readable_in_chain(actor)).annotate(
        holder_id=Coalesce(
            Subquery(last.values("to_body_id")[:1]), F("submitted_by_id"), output_field=BigIntegerField()
        ),
        since=Coalesce(Subquery(last.values("made_at")[:1]), F("made_at")),
        open_due=Subquery(is_open.values("due")[:1]),
        open_state=Subquery(is_open.values("state")[:1]),
    )


def narrowed(rows: QuerySet[Issue], by: Narrowing) -> QuerySet[Issue]:
    """The rows that somebody chose to see, in the order they chose."""
    exact = {"kind": by.soort, "urgency": by.urgentie, "origin": by.herkomst, "holder_id": by.bij, "themes": by.thema}
    found = rows.filter(**{key: value for key, value in exact.items() if value})
    if by.stand == OPEN_ISSUES:
        found = found.exclude(state__in=FINISHED)
    elif by.stand:
        found = found.filter(state=by.stand)
    if by.q:
        words = Q(code__iexact=by.q)
        for field in ("statement", "happened", "stuck", "tried", "would_help"):
            words |= Q(**{f"{field}__icontains": by.q})
        found = found.filter(words)
    return _ordered(found, by.volgorde)


def _ordered(rows: QuerySet[Issue], order: str) -> QuerySet[Issue]:
    if order == "code":
        return rows.order_by("kind", "pk")
    if order == "nieuw":
        return rows.order_by("-made_at", "-pk")
    over = Case(When(state__in=FINISHED, then=Value(1)), default=Value(0), output_field=IntegerField())
    urgency = Case(
        *(When(urgency=value, then=Value(rank)) for rank, value in enumerate(Urgency.values)),
        output_field=IntegerField(),
    )
    if order == "dringend":
        return rows.order_by(over, urgency, F("since"), "pk")
    return rows.order_by(over, F("since"), "pk")

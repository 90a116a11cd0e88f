"""Which bodies fit an action: rows of the database put to `matching`, and what the rows themselves say for and against.

The order is advice. That no body fits is never concluded here: somebody says so, with a reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, cast

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import formats
from django.utils.translation import override

from schakelbord.bodies.models import Body, Membership
from schakelbord.chain.codes import PlacementState
from schakelbord.chain.models import Action, Placement
from schakelbord.chain.rights import held_on
from schakelbord.engine.text import Text
from schakelbord.errors import Language
from schakelbord.live.journal import JsonValue, Payload
from schakelbord.matching.index import Index
from schakelbord.matching.model import Body as AskedBody
from schakelbord.matching.model import Earlier, Jurisdiction, Layer, Reason, Wanted
from schakelbord.matching.reasons import every

SHOWN: Final = 5
MOST_EARLIER: Final = 500
YEAR: Final = dt.timedelta(days=365)


class Standing(StrEnum):
    """How well a body fits, in a word."""

    BEST = "best"
    PARTLY = "partly"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body in the order of fit, from 1."""

    body: Body
    rank: int
    score: float
    standing: Standing
    reasons: tuple[Reason, ...]

    def as_fit(self) -> Payload:
        """What is kept of it with a placement, so that one can see later what was shown."""
        reasons: list[JsonValue] = [
            {"nl": one.says.nl, "en": one.says.en, "for": one.speaks_for} for one in self.reasons
        ]
        return {"score": self.score, "standing": str(self.standing), "reasons": reasons}


@dataclass(frozen=True, slots=True)
class Fitting:
    """All bodies that take actions on, the best first.

    `is_clear` is whether one of them stands out; also when not, all of them are here.
    """

    candidates: tuple[Candidate, ...]
    is_clear: bool


def fitting_of(action: Action, *, today: dt.date) -> Fitting:
    """The bodies that could take an action on, in the order of fit, with reasons."""
    rows = {str(row.pk): row for row in _bodies(today)}
    if not rows:
        return Fitting((), is_clear=False)
    index = _index(tuple(_asked(row) for row in rows.values()), _earlier(action))
    found = index.match(_wanted(action), top=len(rows))
    told = _told(rows, today)
    candidates = []
    for rank, fit in enumerate(found.ranked, start=1):
        row = rows[fit.body_id]
        rhythm = every(row.meets_every_days) if row.meets_every_days else None
        about = [Reason(_sentence(one.says), one.speaks_for) for one in fit.reasons if one.says != rhythm]
        standing = Standing.UNCLEAR if not about or not about[0].speaks_for else Standing.PARTLY
        if rank == 1 and not found.no_clear_match:
            standing = Standing.BEST
        own = _own_reasons(row, action, told.get(row.pk, (0, 0)), today)
        candidates.append(Candidate(row, rank, fit.score, standing, (*about, *own)))
    return Fitting(tuple(candidates), is_clear=not found.no_clear_match)


@lru_cache(maxsize=4)
def _index(bodies: tuple[AskedBody, ...], earlier: tuple[Earlier, ...]) -> Index:
    """The index of these bodies; reading all remits takes longer than a question."""
    return Index(bodies, earlier=earlier)


def _bodies(today: dt.date) -> QuerySet[Body]:
    rows = Body.objects.filter(Q(active_to__isnull=True) | Q(active_to__gte=today), accepts_actions=True)
    seats = Membership.objects.filter(held_on(today)).select_related("organisation").order_by("pk")
    return rows.select_related("secretary").prefetch_related(Prefetch("memberships", seats)).order_by("pk")


def _asked(row: Body) -> AskedBody:
    # Organisations and functions: who somebody is says nothing about what a body is for.
    seats = row.memberships.all()
    members = [*(seat.organisation.name for seat in seats if seat.organisation), *(seat.function for seat in seats)]
    return AskedBody(
        id=str(row.pk),
        name=row.name,
        remit=" ".join(part for part in (row.mandate, row.question) if part),
        themes=tuple(str(theme) for theme in row.themes),
        layer=cast("Layer", row.layer),
        jurisdiction=cast("Jurisdiction", row.area),
        members=tuple(dict.fromkeys(name for name in members if name)),
        meets_every_days=row.meets_every_days,
    )


def _wanted(action: Action) -> Wanted:
    harvests = list(
        action.decision.proposal.harvests.select_related("table__theme").prefetch_related("addressees").order_by("pk")
    )
    layers = {body.layer for harvest in harvests for body in harvest.addressees.all()}
    only = layers.pop() if len(layers) == 1 else None
    return Wanted(
        title=action.title,
        desired_result=" ".join([action.told, *(result.text for result in action.results.all())]).strip(),
        theme=". ".join(dict.fromkeys(harvest.table.theme.title for harvest in harvests)),
        layer=cast("Layer | None", only),
    )


def _earlier(action: Action) -> tuple[Earlier, ...]:
    """What bodies said to other actions, the newest of them."""
    rows = Placement.objects.filter(state__in=[PlacementState.ACCEPTED, PlacementState.DECLINED])
    rows = rows.exclude(action=action).select_related("action").prefetch_related("action__results")
    return tuple(
        Earlier(
            text=". ".join([row.action.title, *(result.text for result in row.action.results.all())]),
            body=str(row.body_id),
            accepted=row.state == PlacementState.ACCEPTED,
        )
        for row in rows.order_by("-answered_at", "pk")[:MOST_EARLIER]
    )


def _told(rows: dict[str, Body], today: dt.date) -> dict[int, tuple[int, int]]:
    """By body: how many actions it was offered in the last year, and how many of them it took on."""
    found = Placement.objects.filter(body__in=rows.values(), offered_at__date__gte=today - YEAR)
    counted = found.values("body").annotate(
        offered=Count("pk"), taken=Count("pk", filter=Q(state=PlacementState.ACCEPTED))
    )
    return {row["body"]: (row["offered"], row["taken"]) for row in counted}


def _own_reasons(row: Body, action: Action, told: tuple[int, int], today: dt.date) -> list[Reason]:
    found = []
    if row.meets_every_days:
        rhythm = every(row.meets_every_days)
        is_late = action.due is not None and (action.due - today).days < row.meets_every_days
        if is_late and action.due is not None:
            rhythm = Text(
                nl=f"{rhythm.nl}, dat kan te laat zijn voor {_in_words(action.due, 'nl')}",
                en=f"{rhythm.en}, which may be too late for {_in_words(action.due, 'en')}",
            )
        found.append(Reason(_sentence(rhythm), not is_late))
    offered, taken = told
    if taken:
        actions = ("1 actie", "1 action") if taken == 1 else (f"{taken} acties", f"{taken} actions")
        text = Text(nl=f"Nam het afgelopen jaar {actions[0]} aan", en=f"Took {actions[1]} on in the past year")
        found.append(Reason(text, speaks_for=True))
    elif offered:
        text = Text(nl="Nam het afgelopen jaar geen actie aan", en="Took no action on in the past year")
        found.append(Reason(text, speaks_for=False))
    else:
        found.append(Reason(Text(nl="Neemt acties aan", en="Takes actions on"), speaks_for=True))
    if row.secretary is None or row.secretary.erased_at is not None:
        text = Text(nl="Heeft geen secretaris om het aan te vragen", en="Has no secretary to ask")
        found.append(Reason(text, speaks_for=False))
    return found


def _sentence(text: Text) -> Text:
    return Text(nl=text.nl[:1].upper() + text.nl[1:], en=text.en[:1].upper() + text.en[1:])


def _in_words(day: dt.date, language: Language) -> str:
    with override(language):
        return formats.date_format(day, "DATE_FORMAT")

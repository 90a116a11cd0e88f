"""The legal ground of a task, a channel or a body, in words for a card."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schakelbord.engine.catalogue import Ages, Ground
from schakelbord.errors import Language
from schakelbord.stories.words import DUTIES, LAW_STATUS


@dataclass(frozen=True, slots=True)
class View:
    """One of two readings of a rule that is in dispute."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class GroundWords:
    """A ground as a card shows it. `verified` means that somebody read the article's text on the day `as_of`."""

    name: str
    duty: Promise
    must: bool
    asked: bool
    threshold: str
    purpose: str
    status: Promise
    counts: bool
    verified: bool
    as_of: dt.date | None
    source: str
    contested: tuple[View, ...]


def ground_words(ground: Ground | None, language: Language) -> GroundWords | None:
    """The words of a ground, or None when there is none."""
    if ground is None:
        return None
    return GroundWords(
        name=ground_name(ground),
        duty=DUTIES[ground.duty],
        must=ground.duty == "must",
        asked=ground.asked,
        threshold=ground.threshold.get(language) if ground.threshold else "",
        purpose=ground.purpose.get(language) if ground.purpose else "",
        status=LAW_STATUS[ground.status],
        counts=ground.status != "bill",
        verified=ground.verified,
        as_of=ground.as_of,
        source=ground.source or "",
        contested=tuple(View(row.view.get(language), row.source) for row in ground.contested),
    )


def ground_name(ground: Ground) -> str:
    """Law and article on one line: `Wmo 2015, artikel 5.2.6`."""
    return _("%(law)s, article %(article)s") % {"law": ground.law, "article": ground.article}


def ages_words(ages: Ages | None) -> str:
    """Ages in words: from the first up to and not including the second."""
    if ages is None:
        return ""
    first, end = ages
    if first <= 0 and end >= 120:
        return ""
    if first <= 0:
        return _("until %(end)s years") % {"end": end}
    if end >= 120:
        return _("from %(first)s years") % {"first": first}
    return _("from %(first)s until %(end)s years") % {"first": first, "end": end}

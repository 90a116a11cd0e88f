"""One action as people look at it: its results with their figures, its reports, and what the model says beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from schakelbord.chain.codes import ActionState, VerdictKind
from schakelbord.chain.content import number_of
from schakelbord.chain.models import Action, ActionResult, ProgressReport, Verdict
from schakelbord.chain.year_pages.year import issues_of
from schakelbord.core.languages import current_language, said
from schakelbord.dossiers.models import Issue
from schakelbord.engine.reading import Reading
from schakelbord.engine.remedies import item_of
from schakelbord.engine.story import Story
from schakelbord.errors import InputError
from schakelbord.stories.findings import compare
from schakelbord.stories.library import all_stories, model_of, reading_of


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure on its way from baseline to target. `way` is how far it is, in hundredths of the bar."""

    baseline: str
    target: str
    newest: str
    way: str
    words: str


@dataclass(frozen=True, slots=True)
class ResultCard:
    """A desired result with its figure and its verdict."""

    row: ActionResult
    gauge: Gauge | None
    verdict: Verdict | None
    look: str


@dataclass(frozen=True, slots=True)
class GapCheck:
    """A gap of the thread: whether it closes in the model, and what was seen in practice.

    `in_model` is `closed`, `open`, or `gone` when the reading of today does not have it any more.
    """

    issue: Issue
    title: str
    in_model: str
    url: str


@dataclass(frozen=True, slots=True)
class StoryCheck:
    """A story read again with the repair in place. `trouble` says why that cannot be done."""

    title: str
    url: str
    repairs: tuple[str, ...]
    gaps: tuple[GapCheck, ...]
    summary: str
    trouble: str = ""


def figure(value: object) -> str:
    """A figure as people write it; "" for none."""
    if not isinstance(value, Decimal):
        return ""
    plain = value.normalize()
    decimals = max(0, -int(plain.as_tuple().exponent))
    return formats.number_format(plain, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def cards_of(action: Action) -> tuple[ResultCard, ...]:
    """The results of an action, loaded by `with_all`."""
    looks = {VerdictKind.REACHED: "done", VerdictKind.PARTLY: "talk", VerdictKind.NOT: "late"}
    found = []
    for row in action.results.all():
        verdict = getattr(row, "verdict", None)
        look = looks[VerdictKind(verdict.kind)] if verdict else ""
        found.append(ResultCard(row, gauge_of(row, list(action.reports.all()), verdict), verdict, look))
    return tuple(found)


def gauge_of(row: ActionResult, reports: Sequence[ProgressReport], verdict: Verdict | None) -> Gauge | None:
    """The figure of a result; None when it has no target to go to."""
    if row.target is None:
        return None
    newest = _newest(row, reports, verdict)
    begin, end = row.baseline if row.baseline is not None else Decimal(0), row.target
    way = Decimal(0)
    if newest is not None:
        way = (newest - begin) / (end - begin) if end != begin else Decimal(newest >= end)
    share = min(max(way, Decimal(0)), Decimal(1))
    return Gauge(
        baseline=figure(row.baseline),
        target=figure(row.target),
        newest=figure(newest),
        way=f"{share * 100:.1f}",
        words=_words(newest, begin, end, way),
    )


def _newest(row: ActionResult, reports: Sequence[ProgressReport], verdict: Verdict | None) -> Decimal | None:
    if verdict is not None and verdict.value is not None:
        return verdict.value
    told = [one for one in reports if one.result_id == row.pk and one.value is not None]
    return max(told, key=lambda one: (one.made_at, one.pk)).value if told else None


def _words(newest: Decimal | None, begin: Decimal, end: Decimal, way: Decimal) -> str:
    if newest is None:
        return _("No figure was reported yet.")
    if way >= 1:
        return _("The target is reached: %(newest)s, wanted was %(target)s.") % {
            "newest": figure(newest),
            "target": figure(end),
        }
    if way < 0:
        return _("Further away than at the beginning: %(newest)s, it began at %(begin)s.") % {
            "newest": figure(newest),
            "begin": figure(begin),
        }
    return _("%(share)s%% of the way: now %(newest)s, from %(begin)s to %(target)s.") % {
        "share": int(way * 100),
        "newest": figure(newest),
        "begin": figure(begin),
        "target": figure(end),
    }


def reports_of(action: Action) -> list[tuple[ProgressReport, str]]:
    """The reports in the order in which they came, each with its figure as people write it."""
    rows = sorted(action.reports.all(), key=lambda row: (row.made_at, number_of(row.code)))
    return [(row, figure(row.value)) for row in rows]


def checks_of(action: Action) -> tuple[StoryCheck, ...]:
    """The stories that an action came from, read again with the repair in place; none before it is done."""
    if action.state not in {ActionState.REPORTED_DONE, ActionState.ACCEPTED}:
        return ()
    proposal = action.decision.proposal
    issues = [row for row in issues_of(action) if row.story and row.finding]
    names = dict.fromkeys([*([proposal.story] if proposal.story else []), *(row.story for row in issues)])
    keys = tuple(dict.fromkeys(key.strip() for key in proposal.repair.split(",") if key.strip()))
    stories = all_stories() if names else {}
    return tuple(_check(stories.get(name), name, keys, [row for row in issues if row.story == name]) for name in names)


def _check(story: Story | None, name: str, keys: tuple[str, ...], issues: Sequence[Issue]) -> StoryCheck:
    if story is None:
        return StoryCheck(name, "", (), (), "", _("This story is not published here any more."))
    language = current_language()
    address = reverse("stories:story", args=[story.id])
    title = story.title.get(language)
    if not keys:
        trouble = _("The decision does not name a repair of the model, so that there is nothing to read again.")
        return StoryCheck(title, address, (), _gaps(issues, None, None, address), "", trouble)
    try:
        says = tuple(item_of(key, model_of(story), story).says.get(language) for key in keys)
        before, after = reading_of(story), reading_of(story, keys)
    except InputError as refusal:
        return StoryCheck(title, address, keys, (), "", said(refusal))
    except (KeyError, ValueError, IndexError):
        trouble = _("This story does not know the repair of the decision any more.")
        return StoryCheck(title, address, keys, (), "", trouble)
    query = "&".join(f"reparatie={key}" for key in keys)
    whatif = compare(before, after, keys)
    return StoryCheck(title, f"{address}?{query}", says, _gaps(issues, before, after, address), whatif.summary)


def _gaps(issues: Sequence[Issue], before: Reading | None, after: Reading | None, address: str) -> tuple[GapCheck, ...]:
    if before is None or after is None:
        return ()
    titles = {row.key: row.title.get(current_language()) for row in before.findings}
    left = {row.key for row in after.findings}
    return tuple(
        GapCheck(
            issue=issue,
            title=titles.get(issue.finding, issue.statement),
            in_model="gone" if issue.finding not in titles else "open" if issue.finding in left else "closed",
            url=f"{address}?hiaat={issue.finding}",
        )
        for issue in issues
    )


def in_practice(action: Action) -> tuple[str, str]:
    """What was judged of an action as a whole, with the look of its pill."""
    kinds = [one.verdict.kind for one in action.results.all() if hasattr(one, "verdict")]
    if len(kinds) < len(action.results.all()):
        return pgettext("verdict", "not judged yet"), "waiting"
    if set(kinds) == {VerdictKind.REACHED}:
        return str(VerdictKind.REACHED.label), "done"
    worst = VerdictKind.NOT if VerdictKind.NOT in kinds else VerdictKind.PARTLY
    return str(worst.label), "late" if worst == VerdictKind.NOT else "talk"

"""A thread as its page shows it: knots on one line, above, here and below; seven beads; and a title.

One row is told in full. Where a thread branches the branches stand side by side in one knot, each with its code, so
that nothing is hidden and the line stays one line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import UNDER_WAY, ActionState, Outcome, PlacementState, ProposalState, ReferralState
from schakelbord.chain.models import Action, ActionResult, Decision, ProgressReport, Proposal
from schakelbord.chain.reporting import next_report_by
from schakelbord.chain.threads.thread import Thread, decision_of, text_of
from schakelbord.chain.threads.turns import Turn, days_late, turns_of
from schakelbord.core.languages import current_language
from schakelbord.dossiers.codes import IssueKind, IssueState
from schakelbord.dossiers.models import Issue
from schakelbord.stories.library import all_stories, find_story, reading_of
from schakelbord.stories.words import KIND_ICONS, KINDS
from schakelbord.tables.codes import HarvestState
from schakelbord.tables.models import Harvest

LEVELS: Final = {"issue": 0, "harvest": 2, "proposal": 3, "decision": 3, "action": 4, "report": 5}
PRINTED: Final = 2
"""Knots of one kind that fit on the sheet; the others are named by their codes alone."""
LEDES: Final[dict[str, Promise]] = {
    "issue": gettext_lazy("The thread of one issue: what was said about it, decided and done."),
    "harvest": gettext_lazy("The thread of one harvest: why the table asked this, and what came of it."),
    "proposal": gettext_lazy("The thread of one proposal: where it comes from, and what the bodies did with it."),
    "decision": gettext_lazy("The thread of one decision: where it comes from, and what was done."),
    "action": gettext_lazy("The thread of one action: from the gap that a room saw, to what comes of it."),
    "report": gettext_lazy("The thread of one report: why this is being done, and how it goes."),
}
BEADS: Final[tuple[Promise, ...]] = (
    pgettext_lazy("bead", "gap"),
    pgettext_lazy("bead", "table"),
    pgettext_lazy("bead", "harvest"),
    pgettext_lazy("bead", "decision"),
    pgettext_lazy("bead", "action"),
    pgettext_lazy("bead", "report"),
    pgettext_lazy("bead", "result"),
)


@dataclass(frozen=True, slots=True)
class Bead:
    """One of seven: `gap`, `done`, `wait`, `todo` or `here`."""

    name: str
    tone: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Knot:
    """One place on the line.

    Args:
        kind: says which template shows it.
        motif: drawing beside it.
        row: what is shown.
        more: what belongs to it.
        tone: `raw` for a line that is frayed, `waiting` for one that goes on later.
        is_extra: left out on paper, where `PRINTED` of a kind are shown.
    """

    kind: str
    motif: str
    row: Any = None
    more: dict[str, Any] = field(default_factory=dict)
    tone: str = ""
    is_extra: bool = False

    @property
    def template(self) -> str:
        """Its template."""
        return f"chain/thread_knot_{self.kind}.html"


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """The page of a thread."""

    thread: Thread
    title: str
    lede: str
    up: tuple[Knot, ...]
    here: Knot
    down: tuple[Knot, ...]
    beads: tuple[Bead, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class GapWords:
    """A computed gap as its story has it now: what kind it is, from which day, and how much stays where it is."""

    kind: str
    icon: str
    day: int
    sentence: str
    story_title: str
    seen: int
    needed: int

    @property
    def pieces(self) -> list[str]:
        """A symbol for each piece that is needed: first those that came together somewhere."""
        return ["puzzel"] * self.seen + ["puzzel-leeg"] * (self.needed - self.seen)


def page_of(thread: Thread, *, today: dt.date) -> ThreadPage:
    """The page of a thread on a day."""
    level = LEVELS[thread.kind]
    up = [knot for at, knot in _upstream(thread) if at < level]
    down = [knot for at, knot in _upstream(thread) if at > level]
    here = _here(thread, today)
    down += list(_downstream(thread, today))
    turns = tuple(turns_of(thread, today=today))
    is_over = bool(thread.kind == "issue" and thread.issues[0].state == IssueState.RESOLVED and thread.referrals)
    if not down or (level < LEVELS["proposal"] and not thread.proposals and not is_over):
        down.append(_nothing(turns))
    return ThreadPage(
        thread=thread,
        title=_title(thread),
        lede=str(LEDES[thread.kind]),
        up=_marked(up, after=""),
        here=here,
        down=_marked(down, after=here.kind),
        beads=beads_of(thread, today=today),
        turns=turns,
    )


def beads_of(thread: Thread, *, today: dt.date) -> tuple[Bead, ...]:
    """The short thread."""
    tones = ["gap" if thread.issues else "todo", "done" if thread.tables else "todo"]
    tones.append(_harvest_tone(thread.harvests))
    tones.append(_decision_tone(thread))
    open_ones = [row for row in thread.actions if row.state == ActionState.PROPOSED]
    tones.append("todo" if not thread.actions else "wait" if len(open_ones) == len(thread.actions) else "done")
    late = any(_report_is_late(thread, row, today) for row in thread.actions)
    tones.append("wait" if late else "done" if thread.reports else "todo")
    judged = [_verdict(row) is not None for row in thread.results]
    tones.append("done" if judged and all(judged) else "wait" if any(judged) else "todo")
    place = LEVELS[thread.kind]
    names = [str(name) for name in BEADS]
    if thread.issues and all(row.kind == IssueKind.DILEMMA for row in thread.issues):
        names[0] = str(IssueKind.DILEMMA.label)
    return tuple(
        Bead(name, "here" if at == place else tone, is_here=at == place)
        for at, (name, tone) in enumerate(zip(names, tones, strict=True))
    )


def first_sentence(text: str, longest: int = 120) -> str:
    """The first sentence of a text, cut off when it is long."""
    line = text.strip().partition("\n")[0]
    head, dot, _rest = line.partition(". ")
    return Truncator(head + (dot.strip() if dot else "")).chars(longest)


def gap_words(issue: Issue) -> GapWords | None:
    """What the story of a computed gap says of it now; None when it is told, or the gap is no longer there."""
    story = all_stories().get(issue.story) if issue.finding else None
    if story is None:
        return None
    reading = reading_of(story)
    finding = next((row for row in reading.findings if row.key == issue.finding), None)
    if finding is None:
        return None
    language = current_language()
    need = next((row for row in reading.needs if row.pattern == finding.pattern and row.about == finding.about), None)
    most = max((len(row) for row in need.has.values()), default=0) if need else 0
    return GapWords(
        kind=str(KINDS.get(finding.kind, finding.kind)),
        icon=KIND_ICONS.get(finding.kind, "hiaat"),
        day=finding.day,
        sentence=finding.sentence.get(language),
        story_title=story.title.get(language),
        seen=min(most, need.at_least) if need else 0,
        needed=need.at_least if need else 0,
    )


def _nothing(turns: tuple[Turn, ...]) -> Knot:
    return Knot("nothing", "d-straks", None, {"turn": turns[0] if turns else None})


def _title(thread: Thread) -> str:
    if thread.kind == "issue":
        return thread.issues[0].statement
    if thread.kind == "harvest":
        return thread.harvests[0].assignment or _("A harvest that is still being written")
    if thread.kind in {"proposal", "decision"}:
        return first_sentence(text_of(thread.proposals[0]))
    if thread.kind == "report":
        return first_sentence(_report_here(thread).text)
    return thread.actions[0].title


def _report_here(thread: Thread) -> ProgressReport:
    return next(row for row in thread.reports if row.code == thread.here)


def _here(thread: Thread, today: dt.date) -> Knot:
    if thread.kind == "issue":
        return _issue(thread, thread.issues[0])
    if thread.kind == "harvest":
        return _harvest(thread, thread.harvests[0])
    if thread.kind in {"proposal", "decision"}:
        return _decision(thread, thread.proposals[0])
    if thread.kind == "report":
        return Knot("report", "d-hier", _report_here(thread), {"action": thread.actions[0]})
    return _action(thread, thread.actions[0], today)


def _upstream(thread: Thread) -> Iterator[tuple[float, Knot]]:
    """What lies above the actions, with its level on the line; `here` itself is left out by its level."""
    for issue in thread.issues:
        yield 0, _issue(thread, issue)
    steps = [row for row in thread.referrals if row.answer or row.state != ReferralState.DECLINED]
    if steps:
        yield 1, Knot("referrals", "d-weg", None, {"steps": steps})
    harvests = {row.table_id: row for row in thread.harvests}
    for table in thread.tables:
        yield 1, Knot("table", "d-tafel", table, {
            "quotes": thread.quotes.get(table.pk, []), "counts": thread.counts.get(table.pk),
        })  # fmt: skip
        if table.pk in harvests:
            yield 2, _harvest(thread, harvests[table.pk])
    if thread.beside_proposals:
        yield 2.5, Knot("beside_proposals", "d-tak", None, {
            "rows": [(row, decision_of(row), first_sentence(text_of(row))) for row in thread.beside_proposals],
        })  # fmt: skip
    if thread.direct_reason and not thread.harvests:
        yield 2, Knot("direct", "d-direct", None, {"reason": thread.direct_reason})
    elif not thread.is_whole:
        yield 2, Knot("broken", "d-los", None, {"has_issue": bool(thread.issues), "has_harvest": bool(thread.harvests)})
    if thread.kind not in {"issue", "harvest"}:
        for proposal in thread.proposals:
            yield 3, _decision(thread, proposal)
        if thread.beside_actions:
            yield 3.5, Knot("actions", "d-tak", None, {"rows": thread.beside_actions, "is_beside": True})
        if thread.kind == "report":
            yield 4, Knot("action", "d-actie", thread.actions[0])


def _downstream(thread: Thread, today: dt.date) -> Iterator[Knot]:
    """What came of it: each decision with its actions below it, one action told in full."""
    if thread.kind in {"issue", "harvest"}:
        if len(thread.proposals) > 1:
            yield Knot("fork", "d-tak", None, {"count": len(thread.proposals)})
        for proposal in thread.proposals:
            yield _decision(thread, proposal)
            decision = decision_of(proposal)
            rows = [row for row in thread.actions if decision is not None and row.decision_id == decision.pk]
            yield from _actions(thread, rows, today, told_in_full=len(thread.actions) == 1)
    elif thread.kind in {"proposal", "decision"}:
        yield from _actions(thread, thread.actions, today, told_in_full=len(thread.actions) == 1)
    else:
        yield from _of_action(thread, thread.actions[0], today)
    if thread.accounts:
        yield Knot("accounts", "d-rekenschap", None, {"rows": thread.accounts})


def _actions(thread: Thread, rows: list[Action], today: dt.date, *, told_in_full: bool) -> Iterator[Knot]:
    if told_in_full and rows:
        yield _action(thread, rows[0], today)
        yield from _of_action(thread, rows[0], today)
    elif rows:
        late = {row.pk: days_late(row.due, today) for row in rows if row.state in UNDER_WAY}
        yield Knot("actions", "d-tak", None, {"rows": rows, "late": late})


def _of_action(thread: Thread, action: Action, today: dt.date) -> Iterator[Knot]:
    """Where one action lies, how it goes, and what it brings."""
    placements, reports, results = thread.of_action(action)
    taken = next((row for row in placements if row.state == PlacementState.ACCEPTED), None)
    others = [row for row in placements if row is not taken]
    if placements or action.no_body_reason:
        waits = taken is None and any(row.state == PlacementState.OFFERED for row in others)
        yield Knot(
            "placement",
            ("d-belegging" if others else "d-belegd") if taken else "d-open",
            taken,
            {"others": others, "action": action},
            "waiting" if waits else "",
        )
    told = [row for row in reports if row.code != thread.here]
    expected = next_report_by(action, last=_last_report(reports))
    if told or expected:
        yield Knot(
            "reports",
            "d-verslag" if expected else "d-bericht",
            told[-1] if told else None,
            {
                "earlier": list(reversed(told[:-1])),
                "expected": expected,
                "late": days_late(expected, today),
                "action": action,
            },
            "waiting" if expected else "",
        )
    if results:
        verdicts = [_verdict(row) for row in results]
        reached = all(row is not None and row.kind == "reached" for row in verdicts)
        judged = all(row is not None for row in verdicts)
        yield Knot(
            "results",
            "d-dicht" if reached else "d-straks",
            None,
            {"rows": [_shown(row, reports) for row in results], "is_judged": judged, "action": action},
        )
    if action.state == ActionState.STOPPED:
        yield Knot("stopped", "d-los", action)


@dataclass(frozen=True, slots=True)
class ResultWords:
    """A desired result with the newest figure of it and what was judged."""

    row: ActionResult
    newest: ProgressReport | None
    verdict: Any


def _shown(row: ActionResult, reports: list[ProgressReport]) -> ResultWords:
    figures = [one for one in reports if one.result_id == row.pk and one.value is not None]
    return ResultWords(row, figures[-1] if figures else None, _verdict(row))


def _verdict(row: ActionResult) -> Any:
    return getattr(row, "verdict", None)


def _issue(thread: Thread, issue: Issue) -> Knot:
    is_closed = issue.state == IssueState.RESOLVED
    more = {"gap": gap_words(issue), "recognised": thread.recognised.get(issue.code, 0)}
    return Knot(
        "issue", "d-hiaat" if issue.kind == IssueKind.GAP else "d-dilemma", issue, more, "raw" if not is_closed else ""
    )


def _harvest(thread: Thread, harvest: Harvest) -> Knot:
    is_fixed = harvest.state == HarvestState.CONFIRMED
    results = [row for row in harvest.results.all() if not row.removed]
    quotes = thread.quotes.get(harvest.table_id, []) if thread.kind == "harvest" else []
    more = {"results": results, "quotes": quotes, "counts": thread.counts.get(harvest.table_id)}
    return Knot("harvest", "d-oogst" if is_fixed else "d-open", harvest, more, "" if is_fixed else "waiting")


def _decision(thread: Thread, proposal: Proposal) -> Knot:
    """A proposal, and what the bodies decided about it."""
    decision = decision_of(proposal)
    text = decision.final_text if decision is not None and decision.final_text else text_of(proposal)
    said = {row.body_id: row for row in thread.of_decision(decision)} if decision else {}
    bodies = [(row.body, said.get(row.body_id)) for row in decision.deciding.all()] if decision else []
    is_adopted = decision is not None and decision.is_adopted
    waits = proposal.state in {ProposalState.DRAFT, ProposalState.TABLED}
    newer = next((row for row in thread.replaced_by if row.supersedes_id == proposal.pk), None)
    more = {
        "decision": decision,
        "text": text,
        "bodies": bodies,
        "newer": (newer, decision_of(newer)) if newer else None,
        "heading": _decision_heading(decision, len(bodies)),
        "repair": _repair_words(proposal.story, proposal.repair),
    }
    return Knot("decision", "d-besluit" if is_adopted else "d-open", proposal, more, "waiting" if waits else "")


def _decision_heading(decision: Decision | None, bodies: int) -> str:
    if decision is None:
        return _("A proposal is being written.")
    if decision.outcome == Outcome.PENDING:
        return ngettext("%(count)s body is asked.", "%(count)s bodies are asked.", bodies) % {"count": bodies}
    if decision.outcome == Outcome.REJECTED:
        return _("This was not adopted.")
    if decision.outcome == Outcome.DEFERRED:
        return _("This was put off.")
    in_words = {1: _("One body, one decision."), 2: _("Two bodies, one decision."), 3: _("Three bodies, one decision.")}
    return in_words.get(bodies, _("%(count)s bodies, one decision.") % {"count": bodies})


def _action(thread: Thread, action: Action, today: dt.date) -> Knot:
    _placements, reports, results = thread.of_action(action)
    expected = next_report_by(action, last=_last_report(reports))
    more = {
        "results": results if thread.kind == "action" else [],
        "late": days_late(action.due, today) if action.state in UNDER_WAY else 0,
        "report_late": days_late(expected, today),
    }
    return Knot("action", "d-actie", action, more)


def _last_report(reports: list[ProgressReport]) -> dt.date | None:
    return max((day_of(row.made_at) for row in reports), default=None)


def _report_is_late(thread: Thread, action: Action, today: dt.date) -> bool:
    _placements, reports, _results = thread.of_action(action)
    return bool(days_late(next_report_by(action, last=_last_report(reports)), today))


def _harvest_tone(harvests: list[Harvest]) -> str:
    if not harvests:
        return "todo"
    return "done" if any(row.state == HarvestState.CONFIRMED for row in harvests) else "wait"


def _decision_tone(thread: Thread) -> str:
    if any(row.is_adopted for row in thread.decisions):
        return "done"
    is_open = any(row.state in {ProposalState.DRAFT, ProposalState.TABLED} for row in thread.proposals)
    return "wait" if is_open else "done" if thread.decisions else "todo"


def _marked(knots: list[Knot], *, after: str) -> tuple[Knot, ...]:
    """The same knots; of each kind those beyond what fits on the sheet are marked."""
    seen: dict[str, int] = {}
    found: list[Knot] = []
    for knot in knots:
        seen[knot.kind] = seen.get(knot.kind, 0) + 1
        # The strands at a table come out of a red line only where a gap lies right above it.
        follows = (found[-1].kind if found else after) == "issue"
        tone = "mended" if knot.kind == "table" and not follows else knot.tone
        found.append(replace(knot, tone=tone, is_extra=seen[knot.kind] > PRINTED))
    return tuple(found)


def _repair_words(story_id: str, keys: str) -> str:
    """A repair of a story in words; "" when the story or the repair is not there any more."""
    story = find_story(story_id) if story_id and keys else None
    if story is None:
        return ""
    items = {item.key: item for row in reading_of(story).findings for repair in row.repairs for item in repair.items}
    language = current_language()
    return " ".join(items[key].says.get(language) for key in keys.split(",") if key in items)

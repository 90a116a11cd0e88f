"""The list of decisions of a meeting or of a written round: what was decided, what not yet, and what comes of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, Q
from django.utils import formats, translation
from django.utils.translation import gettext as _

from schakelbord.chain.acts import ZONE, day_of
from schakelbord.chain.codes import ActionState, ProposalState
from schakelbord.chain.decide_pages.decisions import Line, line_of, proposals_with_text, state_words
from schakelbord.chain.models import Action, Decision
from schakelbord.core.languages import current_language
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import Language
from schakelbord.meetings.models import Meeting
from schakelbord.reports.blocks import Block, Document, Facts, Heading, Para
from schakelbord.reports.word_file import docx_of

ROUND: Final = re.compile(r"ronde-(\d{1,9})-(\d{4}-\d{2}-\d{2})", re.ASCII)
WIDE: Final = 72
"""Letters a line in a mail."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where decisions were laid before the bodies: a meeting, or a written round (a dossier and its last day)."""

    code: str
    dossier: Dossier
    meeting: Meeting | None = None
    deadline: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """Its day, on the calendar of the country."""
        if self.meeting is not None:
            return day_of(self.meeting.starts_at)
        return self.deadline or day_of(self.dossier.made_at)

    @property
    def title(self) -> str:
        """What it is called."""
        if self.meeting is not None:
            return self.meeting.title
        return _("In writing, until %(day)s") % {"day": formats.date_format(self.day)}

    @property
    def moment(self) -> dt.datetime:
        """The moment that a file of it names as its own."""
        return dt.datetime.combine(self.day, dt.time(12), ZONE)


@dataclass(frozen=True, slots=True)
class DecisionsList:
    """What was decided on an occasion; `open` is what still lies before the bodies or was withdrawn."""

    occasion: Occasion
    decided: tuple[Line, ...]
    open: tuple[Line, ...]
    actions: dict[int, tuple[Action, ...]]
    supersedes: dict[int, str]


def occasion_of(code: str) -> Occasion | None:
    """The meeting with this code (`M-03`), or the written round (`ronde-1-2026-11-30`); None when there is none."""
    found = ROUND.fullmatch(code)
    if found is None:
        meeting = Meeting.objects.select_related("dossier").filter(code=code.upper()[:12]).first()
        return Occasion(meeting.code, meeting.dossier, meeting) if meeting else None
    dossier = Dossier.objects.filter(pk=int(found[1])).first()
    try:
        day = dt.date.fromisoformat(found[2])
    except ValueError:
        return None
    return Occasion(code, dossier, deadline=day) if dossier else None


def decisions_of(occasion: Occasion, *, today: dt.date, readable: Q | None = None) -> DecisionsList:
    """Everything that lay before the bodies on an occasion, in the order of the codes; six queries.

    Args:
        occasion: where it lay before them.
        today: late is as seen on this day.
        readable: only these proposals; None for all.
    """
    rows = (
        proposals_with_text()
        .filter(Q() if readable is None else readable)
        .exclude(state=ProposalState.DRAFT)
        .order_by("decision__pk")
    )
    if occasion.meeting is not None:
        rows = rows.filter(meeting=occasion.meeting)
    else:
        rows = rows.filter(meeting=None, dossier=occasion.dossier, deadline=occasion.deadline)
    lines = [line_of(row, today=today) for row in rows]
    decisions = [line.decision for line in lines if line.decision]
    shown = Action.objects.exclude(state=ActionState.STOPPED).select_related("owner__person", "body").order_by("pk")
    with_actions = (
        Decision.objects.filter(pk__in=[row.pk for row in decisions])
        .select_related("supersedes")
        .prefetch_related(Prefetch("actions", queryset=shown))
    )
    return DecisionsList(
        occasion,
        tuple(line for line in lines if line.proposal.state == ProposalState.DECIDED),
        tuple(line for line in lines if line.proposal.state != ProposalState.DECIDED),
        {row.pk: tuple(row.actions.all()) for row in with_actions},
        {row.pk: row.supersedes.code for row in with_actions if row.supersedes},
    )


def list_document(found: DecisionsList) -> Document:
    """The list as a document, in the language at hand."""
    title = _("List of decisions: %(title)s") % {"title": found.occasion.title}
    return Document(
        language=current_language(),
        title=title,
        description=_("What the bodies decided, with what each body said and which actions come of it."),
        kicker=found.occasion.meeting.code if found.occasion.meeting else found.occasion.dossier.title,
        notice=_notice(found),
        footer=f"{found.occasion.title} · {formats.date_format(found.occasion.day)}",
        blocks=tuple(_blocks(found)),
    )


def list_docx(found: DecisionsList, language: Language) -> bytes:
    """The list for a word processor; the same list gives the same bytes."""
    with translation.override(language):
        return docx_of(list_document(found), made_at=found.occasion.moment)


def list_text(found: DecisionsList, language: Language) -> str:
    """The list as plain text, to paste in a mail: no mark-up, lines of at most 72 letters where words allow."""
    with translation.override(language):
        document = list_document(found)
    parts = [document.title, "=" * min(len(document.title), WIDE), "", *_folded(document.notice)]
    for block in document.blocks:
        if isinstance(block, Heading):
            line = "-" * min(len(block.text), WIDE) if block.level == 1 else ""
            parts += ["", block.text, *([line] if line else [])]
        elif isinstance(block, Para):
            parts += [row for line in block.text.splitlines() for row in _folded(line)]
        elif isinstance(block, Facts):
            parts += [row for name, value in block.rows for row in _folded(f"{name}: {value}", "  ")]
    return "\n".join(parts).rstrip() + "\n"


def _notice(found: DecisionsList) -> str:
    if not found.decided and not found.open:
        return _("Nothing lay before the bodies here.")
    if found.open:
        return _("This list is not finished: not everything was decided.")
    return _("Everything that lay before the bodies here was decided.")


def _blocks(found: DecisionsList) -> Iterator[Block]:
    if found.decided:
        yield Heading(1, _("Decided"), "besloten")
        for line in found.decided:
            yield from _decision(found, line)
    if found.open:
        yield Heading(1, _("Not decided"), "niet-besloten")
        for line in found.open:
            yield from _decision(found, line)


def _decision(found: DecisionsList, line: Line) -> Iterator[Block]:
    decision = line.decision
    if decision is None:
        return
    yield Heading(2, f"{decision.code}: {line.state_label}", decision.code)
    yield Para(line.text)
    rows = [
        (_("Day"), formats.date_format(day_of(decision.decided_at)) if decision.decided_at else ""),
        (_("Reason"), decision.reason or line.proposal.reason),
        *((side.body.called, _said(line, number)) for number, side in enumerate(line.sides)),
        (_("Replaces"), found.supersedes.get(decision.pk, "")),
        (_("Proposal"), line.proposal.code),
        (_("Fingerprint"), decision.hash[:16]),
    ]
    rows += [(one.code, _action(one)) for one in found.actions.get(decision.pk, ())]
    yield Facts(tuple((name, value) for name, value in rows if value))


def _said(line: Line, number: int) -> str:
    side = line.sides[number]
    words = state_words(side.state)
    if side.said is None:
        return words
    took_part = _("%(present)s of %(members)s members took part") % {
        "present": side.said.present,
        "members": side.deciding.members,
    }
    said = f"{words}, {formats.date_format(day_of(side.said.at))} ({took_part})"
    return f"{said}. “{side.said.reason}”" if side.said.reason else said


def _action(one: Action) -> str:
    parts = [
        one.title,
        one.owner.person.name if one.owner else _("no owner yet"),
        one.body.called if one.body else "",
        _("by %(day)s") % {"day": formats.date_format(one.due)} if one.due else _("no date yet"),
        str(one.get_state_display()),
    ]
    return " · ".join(part for part in parts if part)


def _folded(text: str, indent: str = "") -> list[str]:
    """A line in pieces of at most `WIDE` letters; a word that is longer stays whole, for it may be a link."""
    rows: list[str] = []
    row = ""
    for word in text.split():
        if row and len(row) + 1 + len(word) > WIDE:
            rows.append(row)
            row = indent + word
        else:
            row = f"{row} {word}" if row else word
    return [*rows, row]

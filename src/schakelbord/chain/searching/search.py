"""Search over everything that somebody may read: what goes in the index, and what one finds in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from schakelbord.accounts.actors import Actor, Role
from schakelbord.chain.acts import day_of
from schakelbord.chain.models import Action, ActionResult, Decision, ProgressReport, Proposal, ProposalVersion, Referral
from schakelbord.chain.outside import closed_codes
from schakelbord.chain.rights import dossiers_to_read, may_read_chain, own_actions
from schakelbord.chain.searching.store import (
    MOST_COUNTED,
    Allowed,
    Entry,
    Terms,
    by_code,
    count,
    find,
    forget,
    is_empty,
    keep,
    rebuild,
    words_since,
)
from schakelbord.chain.searching.words import CODE, Piece, Vocabulary, snippet, tokens
from schakelbord.core.languages import current_language
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Issue, Source
from schakelbord.meetings.models import Meeting
from schakelbord.stories.library import all_stories
from schakelbord.tables.codes import ContributionState, HarvestState
from schakelbord.tables.models import Contribution, DesiredResult, Harvest

SHORTEST: Final = 2
LONGEST: Final = 200
A_PAGE: Final = 20
MOST_PAGES: Final = 50
MOST_WORDS: Final = 12
KINDS: Final[dict[str, Promise]] = {
    "issue": _("gaps and dilemmas"),
    "contribution": _("contributions"),
    "harvest": _("harvests"),
    "proposal": _("proposals"),
    "decision": _("decisions"),
    "action": _("actions"),
    "report": _("reports"),
    "source": _("sources"),
    "meeting": _("meetings"),
}
OPEN, INSIDE, SECRETARIAT, OUTSIDE = "open", "inside", "secretariat", "outside"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, with the words one looked for marked."""

    entry: Entry
    title: tuple[Piece, ...]
    body: tuple[Piece, ...]
    kind: Promise | str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to.

    Args:
        asked: what was looked for.
        hits: on this page.
        counts: how many of each kind, whatever kind was asked for.
        total: of the kind that was asked for, or of all.
        is_many: there are more than were counted.
        exact: what has the code that was typed.
        stories: id and title of stories whose title fits.
        nearest: searches that find something, when this one finds nothing.
    """

    asked: str
    hits: tuple[Hit, ...] = ()
    counts: tuple[tuple[str, Promise, int], ...] = ()
    total: int = 0
    is_many: bool = False
    exact: Hit | None = None
    stories: tuple[tuple[str, str], ...] = ()
    nearest: tuple[str, ...] = ()


def search(actor: Actor, asked: str, *, kind: str = "", page: int = 1, today: dt.date) -> Found:
    """What somebody finds.

    Args:
        actor: who looks.
        asked: what they typed; one word of two letters is the shortest.
        kind: only of this kind, "" for all.
        page: from 1.
        today: seats and rights are those of this day.
    """
    shown = " ".join(asked.split())[:LONGEST]
    terms = terms_of(f"{shown} " if asked[-1:].isspace() else shown)
    if not terms.words or len(shown) < SHORTEST:
        return Found(shown)
    allowed = allowed_to(actor, today=today)
    counts = count(terms, allowed)
    total = counts.get(kind, 0) if kind else sum(counts.values())
    rows = find(terms, allowed, kind=kind, start=(page - 1) * A_PAGE, most=A_PAGE) if total else []
    exact = by_code(shown.upper(), allowed) if CODE.fullmatch(shown) else None
    stories = _stories(terms) if page == 1 and not kind else ()
    return Found(
        asked=shown,
        hits=tuple(_hit(row, terms) for row in rows if exact is None or row.key != exact.key),
        counts=tuple((name, words, counts[name]) for name, words in KINDS.items() if counts.get(name)),
        total=total,
        is_many=sum(counts.values()) >= MOST_COUNTED,
        exact=_hit(exact, terms) if exact else None,
        stories=stories,
        nearest=() if counts or stories or exact else _nearest(shown, terms, allowed),
    )


def terms_of(asked: str) -> Terms:
    """The words of a search. The last may go on, unless a space or a sign stands behind it."""
    found = tokens(asked)[:MOST_WORDS]
    is_open = bool(found) and found[-1].end == len(asked) and len(found[-1].word) >= SHORTEST
    return Terms(tuple((one.word, one.stem) for one in found), is_open)


def allowed_to(actor: Actor, *, today: dt.date) -> Allowed:
    """What somebody may find: as much as the pages of a thread, a meeting and a source show them."""
    dossiers = tuple(dossiers_to_read(actor, today).order_by("pk").values_list("pk", flat=True))
    if actor.has(Role.SECRETARY, Role.CHAIR, Role.AUDITOR):
        return Allowed(dossiers, (OPEN, INSIDE, SECRETARIAT))
    if not may_read_chain(actor):
        return Allowed(dossiers, (OPEN, OUTSIDE), closed=closed_codes(dossiers) if dossiers else ())
    return Allowed(dossiers, (OPEN, INSIDE), _own_codes(actor))


def _own_codes(actor: Actor) -> tuple[str, ...]:
    """The actions that somebody owns, or that lie with or were offered to a body they serve."""
    rows = Action.objects.filter(own_actions(actor)).values_list("code", flat=True)
    return tuple(rows.distinct().order_by("code")[:500])


def _hit(entry: Entry, terms: Terms) -> Hit:
    stems = [stem for _word, stem in terms.words]
    prefix = terms.words[-1][0] if terms.prefix else ""
    body = snippet(entry.body, stems, prefix) if entry.body else ()
    return Hit(entry, snippet(entry.title, stems, prefix, longest=160), body, KINDS.get(entry.kind, entry.kind))


def _stories(terms: Terms) -> tuple[tuple[str, str], ...]:
    """Stories with all the words in their title; there are few, so that they need no index."""
    language, found = current_language(), []
    for story in all_stories().values():
        title = story.title.get(language)
        here = tokens(title)
        stems, words = {one.stem for one in here}, [one.word for one in here]
        last = terms.words[-1][0]
        is_all = all(stem in stems for _word, stem in terms.words[:-1])
        fits_last = terms.words[-1][1] in stems or (terms.prefix and any(word.startswith(last) for word in words))
        if is_all and fits_last:
            found.append((story.id, title))
    return tuple(found)


# What is near to a word that is not there.


class _Known:
    """The words of the index in memory, brought up to date before it is asked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last, self._number, self._words = 0, 0, Vocabulary()

    def near(self, word: str) -> list[str]:
        with self._lock:
            fresh, last, number = words_since(self._last)
            if last < self._last or number != self._number + len(fresh):
                self._last, self._words = 0, Vocabulary()
                fresh, last, number = words_since(0)
            self._words.add(fresh)
            self._last, self._number = last, number
            return self._words.near(word)


KNOWN: Final = _Known()


def _nearest(asked: str, terms: Terms, allowed: Allowed) -> tuple[str, ...]:
    """The same search with a word put right; only what this person finds something with, so that it tells no secret."""
    found: list[str] = []
    for at, (word, _stem) in enumerate(terms.words):
        for other in KNOWN.near(word):
            words = [one for one, _stem in terms.words]
            words[at] = other
            tried = " ".join(words)
            if tried not in found and count(terms_of(tried), allowed):
                found.append(tried)
    return tuple(found[:3])


# What goes in the index.


def _issue(row: Issue) -> Entry:
    steps = [f"{one.question} {one.answer} {one.reason}" for one in row.referrals.all()]
    body = _joined(row.happened, row.stuck, row.tried, row.would_help, row.reason, *steps)
    inside = _of_thread("issue", row, row.dossier_id, row.statement, body, moment=row.made_at)
    return replace(inside, level=INSIDE)


def _issue_outside(row: Issue) -> Entry:
    """An issue as an outsider finds it: by its title alone; the rest is what people told each other."""
    shown = _of_thread("issue", row, row.dossier_id, row.statement, "", moment=row.made_at)
    return replace(shown, key=f"issue-outside:{row.pk}", level=OUTSIDE)


def _harvest(row: Harvest) -> Entry | None:
    if row.state == HarvestState.DRAFT or not row.assignment:
        return None
    results = [f"{one.text} {one.for_whom} {one.seen_by}" for one in row.results.all() if not one.removed]
    body = _joined(row.table.theme.title, *results, row.readback_note, row.contested_because)
    return _of_thread("harvest", row, row.table.meeting.dossier_id, row.assignment, body, moment=row.made_at)


def _proposal(row: Proposal) -> Entry:
    texts = [one.text for one in row.versions.all()]
    text = texts[-1] if texts else row.code
    return _of_thread(
        "proposal", row, row.dossier_id, _first(text), _joined(text, row.direct_reason), moment=row.made_at
    )


def _decision(row: Decision) -> Entry:
    texts = [one.text for one in row.proposal.versions.all()]
    text = row.final_text or (texts[-1] if texts else row.code)
    dossier = row.proposal.dossier_id
    return _of_thread(
        "decision", row, dossier, _first(text), _joined(text, row.reason), moment=row.decided_at or row.made_at
    )


def _action(row: Action) -> Entry:
    results = [f"{one.text} {one.for_whom} {one.seen_by}" for one in row.results.all()]
    body = _joined(row.told, *results, row.no_body_reason)
    return _of_thread("action", row, row.decision.proposal.dossier_id, row.title, body, moment=row.made_at)


def _report(row: ProgressReport) -> Entry:
    dossier = row.action.decision.proposal.dossier_id
    return _of_thread("report", row, dossier, _first(row.text), row.text, moment=row.made_at)


def _source(row: Source) -> Entry:
    levels = {Confidentiality.PUBLIC: OPEN, Confidentiality.BODIES: INSIDE}
    level = levels.get(Confidentiality(row.confidentiality), SECRETARIAT)
    day = row.published or day_of(row.made_at)
    address = f"/dossiers/{row.dossier_id}#bron-{row.pk}"
    body = _joined(row.publisher, row.licence, row.url)
    return Entry(f"source:{row.pk}", "source", "", level, row.dossier_id, row.title, body, address, day)


def _meeting(row: Meeting) -> Entry:
    address = f"/bijeenkomsten/{row.pk}"
    day = day_of(row.starts_at)
    return Entry(
        f"meeting:{row.pk}", "meeting", row.code, SECRETARIAT, row.dossier_id, row.title, row.place, address, day
    )


def _contribution(row: Contribution) -> Entry | None:
    """Words at a table are found by who may read the meeting as a whole; never what is hidden or held back."""
    if row.state == ContributionState.HIDDEN or row.is_held:
        return None
    meeting = row.table.meeting
    address = f"/bijeenkomsten/{meeting.pk}/notulen"
    return Entry(
        f"contribution:{row.pk}", "contribution", "", SECRETARIAT, meeting.dossier_id, _first(row.text),
        _joined(row.text, row.source), address, day_of(meeting.starts_at),
    )  # fmt: skip


def _of_thread(kind: str, row: Any, dossier: int, title: str, body: str, *, moment: dt.datetime) -> Entry:
    return Entry(f"{kind}:{row.pk}", kind, row.code, OPEN, dossier, title, body, f"/draad/{row.code}", day_of(moment))


def _first(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(120)


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A kind of row in the index: its name there, its entries, and what is fetched with it."""

    name: str
    entry: Callable[[Any], Entry | None]
    joins: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    beside: Callable[[Any], Entry] | None = None
    """What is found of it by who may not find the entry itself."""

    def entries(self, row: Any) -> Iterator[Entry]:
        """What is in the index of a row."""
        entry = self.entry(row)
        if entry is not None:
            yield entry
        if self.beside is not None:
            yield self.beside(row)


INDEXED: Final[dict[Any, Indexed]] = {
    Issue: Indexed("issue", _issue, lists=("referrals",), beside=_issue_outside),
    Harvest: Indexed("harvest", _harvest, ("table__meeting", "table__theme"), ("results",)),
    Proposal: Indexed("proposal", _proposal, lists=("versions",)),
    Decision: Indexed("decision", _decision, ("proposal",), ("proposal__versions",)),
    Action: Indexed("action", _action, ("decision__proposal",), ("results",)),
    ProgressReport: Indexed("report", _report, ("action__decision__proposal",)),
    Source: Indexed("source", _source),
    Meeting: Indexed("meeting", _meeting),
    Contribution: Indexed("contribution", _contribution, ("table__meeting",)),
}
PARTS: Final[dict[type[models.Model], Callable[[Any], Iterator[models.Model]]]] = {
    Referral: lambda row: iter([row.issue]),
    DesiredResult: lambda row: iter([row.harvest]),
    ActionResult: lambda row: iter([row.action]),
    ProposalVersion: lambda row: _with_decision(row.proposal),
}
"""Rows whose words are found at another row."""


def _with_decision(proposal: Proposal) -> Iterator[models.Model]:
    yield proposal
    decision = Decision.objects.filter(proposal=proposal).first()
    if decision is not None:
        yield decision


def after_save(sender: type[models.Model], instance: models.Model, raw: bool = False, **_more: Any) -> None:
    """Bring the index up to date in the transaction in which something is saved. `raw`: a fixture is being loaded."""
    if raw:
        return
    for row in PARTS[sender](instance) if sender in PARTS else (instance,):
        reindex(row)


def reindex(row: models.Model) -> None:
    """Bring what is found of one row up to date."""
    here = INDEXED[type(row)]
    model: Any = type(row)
    fresh = model.objects.select_related(*here.joins).get(pk=row.pk)
    entries = list(here.entries(fresh))
    for entry in entries:
        keep(entry)
    if not entries:
        forget(f"{here.name}:{row.pk}")


def fill_when_empty() -> int:
    """Make the index when nothing is in it yet; gives how many rows it got."""
    return reindex_all() if is_empty() and Issue.objects.exists() else 0


def reindex_all() -> int:
    """Make the index anew; gives how many rows can be found."""
    return rebuild(_entries())


def _entries() -> Iterator[Entry]:
    for model, here in INDEXED.items():
        rows = model.objects.select_related(*here.joins).prefetch_related(*here.lists).order_by("pk")
        for row in rows.iterator(chunk_size=500):
            yield from here.entries(row)

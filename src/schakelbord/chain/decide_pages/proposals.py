"""What the pages of proposals show: what can lie under one, the repair it came from, and how its versions differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schakelbord.chain.models import Proposal, ProposalVersion
from schakelbord.chain.proposals import Piece, difference
from schakelbord.core.languages import current_language
from schakelbord.dossiers.models import Issue
from schakelbord.stories.findings import compare
from schakelbord.stories.library import find_story, reading_of
from schakelbord.stories.words import DECIDER_ORDER, DECIDERS
from schakelbord.tables.codes import HarvestState
from schakelbord.tables.models import Harvest

MOST_HARVESTS = 100
LONGEST_REPAIR = 300


@dataclass(frozen=True, slots=True)
class RepairOrigin:
    """A repair of a story as it would become a proposal: its cost, who decides it, what it closes and opens.

    `keys` are those of its items with commas between; `issues` the gaps it closes that lie in a dossier already.
    """

    story: str
    title: str
    keys: str
    items: tuple[str, ...]
    cost: int
    decided_by: Promise
    needs_law: bool
    closes: tuple[str, ...]
    total: int
    opens: int
    issues: tuple[Issue, ...]

    @property
    def text(self) -> str:
        """The words to begin a proposal with."""
        return " ".join(self.items)

    @property
    def reason(self) -> str:
        """Why such a proposal has no harvest."""
        return _("A repair that the story “%(title)s” shows.") % {"title": self.title}

    @property
    def path(self) -> str:
        """Where the story shows it."""
        return f"/verhalen/{self.story}?reparatie={self.keys}"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with what changed since the one before; `pieces` is empty for the first."""

    version: ProposalVersion
    pieces: tuple[Piece, ...]


def repair_origin(story_id: str, keys: str) -> RepairOrigin | None:
    """What a repair of a story is and does; None when the story or the repair is not there any more."""
    story = find_story(story_id) if story_id else None
    wanted = tuple(dict.fromkeys(part for part in keys.split(",") if part))
    if story is None or not wanted or len(keys) > LONGEST_REPAIR:
        return None
    before = reading_of(story)
    items = {item.key: item for row in before.findings for repair in row.repairs for item in repair.items}
    if any(key not in items for key in wanted):
        return None
    chosen, language = [items[key] for key in wanted], current_language()
    after = reading_of(story, wanted)
    found = compare(before, after, wanted)
    heaviest = max((item.decider for item in chosen), key=DECIDER_ORDER.index)
    return RepairOrigin(
        story=story.id,
        title=story.title.get(language),
        keys=",".join(wanted),
        items=tuple(item.says.get(language) for item in chosen),
        cost=sum(item.cost for item in chosen),
        decided_by=DECIDERS[heaviest],
        needs_law=any(item.needs_law for item in chosen),
        closes=tuple(row.sentence.get(language) for row in before.findings if row.key in found.closed),
        total=found.total,
        opens=found.opened,
        issues=tuple(Issue.objects.filter(story=story.id, finding__in=found.closed).order_by("pk")),
    )


def harvests_to_choose(meeting_code: str, chosen: Sequence[str]) -> list[Harvest]:
    """Confirmed harvests: those that were asked for first, then of the meeting, or the newest."""
    rows: QuerySet[Harvest] = (
        Harvest.objects.select_related("table__theme", "table__meeting")
        .prefetch_related("results", "proposals")
        .filter(Q(state=HarvestState.CONFIRMED) | Q(code__in=chosen))
        .order_by("-pk")
    )
    if meeting_code:
        rows = rows.filter(Q(table__meeting__code=meeting_code) | Q(code__in=chosen))
    found = list(rows[:MOST_HARVESTS])
    return sorted(found, key=lambda row: (row.code not in chosen, -row.table.meeting_id, row.table.number))


def version_rows(proposal: Proposal) -> list[VersionRow]:
    """All versions, the newest first, each with what it changed."""
    rows = list(proposal.versions.select_related("made_by").order_by("number"))
    found = [
        VersionRow(row, difference(rows[place - 1].text, row.text) if place else ()) for place, row in enumerate(rows)
    ]
    return found[::-1]

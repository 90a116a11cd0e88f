"""A story on paper as plain data: what stands on which page, ready to be set in type. Texts are in one language."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.errors import Language


@dataclass(frozen=True, slots=True)
class PaperGap:
    """A gap in a table. `mended` says when it is in time now; `recognised` and `status` only when a room said so.

    `told` is true for a gap that people told, false for one that was computed.
    """

    key: str
    number: int
    title: str
    sentence: str
    between: str
    kind: str
    since: str
    mended: str = ""
    told: bool = False
    recognised: str = ""
    status: str = ""
    assigned: str = ""


@dataclass(frozen=True, slots=True)
class PaperChannel:
    """A line on the stage. `ground` is empty when there is none."""

    id: str
    from_: str
    to: str
    ground: str
    works: str
    paper: bool


@dataclass(frozen=True, slots=True)
class PaperActor:
    """Somebody on the stage, with what there is to say about it now."""

    id: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class PaperRing:
    """One ring: who plays a part now, who is quiet, and how many are folded away for each place."""

    name: str
    actors: tuple[PaperActor, ...]
    quiet: tuple[PaperActor, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperScene:
    """One scene: a picture page and a list page. `picture` is an SVG, `alt` says in words what it shows."""

    number: int
    title: str
    kicker: str
    told: tuple[str, ...]
    question: str
    picture: str
    alt: str
    gaps: tuple[PaperGap, ...]
    channels: tuple[PaperChannel, ...]
    rings: tuple[PaperRing, ...]
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class PaperHop:
    """One hop of a message."""

    day: str
    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class PaperAssumption:
    """What a finding rests on, with its standing in words."""

    text: str
    standing: str
    source: str


@dataclass(frozen=True, slots=True)
class PaperRepair:
    """What would mend a gap, who must decide, and when it would be in time."""

    items: tuple[str, ...]
    size: str
    then: str
    on: bool


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """One gap with everything about it."""

    gap: PaperGap
    about: str
    causes: tuple[str, ...]
    hops: tuple[PaperHop, ...]
    stop: str
    outcome: str
    assumptions: tuple[PaperAssumption, ...]
    repairs: tuple[PaperRepair, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A sheet for one table: the gap, the question, room to write."""

    gap: PaperGap
    scene: str
    question: str
    prompts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StoryPaper:
    """A whole story on paper, or one scene of it (`whole` is false then). `facts` are pairs of a name and a value."""

    language: Language
    title: str
    description: str
    kicker: str
    lede: str
    fiction: str
    footer: str
    facts: tuple[tuple[str, str], ...]
    how: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    scenes: tuple[PaperScene, ...]
    sheets: tuple[PaperSheet, ...]
    findings: tuple[PaperFinding, ...]
    everybody: tuple[PaperRing, ...]
    sources: tuple[str, ...]
    words: dict[str, str]
    whole: bool = True

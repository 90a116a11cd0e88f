"""What the big screen shows: one session in, one screen out. It holds no names of people and nothing that was not shown."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.showing.gap_lines import GapLine
from schakelbord.showing.qr import Code, code_of
from schakelbord.stories.page import StoryPage


@dataclass(frozen=True, slots=True)
class Join:
    """How to join: the address as people type it, the code in two groups, and both as a QR code."""

    address: str
    code: str
    qr: Code


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways on that the room chooses between; `share` is in hundredths of all votes."""

    title: str
    text: str
    votes: int
    share: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class WallBranch:
    """A question to the room with its ways on."""

    question: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """One moment of the big screen.

    Args:
        look: `welcome`, `stage`, `table`, `branch`, `pause` or `ended`.
        until: when the clock of the table stops, in milliseconds since 1970; None without a clock.
    """

    room: int
    seq: int
    title: str
    look: str
    is_black: bool
    spotlight: bool
    page: StoryPage
    join: Join | None
    shows_count: bool
    count: int
    gaps: tuple[GapLine, ...]
    question: str
    until: int | None
    branch: WallBranch | None

    @property
    def told(self) -> str:
        """The sentence of this step, else the last one that was told."""
        lines = self.page.scene.told
        now = [line.text for line in lines if line.now]
        return now[-1] if now else (lines[-1].text if lines else "")

    @property
    def say(self) -> str:
        """What the live region says at this moment."""
        return self.page.say if self.look == "stage" else ""

    @property
    def counts(self) -> bool:
        """Whether any gap was recognised, so that the column has a heading."""
        return any(gap.count is not None for gap in self.gaps)

    @property
    def summary(self) -> str:
        """What the repairs that are on change."""
        return str(self.page.whatif.summary) if self.page.whatif.on else ""


def join_of(host: str, path: str, code: str, *, secure: bool) -> Join:
    """How to join at this host; the QR code holds the whole address, people read it without `https://`."""
    scheme = "https" if secure else "http"
    spaced = f"{code[:3]} {code[3:]}"
    return Join(f"{host}{path}", spaced, code_of(f"{scheme}://{host}{path}/{code}"))

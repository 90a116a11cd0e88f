"""What the big screen shows: a session in, a screen out. It holds no names of people and nothing unseen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakelbord.showing.codes import ItemKind, ItemState, Mode, SessionState
from schakelbord.showing.gap_lines import GapLines, gap_lines
from schakelbord.showing.qr import Code, code_of
from schakelbord.showing.selectors import SessionView

VOICE_ICONS: Final[dict[str, str]] = {ItemKind.QUESTION: "vraag", ItemKind.MISSING: "lege-stoel"}
MOST_VOICES: Final = 3


@dataclass(frozen=True, slots=True)
class Join:
    """How to join: the address as people type it, the code in two groups, and both as a QR code."""

    address: str
    code: str
    qr: Code


@dataclass(frozen=True, slots=True)
class WayLine:
    """One of the ways on that the room chooses between; `share` is in hundredths of all votes."""

    label: str
    votes: int
    share: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Something the room said that is no gap, as the presenter showed it: a question, or who was missing."""

    kind: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Wall:
    """One moment of the big screen.

    Args:
        look: `welcome`, `stage`, `table`, `branch`, `pause` or `ended`.
        until: when the clock of the table stops, in milliseconds since 1970; None without a clock.
        count: how many joined; the stream then says how many are there.
    """

    view: SessionView
    look: str
    join: Join | None
    gaps: GapLines
    until: int | None
    ways: tuple[WayLine, ...]
    voices: tuple[Voice, ...]
    count: int

    @property
    def told(self) -> str:
        """The sentence of this step, else the last one that was told."""
        lines = self.view.page.scene.told
        now = [line.text for line in lines if line.now]
        return now[-1] if now else (lines[-1].text if lines else "")

    @property
    def say(self) -> str:
        """What the live region says at this moment."""
        return self.view.page.say if self.look == "stage" else ""


def wall_of(view: SessionView, join: Join | None) -> Wall:
    """The big screen of a session at this moment."""
    until = view.session.question_until
    return Wall(
        view=view,
        look=_look(view),
        join=join,
        gaps=gap_lines(view),
        until=int(until.timestamp() * 1000) if until else None,
        ways=_ways(view),
        voices=voices_of(view),
        count=view.session.participants.count() if view.session.shows_count else 0,
    )


def join_of(address: str, code: str, link: str, *, secure: bool) -> Join | None:
    """How to join at this address; the QR code holds the whole of it, people read it without `https://`."""
    if not code:
        return None
    scheme = "https" if secure else "http"
    return Join(address, f"{code[:3]} {code[3:]}", code_of(f"{scheme}://{address}/{link}"))


def voices_of(view: SessionView) -> tuple[Voice, ...]:
    """What the room said in this scene that is no gap, the latest last."""
    scene = view.page.address.step.scene
    rows = view.session.inbox.filter(state=ItemState.SHOWN, kind__in=VOICE_ICONS, scene=scene).order_by("-made_at")
    found = [Voice(str(ItemKind(row.kind).label), VOICE_ICONS[row.kind], row.published) for row in rows[:MOST_VOICES]]
    return tuple(reversed(found))


def _look(view: SessionView) -> str:
    """Which of its faces the screen shows."""
    session = view.session
    if session.state == SessionState.ENDED:
        return "ended"
    if session.state == SessionState.PREPARED:
        return "welcome"
    if session.mode == Mode.PAUSE:
        return "pause"
    if view.choice is not None and view.choice.is_open:
        return "branch"
    return "table" if session.mode == Mode.TABLE else "stage"


def _ways(view: SessionView) -> tuple[WayLine, ...]:
    """The ways on with their share of the votes."""
    if view.choice is None:
        return ()
    total = sum(way.votes for way in view.choice.ways) or 1
    return tuple(WayLine(way.label, way.votes, round(100 * way.votes / total)) for way in view.choice.ways)

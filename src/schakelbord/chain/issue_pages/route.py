"""The route of an issue as a picture: a lane for each sort of body, the question going up and the answer going back.

Pure: the same issue, steps and day give the same picture. What is expected is drawn apart from what happened, and has a
day only where somebody set one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from schakelbord.bodies.codes import BodyKind
from schakelbord.bodies.models import Body
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import AnswerKind, Direction, ReferralState
from schakelbord.chain.models import Referral
from schakelbord.chain.referrals import OPEN, place_of
from schakelbord.dossiers.codes import IssueState, Origin
from schakelbord.dossiers.models import Issue

PRACTICE: Final = -1
LANES: Final = (2, 1, 0, PRACTICE)
"""From the top of the picture down: board, working groups, platform, practice."""
TOP: Final = 29
LANE: Final = 110
LEFT: Final = 330
RIGHT: Final = 80
WIDTH: Final = 1140
STEP: Final = 104
WIDEST_STEP: Final = 130
LETTER: Final = 7.6
ROOM_FOR_WORDS: Final = 220
ARROW: Final = 8
ICONS: Final = {2: "beraad", 1: "werkgroep", 0: "platform", PRACTICE: "mensen"}
CLASSES: Final = {2: "board", 1: "policy", 0: "policy", PRACTICE: "work"}
KIND_OF: Final = {2: BodyKind.STRATEGIC_BOARD, 1: BodyKind.WORKING_GROUP, 0: BodyKind.PLATFORM}
CHOSEN: Final[dict[str, Promise]] = {
    AnswerKind.DIRECTION: _("direction chosen"),
    AnswerKind.DECISION: _("decision taken"),
    AnswerKind.QUESTION: _("back with a question"),
}
FOUND: Final[dict[str, Promise]] = {
    Origin.COMPUTED: _("found in the story"),
    Origin.TOLD: _("told in the room"),
    Origin.BROUGHT: _("brought in"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Words at a height."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the picture; a name has at most two lines."""

    names: tuple[Line, ...]
    icon: str
    look: str
    y: int

    @property
    def bottom(self) -> int:
        """Where the next lane begins."""
        return self.y + LANE

    @property
    def icon_y(self) -> int:
        """Where its picture begins."""
        return self.y + 41


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the issue was, is or is expected. `look`: `up`, `down`, `now`, `late`, `next`; `end`: text to the left."""

    x: int
    y: int
    look: str
    title: str
    note: str = ""
    end: bool = False

    @property
    def text_x(self) -> int:
        """Where its words begin, or end."""
        return self.x - 24 if self.end else self.x + (32 if self.look in {"now", "late"} else 24)

    @property
    def title_y(self) -> int:
        """The height of its first line: in the middle when there is no second."""
        return self.y - 2 if self.note else self.y + 6

    @property
    def note_y(self) -> int:
        """The height of its second line."""
        return self.y + 18


@dataclass(frozen=True, slots=True)
class Leg:
    """From one stop to the next. `look`: `up`, `down` or `next`; an arrow stands halfway."""

    path: str
    look: str
    arrow: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A body that was asked and said no: a short side way that ends in a cross."""

    path: str
    x: int
    y: int
    title: str

    @property
    def cross(self) -> str:
        """The cross at its end."""
        x, y = self.x, self.y
        return f"M{x - 4} {y - 4}L{x + 4} {y + 4}M{x + 4} {y - 4}L{x - 4} {y + 4}"


@dataclass(frozen=True, slots=True)
class Route:
    """The picture: its size in units of the drawing, and all that is in it."""

    width: int
    lanes: tuple[Lane, ...]
    legs: tuple[Leg, ...]
    stops: tuple[Stop, ...]
    refusals: tuple[Refusal, ...]
    told: str

    @property
    def has_next(self) -> bool:
        """Whether steps are drawn that are still to come."""
        return any(leg.look == "next" for leg in self.legs)


@dataclass(frozen=True, slots=True)
class _Point:
    lane: int
    look: str
    title: str
    note: str = ""
    refused: tuple[str, ...] = ()


def route_of(issue: Issue, steps: Sequence[Referral], *, today: dt.date) -> Route:
    """The picture of an issue.

    Args:
        issue: with `submitted_by`.
        steps: its referrals in their order, with `from_body` and `to_body`.
        today: so that what is late shows as late.
    """
    points = _points(issue, steps, today=today)
    gap = max(STEP, min(WIDEST_STEP, (WIDTH - LEFT - RIGHT) // max(1, len(points) - 1)))
    width = max(WIDTH, LEFT + gap * (len(points) - 1) + RIGHT)
    places = [(LEFT + gap * number, _middle(point.lane)) for number, point in enumerate(points)]
    stops = []
    for number, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        later = enumerate(points[number + 1 :], number + 1)
        following = next((at for at, other in later if other.lane == point.lane), 0)
        at_end = number == len(points) - 1 and x > width - ROOM_FOR_WORDS
        room = (places[following][0] if following else width) - x - 44
        letters = 30 if at_end else max(12, min(30, int(room / LETTER)))
        stops.append(Stop(x, y, point.look, _short(point.title, letters), _short(point.note, letters), end=at_end))
    legs = [
        _leg(start, end, point.look if point.look == "next" else _way(start, end))
        for (start, end), point in zip(pairwise(places), points[1:], strict=True)
    ]
    refusals = [
        _refusal(place, int(lane), name)
        for point, place in zip(points, places, strict=True)
        for lane, name in (one.split(":", 1) for one in point.refused)
    ]
    return Route(width, _lanes(issue, steps), tuple(legs), tuple(stops), tuple(refusals), _told(issue, steps))


def _points(issue: Issue, steps: Sequence[Referral], *, today: dt.date) -> list[_Point]:
    """Practice, who brought it, every body that was asked, and what is expected."""
    taken = [step for step in steps if step.state != ReferralState.DECLINED]
    refused = {step.order: f"{place_of(step.to_body)}:{step.to_body.called}" for step in steps if step not in taken}
    is_over = issue.state in {IssueState.RESOLVED, IssueState.RETURNED}
    points = [_Point(PRACTICE, "up", _day(issue.made_at), str(FOUND[issue.origin]))]
    if issue.submitted_by is not None:
        began = steps[0].made_at if steps else issue.made_at
        is_now = not taken and not is_over
        points.append(
            _Point(
                place_of(issue.submitted_by),
                "now" if is_now else "up",
                _since(began) if is_now else _day(began),
                _quoted(taken[0].question) if taken else "",
                _refused_before(refused, taken[0].order if taken else len(steps)),
            )
        )
    for number, step in enumerate(taken):
        after = taken[number + 1].order if number + 1 < len(taken) else len(steps)
        is_now = number == len(taken) - 1 and not is_over
        between = tuple(text for order, text in refused.items() if step.order < order < after)
        following = taken[number + 1] if number + 1 < len(taken) else None
        points.append(_stop(step, following, is_now=is_now, refused=between, today=today))
    if is_over:
        is_home = issue.state == IssueState.RESOLVED
        words = pgettext("issue", "answer at home") if is_home else pgettext("issue", "given back")
        return [*points, _Point(PRACTICE, "down", _day(issue.changed_at), words)]
    return [*points, *_expected(points, taken, today=today)]


def _stop(
    step: Referral, following: Referral | None, *, is_now: bool, refused: tuple[str, ...], today: dt.date
) -> _Point:
    is_open = step.state in OPEN
    if not is_now:
        done = step.answered_at or step.taken_at or step.made_at
        turns = following is None or following.direction == Direction.DOWN
        look = "down" if step.direction == Direction.DOWN or turns else "up"
        return _Point(place_of(step.to_body), look, _day(done), str(CHOSEN.get(step.answer_kind, "")), refused)
    is_late = is_open and step.due < today
    title = _since(step.made_at if is_open else step.answered_at or step.made_at)
    note = str(step.get_state_display()) if is_open else str(CHOSEN.get(step.answer_kind, ""))
    return _Point(place_of(step.to_body), "late" if is_late else "now", title, note, refused)


def _expected(points: Sequence[_Point], taken: Sequence[Referral], *, today: dt.date) -> list[_Point]:
    """The way home of an answer: down the lanes that the question came up through."""
    if not taken:
        return []
    here, last = points[-1].lane, taken[-1]
    way = sorted({point.lane for point in points[1:] if point.lane < here} | {PRACTICE}, reverse=True)
    first, since = gettext("no day yet"), ""
    if last.state in OPEN and last.due < today:
        # On two lines: on one it would not fit in the picture.
        first, since = pgettext("route", "late"), gettext("since %(day)s") % {"day": _plain(last.due)}
    elif last.state in OPEN:
        first = gettext("expected %(day)s") % {"day": _plain(last.due)}
    titles = [first, *[pgettext("route", "after that")] * (len(way) - 1)]
    notes = [since, *[""] * (len(way) - 2), gettext("answer at home")] if len(way) > 1 else [gettext("answer at home")]
    return [_Point(lane, "next", title, note) for lane, title, note in zip(way, titles, notes, strict=True)]


def _refused_before(refused: dict[int, str], first: int) -> tuple[str, ...]:
    return tuple(text for order, text in refused.items() if order < first)


def _lanes(issue: Issue, steps: Sequence[Referral]) -> tuple[Lane, ...]:
    seen: dict[int, list[str]] = {}
    bodies: list[Body] = [step.to_body for step in steps]
    if issue.submitted_by is not None:
        bodies.insert(0, issue.submitted_by)
    for body in bodies:
        names = seen.setdefault(place_of(body), [])
        if body.called not in names:
            names.append(body.called)
    lanes = []
    for lane in LANES:
        names = seen.get(lane, [])
        kind = KIND_OF.get(lane)
        general = capfirst(str(kind.label)) if kind else gettext("Practice")
        top = TOP + LANE * LANES.index(lane)
        shown = [_short(name, 28) for name in names] or [general]
        if len(shown) > 2:
            shown = [general, gettext("%(count)s bodies") % {"count": len(names)}]
        first = top + (61 if len(shown) == 1 else 51)
        lines = tuple(Line(text, first + 20 * number) for number, text in enumerate(shown))
        lanes.append(Lane(lines, ICONS[lane], CLASSES[lane], top))
    return tuple(lanes)


def _leg(start: tuple[int, int], end: tuple[int, int], look: str) -> Leg:
    (x1, y1), (x2, y2) = start, end
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2
    if y1 == y2:
        # Two bodies in one lane: a bow over what stands between them.
        return Leg(f"M{x1} {y1}C{x1} {y1 - 44} {x2} {y2 - 44} {x2} {y2}", look, "")
    # Halfway the curve runs twice as flat as the straight line between its ends.
    length = hypot(2 * (x2 - x1), y2 - y1)
    along_x, along_y = ARROW * 2 * (x2 - x1) / length, ARROW * (y2 - y1) / length
    tip = f"{middle_x + 1.5 * along_x:.1f} {middle_y + 1.5 * along_y:.1f}"
    left = f"{middle_x - along_x + along_y:.1f} {middle_y - along_y - along_x:.1f}"
    right = f"{middle_x - along_x - along_y:.1f} {middle_y - along_y + along_x:.1f}"
    arrow = f"M{tip}L{left}L{right}Z"
    return Leg(f"M{x1} {y1}C{x1} {middle_y:.1f} {x2} {middle_y:.1f} {x2} {y2}", look, arrow)


def _refusal(place: tuple[int, int], lane: int, name: str) -> Refusal:
    x, y = place
    to_y = _middle(lane)
    to_x = x - 46
    path = f"M{x} {y}C{x} {(y + to_y) / 2:.1f} {to_x} {(y + to_y) / 2:.1f} {to_x} {to_y}"
    return Refusal(path, to_x, to_y, gettext("%(body)s did not take it up") % {"body": name})


def _way(start: tuple[int, int], end: tuple[int, int]) -> str:
    return "down" if end[1] > start[1] else "up"


def _told(issue: Issue, steps: Sequence[Referral]) -> str:
    """The picture in words, for who does not see it."""
    taken = [step for step in steps if step.state != ReferralState.DECLINED]
    if not taken:
        words = gettext("The route of %(code)s. No body was asked yet.")
        return words % {"code": issue.code}
    names = " > ".join(step.to_body.called for step in taken)
    if issue.state == IssueState.RESOLVED:
        words = gettext("The route of %(code)s, from practice past: %(bodies)s. The answer is at home.")
    elif taken[-1].direction == Direction.DOWN:
        words = gettext("The route of %(code)s, from practice past: %(bodies)s. The answer is on its way back.")
    else:
        words = gettext("The route of %(code)s, from practice past: %(bodies)s. It waits there for an answer.")
    return words % {"code": issue.code, "bodies": names}


def _middle(lane: int) -> int:
    return TOP + LANE * LANES.index(lane) + LANE // 2


def _day(moment: dt.datetime) -> str:
    return _plain(day_of(moment))


def _plain(day: dt.date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def _since(moment: dt.datetime) -> str:
    return gettext("now, since %(day)s") % {"day": _day(moment)}


def _quoted(text: str) -> str:
    return f"“{_short(text, 26)}”"


def _short(text: str, letters: int) -> str:
    return Truncator(" ".join(text.split())).chars(letters)

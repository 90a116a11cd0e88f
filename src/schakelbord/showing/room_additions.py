"""What the room added, as the stage draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from django.utils.translation import override

from schakelbord.drawing.additions import AddedActor, AddedChannel, AddedDoll, AddedGap, Additions, Life
from schakelbord.drawing.states import NO_TEXT
from schakelbord.engine.text import Text
from schakelbord.showing.codes import AdditionKind, GapState
from schakelbord.showing.models import Addition, RoomGap
from schakelbord.stories.timeline import Step


def additions_at(
    step: Step, rows: Iterable[Addition], gaps: Iterable[RoomGap], *, counts: Mapping[int, int], lit: str = ""
) -> Additions:
    """What was added up to a step.

    Args:
        step: the step that is shown.
        rows: the additions of a session that were not taken off.
        gaps: its gaps that were not taken off, told ones and the lives of computed ones.
        counts: how many recognise a gap, by the key of its row.
        lit: key of the gap that is in the light.
    """
    here = [row for row in rows if (row.scene, row.beat) <= (step.scene, step.beat)]
    told = [gap for gap in gaps if gap.is_told and (gap.scene, gap.beat) <= (step.scene, step.beat)]
    made = sorted([*((row.made_at, row.key) for row in here), *((gap.made_at, gap.key) for gap in told)])
    return Additions(
        actors=tuple(_actor(row) for row in here if row.kind == AdditionKind.ORGANISATION),
        channels=tuple(_channel(row) for row in here if row.kind == AdditionKind.CHANNEL),
        gaps=tuple(_gap(gap, counts.get(gap.pk, 0), new=gap.key == lit) for gap in told),
        dolls=tuple(_doll(row) for row in here if row.kind == AdditionKind.DOLL),
        order=tuple(key for _, key in made),
        lives={gap.computed: Life(counts.get(gap.pk, 0), state_text(gap.state)) for gap in gaps if not gap.is_told},
    )


@cache
def state_text(state: str) -> Text:
    """The word for where a gap is in its life, in both languages."""
    label = GapState(state).label
    with override("nl"):
        nl = str(label)
    with override("en"):
        return Text(nl=nl, en=str(label))


def _same(words: str) -> Text:
    """What people wrote is not translated."""
    return Text(nl=words, en=words)


def _actor(row: Addition) -> AddedActor:
    data = row.data
    return AddedActor(row.key, _same(data["name"]), data["ring"], data.get("sector", ""), data.get("icon", ""))


def _channel(row: Addition) -> AddedChannel:
    data = row.data
    return AddedChannel(row.key, data["from"], data["to"], data.get("ground", ""), works=data.get("works", True))


def _doll(row: Addition) -> AddedDoll:
    return AddedDoll(row.key, row.data["name"], row.data["age"], row.data.get("place", ""))


def _gap(gap: RoomGap, count: int, *, new: bool) -> AddedGap:
    return AddedGap(
        key=gap.key,
        number=gap.number,
        kind=gap.kind,
        title=_same(gap.sentence),
        sentence=NO_TEXT,
        between=(gap.between_from, gap.between_to),
        mended=gap.state == GapState.CLOSED,
        count=count,
        status=state_text(gap.state),
        new=new,
    )

"""From a story to a draft. What a story says twice in the same words has not been translated yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import Literal

from schakelbord.editor.content import (
    Consent,
    Content,
    DraftBeat,
    DraftChair,
    DraftDeadline,
    DraftDoll,
    DraftHappening,
    DraftMove,
    DraftPlace,
    DraftRecognised,
    DraftRequest,
    DraftScene,
    DraftSight,
    DraftToldChannel,
    DraftToldGap,
    DraftToldOrganisation,
    Number,
    Words,
)
from schakelbord.engine.story import Beat, Doll, Story, ToldChannel, ToldGap
from schakelbord.engine.text import Text


def draft_of(story: Story) -> Content:
    """The draft of a story, with keys `k1`, `k2` and so on."""
    keys = (f"k{number}" for number in count(1))
    return Content(
        id=story.id,
        title=_words(story.title),
        horizon=story.horizon,
        places=[DraftPlace(next(keys), row.id, _words(row.name), row.region or "", row.kind) for row in story.places],
        dolls=[_doll(doll, story, next(keys)) for doll in story.dolls],
        scenes=[
            DraftScene(next(keys), scene.id, _words(scene.title), [_beat(beat, keys) for beat in scene.beats])
            for scene in story.scenes
        ],
        deadlines=[
            DraftDeadline(next(keys), row.pattern, row.about, row.by, list(row.also)) for row in story.deadlines
        ],
        absent=[DraftChair(next(keys), row.organisation, row.place) for row in story.absent],
    )


def _words(text: Text | None) -> Words:
    if text is None:
        return Words()
    return Words(text.nl, "" if text.en == text.nl else text.en)


def _doll(doll: Doll, story: Story, key: str) -> DraftDoll:
    consent, consent_from = _consent(story.facts.consent.get(doll.id))
    measure = story.facts.measure.get(doll.id)
    return DraftDoll(
        key=key,
        id=doll.id,
        name=doll.name,
        age=doll.age,
        place=doll.place,
        pattern=doll.pattern,
        hue=doll.hue,
        birthday_on_day=doll.birthday_on_day,
        consent=consent,
        consent_from=consent_from,
        acute_from=story.facts.acute_from.get(doll.id),
        measure_from=measure[0] if measure else None,
        measure_until=measure[1] if measure else None,
        from_room=_date(doll.from_room),
    )


def _consent(fact: bool | int | None) -> tuple[Consent, Number]:
    if fact is None:
        return "", None
    if fact is True or fact is False:
        return ("yes" if fact else "no"), None
    return "from", fact


def _beat(beat: Beat, keys: Iterator[str]) -> DraftBeat:
    return DraftBeat(
        key=next(keys),
        day=beat.day,
        say=_words(beat.say),
        ask=_words(beat.ask),
        sees=[DraftSight(next(keys), row.organisation, row.place, row.signal, row.about) for row in beat.sees],
        happens=[DraftHappening(next(keys), row.signal, row.about) for row in beat.happens],
        asks=[DraftRequest(next(keys), row.organisation, row.place, row.of, row.about) for row in beat.asks],
        move=DraftMove(list(beat.move.dolls), beat.move.to) if beat.move else DraftMove(),
        told_organisations=[
            DraftToldOrganisation(next(keys), row.id, _words(row.name), row.ring, row.place or "", _date(row.from_room))
            for row in beat.told_organisations
        ],
        told_channels=[_channel(row, next(keys)) for row in beat.told_channels],
        told_gaps=[_gap(row, next(keys)) for row in beat.told_gaps],
        from_room=_date(beat.from_room),
    )


def _channel(row: ToldChannel, key: str) -> DraftToldChannel:
    works: Literal["practice", "paper"] = "practice" if row.works else "paper"
    return DraftToldChannel(key, row.id, row.from_, row.to, row.ground or "", works, _date(row.from_room))


def _gap(row: ToldGap, key: str) -> DraftToldGap:
    counts = row.recognised
    return DraftToldGap(
        key=key,
        id=row.id,
        says=_words(row.says),
        kind=row.kind or "",
        from_=row.from_ or "",
        to=row.to or "",
        causes=list(row.causes),
        recognised=DraftRecognised(counts.uitvoering, counts.beleid, counts.bestuur, counts.unsaid),
        from_room=_date(row.from_room),
    )


def _date(day: dt.date | None) -> str:
    return day.isoformat() if day else ""

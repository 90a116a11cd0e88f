"""What earlier rooms told and a story keeps, as rows of a new session, so that its room can recognise it too."""

from __future__ import annotations

from schakelbord.engine.story import Beat, Story
from schakelbord.showing.codes import AdditionKind
from schakelbord.showing.models import Addition, RoomGap, Session


def bring_along(session: Session, story: Story) -> None:
    """Make rows of what a story keeps of earlier rooms, at their steps; they are in the story already."""
    number = 0
    for scene, at in enumerate(story.scenes):
        for place, beat in enumerate(at.beats):
            Addition.objects.bulk_create(_additions(session, beat, scene=scene, place=place))
            for gap in beat.told_gaps:
                number += 1
                RoomGap.objects.create(
                    session=session,
                    key=gap.id,
                    number=number,
                    kind=gap.kind or "",
                    between_from=gap.from_ or "",
                    between_to=gap.to or "",
                    sentence=gap.says.nl[:90],
                    from_presenter=True,
                    scene=scene,
                    beat=place,
                    in_story=True,
                    made_at=session.made_at,
                )


def _additions(session: Session, beat: Beat, *, scene: int, place: int) -> list[Addition]:
    rows = [
        (
            AdditionKind.ORGANISATION,
            row.id,
            {"name": row.name.nl, "ring": row.ring, "sector": row.place or "", "icon": ""},
        )
        for row in beat.told_organisations
    ]
    lines = [
        (
            AdditionKind.CHANNEL,
            row.id,
            {"from": row.from_, "to": row.to, "ground": row.ground or "", "works": row.works},
        )
        for row in beat.told_channels
    ]
    return [
        Addition(
            session=session,
            key=key,
            kind=kind,
            data=data,
            scene=scene,
            beat=place,
            in_story=True,
            made_at=session.made_at,
        )
        for kind, key, data in (*rows, *lines)
    ]

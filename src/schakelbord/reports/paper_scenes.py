"""One scene of a story on paper: the stage at the end of the scene, and the same in words."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import segno
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.drawing.states import ChannelState
from schakelbord.reports.clean import breakable, printable
from schakelbord.reports.flat_stage import flat_svg
from schakelbord.reports.story_paper import PaperActor, PaperChannel, PaperGap, PaperRing, PaperScene
from schakelbord.stories.address import Address
from schakelbord.stories.findings import GapRow
from schakelbord.stories.selectors import Moment, gaps_of, scene_words
from schakelbord.stories.stage import Fold, ListRow, Ring, rings_of, stage_of
from schakelbord.stories.timeline import Step, last_day_of, steps_of


@dataclass(frozen=True, slots=True)
class Edition:
    """What makes one printing: the address of the site (empty when there is none) and the version of the story."""

    site: str
    version: str


def end_of_scene(moment: Moment, scene: int) -> Moment:
    """The same story on the last day that a scene tells about."""
    steps = steps_of(moment.story)
    last = [step for step in steps if step.scene == scene][-1]
    day = last_day_of(steps, last, moment.story.horizon)
    address = Address(moment.story.id, last, day, repairs=moment.address.repairs, in_use=moment.address.in_use)
    return replace(moment, address=address)


def paper_scene(moment: Moment, edition: Edition) -> PaperScene:
    """A scene as it stands at a moment."""
    words, stage = scene_words(moment), stage_of(moment)
    drawing = stage.drawing
    address = address_of(moment, edition)
    return PaperScene(
        number=words.number,
        title=breakable(words.title),
        kicker=_("Scene %(number)s of %(count)s · until day %(day)s")
        % {"number": words.number, "count": words.count, "day": moment.address.day},
        told=tuple(breakable(line.text) for line in words.told),
        question=breakable(words.question),
        picture=flat_svg(drawing),
        alt=printable(f"{drawing.title}. {drawing.description}"),
        gaps=tuple(paper_gap(gap.row) for gap in gaps_of(moment).all),
        channels=tuple(_channel(row, moment) for row in stage.state.channels),
        rings=tuple(_ring(ring) for ring in rings_of(stage, moment)),
        address=address,
        code=qr_svg(address) if address else "",
    )


def address_of(moment: Moment, edition: Edition) -> str:
    """Where this version of this scene stands on the screen; empty when the site has no address."""
    if not edition.site:
        return ""
    url = moment.address.with_card(None).url
    return f"{edition.site}{url}&{urlencode({'versie': edition.version})}"


def qr_svg(address: str) -> str:
    """A QR code as a drawing."""
    kept = io.BytesIO()
    segno.make(address, error="m", micro=False).save(kept, kind="svg", border=2, xmldecl=False, omitsize=True)
    return kept.getvalue().decode()


def paper_gap(row: GapRow) -> PaperGap:
    """A computed gap."""
    return PaperGap(
        key=row.key,
        number=row.number,
        title=breakable(row.title),
        sentence=breakable(row.sentence),
        between=breakable(row.between),
        kind=str(row.kind),
        since=day_words(row.day),
        mended=row.then,
    )


def day_words(day: int) -> str:
    """`dag 26`."""
    return _("day %(day)s") % {"day": day}


def step_of_gap(moment: Moment, day: int) -> Step:
    """The last step told by the day on which a gap opened."""
    steps = steps_of(moment.story)
    told = [step for step in steps if step.day <= day]
    return told[-1] if told else steps[0]


def _channel(row: ChannelState, moment: Moment) -> PaperChannel:
    names = moment.names
    return PaperChannel(
        id=row.id,
        from_=breakable(names.instance(row.from_)),
        to=breakable(names.instance(row.to)),
        ground=breakable(row.ground) or _("no legal ground"),
        works=_("on paper only") if row.paper else _("works"),
        paper=row.paper,
    )


def _ring(ring: Ring) -> PaperRing:
    quiet = [row for row in ring.rows if not row.is_doll and _is_quiet(row)]
    return PaperRing(
        name=str(ring.name).capitalize(),
        actors=tuple(_actor(row) for row in ring.rows if row not in quiet),
        quiet=tuple(replace(_actor(row), note="") for row in quiet),
        folded=tuple(_fold(fold) for fold in ring.folds),
    )


def everybody_of(moment: Moment) -> tuple[PaperRing, ...]:
    """All organisations and bodies of a story, ring by ring, whether they play a part or not."""
    found = []
    for ring in rings_of(stage_of(moment), moment)[1:]:
        rows = [*ring.rows, *(row for fold in ring.folds for row in fold.rows)]
        names = sorted({row.name: row for row in rows if not row.absent}.items())
        found.append(
            PaperRing(str(ring.name).capitalize(), (), tuple(replace(_actor(row), note="") for __, row in names), ())
        )
    return tuple(ring for ring in found if ring.quiet)


def _fold(fold: Fold) -> str:
    """How many are folded away: `nog 15 in Gemeente B`."""
    count = len(fold.rows)
    if fold.place:
        words = {"count": count, "place": fold.place}
        return ngettext("%(count)s more in %(place)s", "%(count)s more in %(place)s", count) % words
    return ngettext("%(count)s more", "%(count)s more", count) % {"count": count}


def _is_quiet(row: ListRow) -> bool:
    """Whether there is nothing to tell about somebody now."""
    return not (row.pieces or row.outlines or row.gaps or row.absent)


def _actor(row: ListRow) -> PaperActor:
    notes = [row.note] if row.note else []
    notes += [
        _("%(held)s of %(needed)s pieces for “%(pattern)s”, by day %(by)s")
        % {"held": line.held, "needed": line.needed, "pattern": line.pattern, "by": line.by}
        for line in row.outlines
    ]
    if row.gaps:
        numbers = ", ".join(str(gap.row.number) for gap in row.gaps)
        notes.append(ngettext("gap %(numbers)s", "gaps %(numbers)s", len(row.gaps)) % {"numbers": numbers})
    return PaperActor(row.id, breakable(row.name), breakable("; ".join(notes)))

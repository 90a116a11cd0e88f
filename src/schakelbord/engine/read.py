"""Read a story: compile it, see which needs are met, find the gaps, and say them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from schakelbord import __version__
from schakelbord.engine.areas import area_of
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.compile import Compiled, compile_story
from schakelbord.engine.counterfactuals import Counterfactuals
from schakelbord.engine.findings import Draft, drafts_of, missing_signals
from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.reading import Arrival, Finding, Hop, NeedResult, Reading, Repair
from schakelbord.engine.remedies import apply_items
from schakelbord.engine.remedy_search import RepairSearch
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.ways import hop_of
from schakelbord.engine.wording.assumptions import assumptions_of
from schakelbord.engine.wording.findings import finding_sentence, finding_title
from schakelbord.engine.wording.repairs import repair_note, unsafe_warning
from schakelbord.engine.world import beats_of

ENGINE_VERSION = ".".join(__version__.split(".")[:2])


def read_story(
    story: Story, catalogue: Catalogue, repairs: Sequence[str] = (), *, with_repairs: bool = True
) -> Reading:
    """Compute who knows what when in a story, where it dies and why, and what would repair it.

    Args:
        story: the story.
        catalogue: the system world.
        repairs: keys of repair items that are switched on (`handover:veilig_thuis`).
        with_repairs: whether to search for repairs, which takes longer than all the rest; without it findings have
            none, and no note about them.

    Returns:
        The reading: needs, findings with sentences, paths, assumptions and repairs, and the timeline of arrivals.

    Raises:
        InputError: a key of `repairs` is not one that this story and catalogue know.
    """
    changed, staged = apply_items(catalogue, story, repairs)
    facts = Counterfactuals(compile_story(staged, changed))
    needs = [StoryNeed(row, changed.pattern[row.pattern], facts) for row in staged.deadlines]
    return Reading(
        story=story,
        engine=ENGINE_VERSION,
        catalogue=catalogue.digest,
        needs=tuple(_result(need) for need in needs),
        findings=tuple(_findings(needs, staged, changed, with_repairs=with_repairs)),
        timeline=tuple(_timeline(facts)),
        instances=tuple(one.id for one in facts.compiled.world.instances),
        bodies=_bodies(facts.compiled),
        absent=_absent(staged, changed),
        unseen=tuple(_unseen(staged)),
        repairs=tuple(repairs),
    )


def _result(need: StoryNeed) -> NeedResult:
    mandate = need.mandate()
    holder = need.holder()
    met_on = need.met_on()
    late = not need.met_in_time()
    return NeedResult(
        pattern=need.pattern.id,
        about=need.deadline.about,
        by=need.deadline.by,
        mandate=mandate,
        at_least=need.pattern.at_least,
        met_on=met_on,
        in_time=not late,
        has={instance: need.has(instance) for instance in mandate},
        holder=holder,
        missing=tuple(missing_signals(need, holder)) if late and holder else (),
    )


def _findings(
    needs: Sequence[StoryNeed], story: Story, catalogue: Catalogue, *, with_repairs: bool
) -> Iterator[Finding]:
    """All findings with words, numbered by the day on which they open."""
    found: list[tuple[Draft, tuple[Repair, ...], Text | None]] = []
    for need in needs:
        drafts = drafts_of(need)
        if drafts:
            repairs = RepairSearch(need).best() if with_repairs else ()
            note = repair_note(repairs) if with_repairs else None
            found += [(draft, repairs, note) for draft in drafts]
    found.sort(key=lambda row: row[0].day)
    for number, (draft, repairs, note) in enumerate(found, start=1):
        yield _finding(draft, number, repairs=repairs, note=note, story=story, catalogue=catalogue)


def _finding(
    draft: Draft, number: int, *, repairs: tuple[Repair, ...], note: Text | None, story: Story, catalogue: Catalogue
) -> Finding:
    path = tuple(_marked(hop, draft.pattern, catalogue) for hop in draft.path)
    return Finding(
        key=draft.key,
        number=number,
        kind=draft.kind,
        causes=draft.causes,
        pattern=draft.pattern,
        about=draft.about,
        signal=draft.signals[0] if draft.signals else None,
        signals=draft.signals,
        between=draft.between,
        day=draft.day,
        by=draft.by,
        link=draft.link,
        title=finding_title(draft.kind),
        sentence=finding_sentence(
            kind=draft.kind,
            causes=draft.causes,
            pattern=draft.pattern,
            about=draft.about,
            signals=draft.signals,
            between=draft.between,
            day=draft.day,
            by=draft.by,
            link=draft.link,
            story=story,
            catalogue=catalogue,
        ),
        path=path,
        assumptions=assumptions_of(path=path, link=draft.link, pattern=draft.pattern, story=story, catalogue=catalogue),
        repairs=repairs,
        repair_note=note,
        warnings=tuple(unsafe_warning(hop.by, story, catalogue) for hop in path if hop.unsafe),
    )


def _marked(hop: Hop, pattern: str, catalogue: Catalogue) -> Hop:
    """The hop, marked when its channel may bring danger in this pattern."""
    channel = catalogue.channel.get(hop.by)
    return msgspec.structs.replace(hop, unsafe=True) if channel and pattern in channel.unsafe_for else hop


def _timeline(facts: Counterfactuals) -> list[Arrival]:
    """Every first arrival of every piece, in order of day, organisation, signal."""
    found: list[Arrival] = []
    for doll, network in facts.compiled.networks.items():
        about = facts.about(doll)
        for signal in network.signals:
            ways = about.ways(signal)
            for instance, day in ways.held.items():
                step = ways.last(instance)
                hop = hop_of(step) if step else Hop(link_kind="observation", by="observation", to=instance, day=day)
                found.append(Arrival(day, instance, signal, doll, hop.by, hop.from_, hop.sent))
    return sorted(found, key=lambda row: (row.day, row.organisation, row.signal, row.about))


def _bodies(compiled: Compiled) -> tuple[str, ...]:
    """Every body at every area of its jurisdiction."""
    world = compiled.world
    return tuple(f"{row.id}@{area}" for row in world.catalogue.bodies for area in world.areas(row.jurisdiction))


def _absent(story: Story, catalogue: Catalogue) -> tuple[str, ...]:
    """The empty chairs."""
    found = (area_of(story, catalogue, row.organisation, row.place) for row in story.absent)
    return tuple(one for one in found if one is not None)


def _unseen(story: Story) -> Iterator[tuple[str, str, int]]:
    """What happens and nobody ever sees: signal, doll and day."""
    beats = list(beats_of(story))
    seen = {(row.signal, row.about) for beat in beats for row in beat.sees}
    told: set[tuple[str, str]] = set()
    for beat in sorted(beats, key=lambda row: row.day):
        for row in beat.happens:
            piece = (row.signal, row.about)
            if piece not in seen and piece not in told:
                told.add(piece)
                yield (*piece, beat.day)

"""Cards: what one organisation, body or doll is, may and knows on a day. Of a gap it is the finding (`findings.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from schakelbord.engine.catalogue import BodyType, OrganisationType
from schakelbord.engine.reading import Arrival, NeedResult, Reading
from schakelbord.engine.story import Doll, Story
from schakelbord.stories.grounds import GroundWords, ages_words, ground_words
from schakelbord.stories.hops import HopWords, hops_of
from schakelbord.stories.links import (
    ChannelWords,
    SeatWords,
    carries_words,
    channels_from,
    channels_to,
    queue_words,
    rhythm_words,
    seats_of,
)
from schakelbord.stories.names import Names
from schakelbord.stories.pieces import Holdings, dolls_of, signals_held
from schakelbord.stories.words import BODY_KINDS, DOLL_ICONS, JURISDICTIONS, LAYERS, REQUIREMENTS


@dataclass(frozen=True, slots=True)
class Sight:
    """What a card looks at: the story on one day, with the names of one language."""

    names: Names
    reading: Reading
    holdings: Holdings
    day: int


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task with its ground."""

    name: str
    ages: str
    ground: GroundWords | None


@dataclass(frozen=True, slots=True)
class KnownPiece:
    """A piece that somebody holds, and the way it came."""

    signal: str
    doll: str
    hue: str
    day: int
    hops: tuple[HopWords, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """How many pieces of a pattern the one with the mandate holds: `held` of `needed`, by day `by`."""

    pattern: str
    doll: str
    hue: str
    held: int
    needed: int
    by: int
    met_on: int | None
    in_time: bool
    slots: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """Everything to know about one organisation at one place on one day."""

    id: str
    name: str
    full: str
    layer: Promise
    works_for: Promise
    absent: bool
    queue: str
    tasks: tuple[TaskWords, ...]
    knows: tuple[KnownPiece, ...]
    outlines: tuple[Outline, ...]
    tells: tuple[ChannelWords, ...]
    hears: tuple[ChannelWords, ...]
    seats: tuple[SeatWords, ...]
    template: str = "stories/_card_organisation.html"


@dataclass(frozen=True, slots=True)
class BodyCard:
    """Everything to know about one body."""

    id: str
    name: str
    kind: Promise
    layer: Promise
    works_for: Promise
    rhythm: str
    fictitious: bool
    source: str
    remit: str
    carries: tuple[str, ...]
    ages: str
    requires: tuple[Promise, ...]
    ground: GroundWords | None
    practice: bool
    members: tuple[SeatWords, ...]
    fixed_by: str
    upward: tuple[SeatWords, ...]
    template: str = "stories/_card_body.html"


@dataclass(frozen=True, slots=True)
class KnownAbout:
    """One signal about a doll and who holds it by now."""

    signal: str
    since: int
    holders: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class DollCard:
    """An invented person on one day: age, place, what holds, who knows what."""

    id: str
    name: str
    age: int
    hue: str
    icon: str
    place: str
    birthday: int | None
    facts: tuple[str, ...]
    known: tuple[KnownAbout, ...]
    unseen: tuple[tuple[str, int], ...]
    template: str = "stories/_card_doll.html"


Card = OrganisationCard | BodyCard | DollCard


def card_ids(story: Story, reading: Reading) -> frozenset[str]:
    """Every id in a story that has a card: dolls, organisations, bodies, empty chairs."""
    return frozenset([*(doll.id for doll in story.dolls), *reading.instances, *reading.bodies, *reading.absent])


def card_of(thing: str, sight: Sight) -> Card | None:
    """The card of a doll, an organisation or a body; None when the id has none."""
    doll = next((row for row in sight.names.story.dolls if row.id == thing), None)
    if doll is not None:
        return _doll_card(doll, sight)
    type_id = thing.partition("@")[0]
    organisation = sight.names.catalogue.organisation.get(type_id)
    if organisation is not None:
        return _organisation_card(thing, organisation, sight)
    body = sight.names.catalogue.body.get(type_id)
    return _body_card(thing, body, sight) if body else None


def outlines_of(instance: str, sight: Sight) -> tuple[Outline, ...]:
    """The patterns on which an organisation must act, with the pieces it holds on this day."""
    return tuple(_outline(instance, need, sight) for need in sight.reading.needs if instance in need.mandate)


def known_pieces(instance: str, sight: Sight) -> tuple[KnownPiece, ...]:
    """What an organisation holds on this day, and how it came to know."""
    return tuple(_known(arrival, sight) for arrival in sight.holdings.of(instance, sight.day))


def age_on(doll: Doll, day: int) -> int:
    """The age on a day: one more from the birthday on, and every 365 days after it."""
    if doll.birthday_on_day is None or day < doll.birthday_on_day:
        return doll.age
    return doll.age + 1 + (day - doll.birthday_on_day) // 365


def place_on(story: Story, doll: Doll, day: int) -> str:
    """The id of the place where a doll lives on a day."""
    place = doll.place
    for scene in story.scenes:
        for beat in scene.beats:
            if beat.move and beat.day <= day and doll.id in beat.move.dolls:
                place = beat.move.to
    return place


def _organisation_card(instance: str, row: OrganisationType, sight: Sight) -> OrganisationCard:
    names = sight.names
    return OrganisationCard(
        id=instance,
        name=names.instance(instance),
        full=row.name.get(names.language),
        layer=LAYERS[row.layer],
        works_for=JURISDICTIONS[row.jurisdiction],
        absent=instance in sight.reading.absent,
        queue=queue_words(row.queue),
        tasks=tuple(
            TaskWords(task.name.get(names.language), ages_words(task.ages), ground_words(task.ground, names.language))
            for task in row.tasks
        ),
        knows=known_pieces(instance, sight),
        outlines=outlines_of(instance, sight),
        tells=channels_from(row.id, names),
        hears=channels_to(row.id, names),
        seats=seats_of(row.id, names),
    )


def _body_card(instance: str, row: BodyType, sight: Sight) -> BodyCard:
    names = sight.names
    fixed = row.members_fixed_by
    return BodyCard(
        id=instance,
        name=names.instance(instance),
        kind=BODY_KINDS[row.kind],
        layer=LAYERS[row.layer],
        works_for=JURISDICTIONS[row.jurisdiction],
        rhythm=rhythm_words(row.rhythm),
        fictitious=row.rhythm.fictitious,
        source=row.rhythm.source or "",
        remit=row.remit.get(names.language),
        carries=carries_words(row.carries, names),
        ages=ages_words(row.ages),
        requires=tuple(REQUIREMENTS[need] for need in row.requires),
        ground=ground_words(row.ground, names.language),
        practice=row.works == "practice",
        members=tuple(
            SeatWords(
                member.organisation,
                names.type(member.organisation),
                "",
                fictitious=False,
                practice=member.works == "practice",
            )
            for member in row.members
        ),
        fixed_by=_("%(law)s, article %(article)s") % {"law": fixed.law, "article": fixed.article} if fixed else "",
        upward=tuple(
            SeatWords(step.body, names.type(step.body), "", fictitious=False, practice=step.works == "practice")
            for step in row.escalates_to
        ),
    )


def _doll_card(doll: Doll, sight: Sight) -> DollCard:
    names, day = sight.names, sight.day
    return DollCard(
        id=doll.id,
        name=doll.name,
        age=age_on(doll, day),
        hue=doll.hue,
        icon=DOLL_ICONS[doll.pattern],
        place=names.area(place_on(names.story, doll, day)),
        birthday=doll.birthday_on_day,
        facts=_facts(doll, sight),
        known=tuple(
            KnownAbout(
                names.signal(signal), rows[0].day, tuple((names.instance(row.organisation), row.day) for row in rows)
            )
            for signal, rows in sight.holdings.about(doll.id, day).items()
        ),
        unseen=tuple(
            (names.signal(signal), when)
            for signal, about, when in sight.reading.unseen
            if about == doll.id and when <= day
        ),
    )


def _facts(doll: Doll, sight: Sight) -> tuple[str, ...]:
    """What holds for a doll on this day: consent, danger, a measure."""
    facts, day = sight.names.story.facts, sight.day
    consent = facts.consent.get(doll.id)
    given = consent is True or (consent is not False and consent is not None and consent <= day)
    measure = facts.measure.get(doll.id)
    acute = facts.acute_from.get(doll.id)
    rows = (
        (consent is not None, _("has given consent to share") if given else _("has not given consent to share")),
        (acute is not None and acute <= day, _("is in immediate danger since day %(day)s") % {"day": acute}),
        (measure is not None and measure[0] <= day <= measure[1], _("a court measure runs")),
    )
    return tuple(text for holds, text in rows if holds)


def _outline(instance: str, need: NeedResult, sight: Sight) -> Outline:
    names = sight.names
    held = len(
        signals_held(
            sight.holdings,
            instance,
            sight.day,
            signals=names.catalogue.pattern[need.pattern].signals,
            dolls=dolls_of(names.story, need),
        )
    )
    return Outline(
        pattern=names.pattern(need.pattern),
        doll=names.doll(need.about),
        hue=names.hue(need.about),
        held=held,
        needed=need.at_least,
        by=need.by,
        met_on=need.met_on,
        in_time=need.in_time,
        slots=tuple(place < held for place in range(max(need.at_least, held))),
    )


def _known(arrival: Arrival, sight: Sight) -> KnownPiece:
    names = sight.names
    return KnownPiece(
        signal=names.signal(arrival.signal),
        doll=names.doll(arrival.about),
        hue=names.hue(arrival.about),
        day=arrival.day,
        hops=hops_of(sight.holdings.way(arrival), names),
    )

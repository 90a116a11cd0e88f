"""What could be changed for a need, and which changes each link waits for.

What is added (a member, a channel) joins who knows straight to who must act; what exists already may be put to work
anywhere. The *wide* world is the system world with every candidate of the additive kinds already in it (members,
channels, hand-overs, weekly meetings, filled chairs). `Gatekeeper` then says for each link, meeting and seat of that
world which keys must be switched on before it is open, or that no repair opens it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from schakelbord.engine.areas import area_of
from schakelbord.engine.catalogue import BodyType, Catalogue, ChannelType, Member
from schakelbord.engine.compile import BORDER_LINK, Link, Meeting
from schakelbord.engine.need_days import StoryNeed
from schakelbord.engine.obstacles import (
    AGE,
    BORDER,
    GROUND,
    LAYER,
    NEVER,
    NOT_ASKED,
    ON_PAPER,
    PRACTICE,
    RECEIVER_ON_PAPER,
    SENDER_ON_PAPER,
    WITHIN_A_WEEK,
)
from schakelbord.engine.remedies import WEEKLY, handover_channel, weekly, widened
from schakelbord.engine.story import Story

Keys = frozenset[str]
NOTHING: Keys = frozenset()
FRONT_LINE = "uitvoering"


def wide_inputs(need: StoryNeed) -> tuple[Catalogue, Story]:
    """The system world and story with every additive candidate for a need."""
    world = need.facts.compiled.world
    catalogue, story = world.catalogue, world.story
    tellers, listeners = _tellers(need), {row.organisation for row in need.pattern.mandate}
    channels = (*catalogue.channels, *_new_channels(catalogue, need, tellers), *_handovers(catalogue, need, tellers))
    bodies = tuple(_wide_bodies(catalogue, tellers, listeners))
    return replace(catalogue, channels=channels, bodies=bodies), replace(story, absent=())


def _tellers(need: StoryNeed) -> set[str]:
    """Types that hold a piece of the pattern by the deadline, as things are."""
    found: set[str] = set()
    for doll in need.dolls:
        for signal in need.pattern.signals:
            held = need.facts.about(doll).holders(signal)
            found |= {one.partition("@")[0] for one, day in held.items() if day <= need.deadline.by}
    return found


def _new_channels(catalogue: Catalogue, need: StoryNeed, tellers: set[str]) -> Iterator[ChannelType]:
    """Beside each channel from who knows to who must act: the same, on the same ground, for the pieces it does not
    carry.
    """
    listeners = {row.organisation for row in need.pattern.mandate}
    for row in catalogue.channels:
        in_force = row.ground is not None and row.ground.status != "bill"
        straight = row.from_ in tellers and row.to in listeners and "*" not in row.carries
        if straight and in_force and need.pattern.id not in row.unsafe_for and not _is_added(row):
            wider = widened(catalogue, row.id, need.pattern.id)
            if wider.carries and wider.id not in catalogue.channel:
                yield wider


def _is_added(row: ChannelType) -> bool:
    """Whether a channel is a repair that is switched on, which is no ground for another one."""
    return ":" in row.id


def _handovers(catalogue: Catalogue, need: StoryNeed, tellers: set[str]) -> Iterator[ChannelType]:
    """A hand-over on moving for each type that knows something, where somebody of the need moves."""
    moved = {move.doll for move in need.facts.compiled.world.moves}
    if moved & set(need.dolls):
        for organisation in sorted(tellers):
            row = handover_channel(catalogue, organisation)
            if catalogue.organisation[organisation].jurisdiction != "land" and row.id not in catalogue.channel:
                yield row


def _wide_bodies(catalogue: Catalogue, tellers: set[str], listeners: set[str]) -> Iterator[BodyType]:
    """Every body; front-line ones with the candidate members, and once more meeting weekly.

    A candidate member brings who knows to a table where who must act sits, or the other way round.
    """
    for row in catalogue.bodies:
        if row.layer != FRONT_LINE or not row.carries:
            yield row
            continue
        known = {member.organisation for member in row.members}
        joining = (tellers if known & listeners else set()) | (listeners if known & tellers else set())
        fresh = sorted(one for one in joining - known if catalogue.organisation[one].layer == FRONT_LINE)
        wide = replace(row, members=(*row.members, *(Member(one) for one in fresh)))
        yield wide
        if row.rhythm.every_days > WEEKLY:
            yield replace(wide, id=f"meet:{row.id}", rhythm=weekly(row.rhythm), escalates_to=())


class Gatekeeper:
    """Which keys each link of the wide world waits for."""

    def __init__(self, need: StoryNeed) -> None:
        world = need.facts.compiled.world
        self.catalogue = world.catalogue
        self.pattern = need.pattern.id
        self.absent = {area_of(world.story, world.catalogue, row.organisation, row.place) for row in world.story.absent}
        self.members = {row.id: {member.organisation for member in row.members} for row in world.catalogue.bodies}

    def link(self, link: Link, mask: int) -> Keys | None:
        """The keys that open a link in a phase with this mask; None when no repair does."""
        if mask & NEVER or mask & BORDER or mask & WITHIN_A_WEEK or link.type == BORDER_LINK:
            return None
        chairs = self._chairs(link.sender, link.receiver)
        found = self._escalation(link, mask) if link.kind == "escalation" else self._channel(link, mask)
        return None if found is None else found | chairs

    def meeting(self, meeting: Meeting, mask: int) -> Keys | None:
        """The keys that let a body discuss the doll in a phase with this mask."""
        if mask & (NEVER | BORDER):
            return None
        kind, _, base = meeting.type.rpartition(":")
        added = {meeting.type} if kind else set()
        return self._allowed(base, frozenset(added | self._rules(base, mask)))

    def seat(self, meeting: Meeting, instance: str, mask: int) -> Keys | None:
        """The keys that let a member take part in a phase with this mask."""
        if mask & (NEVER | BORDER):
            return None
        base = meeting.type.rpartition(":")[2]
        found = self._allowed(base, self._seat(base, instance, on_paper=bool(mask & PRACTICE)))
        return None if found is None else found | self._chairs(instance)

    def _allowed(self, body: str, keys: Keys) -> Keys | None:
        """The keys that change a body; one of policy or administration never starts to receive signals."""
        return None if keys and self.catalogue.body[body].layer != FRONT_LINE else keys

    def _chairs(self, *instances: str) -> Keys:
        return frozenset(f"chair:{one}" for one in instances if one in self.absent)

    def _seat(self, body: str, instance: str, *, on_paper: bool) -> Keys:
        organisation = instance.partition("@")[0]
        if organisation not in self.members[body]:
            return frozenset({f"member:{body}:{organisation}"})
        return frozenset({f"invite:{body}:{organisation}"}) if on_paper else NOTHING

    def _rules(self, name: str, mask: int) -> set[str]:
        """The keys for paper, ground and age of a channel or body."""
        found = set()
        if mask & ON_PAPER:
            found.add(f"practise:{name}")
        if mask & NOT_ASKED:
            found.add(f"ask:{name}")
        if mask & GROUND:
            found.add(f"ground:{name}")
        if mask & AGE:
            found.add(f"age:{name}")
        return found

    def _channel(self, link: Link, mask: int) -> Keys | None:
        kind, _, rest = link.type.partition(":")
        added = {link.type} if rest and link.type not in self.catalogue.channel else set()
        if kind == "handover":
            # No repair changes the rules of a hand-over: it comes as it is or not at all.
            return None if self._rules(link.type, mask) else frozenset(added)
        base = rest.partition(":")[0] if kind == "channel" else link.type
        rules = self._rules(base, mask)
        if rules and self.pattern in self.catalogue.channel[base].unsafe_for:
            return None
        return frozenset(rules | added)

    def _escalation(self, link: Link, mask: int) -> Keys | None:
        lower, _, higher = link.type.partition(">")
        sender = self._seat(lower, link.sender, on_paper=bool(mask & SENDER_ON_PAPER))
        receiver = self._seat(higher, link.receiver, on_paper=bool(mask & RECEIVER_ON_PAPER))
        step = {f"practise:{link.type}"} if mask & LAYER else set()
        # What a front-line body may discuss once it is repaired goes up with it where that is done already.
        below = self._allowed(lower, sender | self._rules(lower, mask & ~(ON_PAPER | NOT_ASKED)))
        above = self._allowed(higher, receiver | step)
        return None if below is None or above is None else below | above

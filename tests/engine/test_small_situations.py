"""Small situations made by hand, each for one rule of the design."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from msgspec.structs import replace

from schakelbord.engine.catalogue import (
    BodyType,
    Catalogue,
    ChannelType,
    Delay,
    Escalation,
    FixedBy,
    Mandate,
    Member,
    OrganisationType,
    Pattern,
    Rhythm,
    SignalType,
)
from schakelbord.engine.read import read_story
from schakelbord.engine.reading import Finding, Reading
from schakelbord.engine.remedies import apply_items, item_of
from schakelbord.engine.story import Absent, Beat, Deadline, Doll, Move, Place, Scene, Sight, Story
from schakelbord.errors import InputError
from small_worlds import GROUND, text

KINDS = ("school", "vt", "politie", "zorg", "wijk", "arts")
SIGNALS = ("s1", "s2")
Jurisdiction = Literal["gemeente", "regio", "land"]


def organisation(kind: str, jurisdiction: Jurisdiction = "gemeente") -> OrganisationType:
    return OrganisationType(kind, text(kind.title()), "uitvoering", jurisdiction, observes=SIGNALS)


def channel(name: str, sender: str, receiver: str, **how: Any) -> ChannelType:
    settings: dict[str, Any] = {"carries": SIGNALS, "scope": "same_place", "ground": GROUND, **how}
    return ChannelType(id=name, from_=sender, to=receiver, **settings)


def body(name: str, *members: str, **how: Any) -> BodyType:
    settings: dict[str, Any] = {
        "kind": "existing",
        "layer": "uitvoering",
        "jurisdiction": "gemeente",
        "carries": SIGNALS,
        "rhythm": Rhythm(every_days=30, first_day=5),
        "ground": GROUND,
        **how,
    }
    return BodyType(
        id=name, name=text(name), members=tuple(Member(one) for one in members), remit=text("Overlegt."), **settings
    )


def world(
    *,
    channels: tuple[ChannelType, ...] = (),
    bodies: tuple[BodyType, ...] = (),
    at_least: int = 1,
    **jurisdictions: Jurisdiction,
) -> Catalogue:
    return Catalogue(
        organisations=tuple(organisation(kind, jurisdictions.get(kind, "gemeente")) for kind in KINDS),
        bodies=bodies,
        channels=channels,
        signals=tuple(SignalType(signal, text(signal), "fact") for signal in SIGNALS),
        patterns=(Pattern("p", text("Patroon"), SIGNALS, at_least, (Mandate("vt"),)),),
    )


def story(
    *sights: tuple[int, str, str], by: int = 20, move: int | None = None, absent: tuple[Absent, ...] = ()
) -> Story:
    beats = [Beat(day=day, sees=(Sight(kind, "a", signal, "els"),)) for day, kind, signal in sights]
    if move is not None:
        beats.append(Beat(day=move, move=Move(("els",), "b")))
    return Story(
        id="els",
        title=text("Els"),
        fictional=True,
        horizon=60,
        places=(Place("a", text("Gemeente A"), "r1"), Place("b", text("Gemeente B"), "r2")),
        dolls=(Doll("els", "Els", 11, "a", "dots", "teal"),),
        scenes=(Scene("een", text("Een"), tuple(sorted(beats, key=lambda beat: beat.day))),),
        deadlines=(Deadline("p", "els", by),),
        absent=absent,
    )


def repairs_of(reading: Reading) -> list[list[str]]:
    return [[item.key for item in repair.items] for repair in reading.findings[0].repairs]


def finding_of(reading: Reading, kind: str) -> Finding | None:
    return next((row for row in reading.findings if row.kind == kind), None)


SEEN = (2, "school", "s1")


def test_a_regional_body_of_national_members_still_asks_where_a_doll_lives() -> None:
    table = body("tafel", "school", "vt", jurisdiction="regio", rhythm=Rhythm(every_days=5, first_day=10))
    catalogue = world(bodies=(table,), school="land", vt="land")
    assert read_story(story(SEEN), catalogue).needs[0].met_on == 10
    days = [row.day for row in read_story(story(SEEN, move=4), catalogue).timeline if row.organisation == "vt@nl"]
    # From day 4 the table of region 2 may discuss it, that of region 1 no longer; both have the national members.
    assert days == [10]
    only_here = replace(catalogue, bodies=(replace(table, jurisdiction="gemeente", rhythm=Rhythm(5, 3)),))
    assert read_story(story((3, "school", "s1"), move=4), only_here).needs[0].met_on == 8


def test_five_kinds_with_a_piece_and_nobody_with_enough_lack_a_director() -> None:
    tell = tuple(channel(f"c{kind}", "school", kind) for kind in ("politie", "zorg", "wijk"))
    five = world(channels=(*tell, channel("cvt", "school", "vt")), at_least=2)
    found = finding_of(read_story(story(SEEN), five), "no_director")
    assert found is not None
    assert found.day == 3
    four = world(channels=(*tell[1:], channel("cvt", "school", "vt")), at_least=2)
    assert finding_of(read_story(story(SEEN), four), "no_director") is None


def test_too_few_pieces_are_the_story_and_not_the_system() -> None:
    reading = read_story(story(SEEN), world(channels=(channel("c", "school", "vt"),), at_least=2))
    assert [row.kind for row in reading.findings] == ["not_enough_pieces"]


def test_a_faster_way_on_paper_repairs_a_slow_way_that_works() -> None:
    slow = channel("slow", "school", "vt", delay=Delay(days=30))
    fast = channel("fast", "school", "vt", works="paper")
    reading = read_story(story(SEEN), world(channels=(slow, fast)))
    assert reading.needs[0].met_on == 32
    assert repairs_of(reading)[0] == ["practise:fast"]


def test_an_escalation_on_paper_is_put_to_work_only_towards_the_front_line() -> None:
    lower = body("onder", "school", escalates_to=(Escalation("boven", "paper", Delay(days=3)),))
    higher = body("boven", "vt", rhythm=Rhythm(every_days=60, first_day=59))
    front = world(bodies=(lower, higher))
    assert ["practise:onder>boven"] in repairs_of(read_story(story(SEEN), front))
    board = world(bodies=(lower, replace(higher, layer="bestuur")))
    assert not any("practise:onder>boven" in keys for keys in repairs_of(read_story(story(SEEN), board)))


def test_what_is_unsafe_for_the_pattern_is_never_put_to_work() -> None:
    risky = channel("risky", "school", "vt", works="paper", unsafe_for=("p",))
    reading = read_story(story(SEEN), world(channels=(risky,)))
    assert not any("risky" in key for keys in repairs_of(reading) for key in keys)
    safe = channel("safe", "school", "vt", works="paper")
    assert repairs_of(read_story(story(SEEN), world(channels=(safe,)))) == [["practise:safe"]]


def test_a_path_over_an_unsafe_channel_warns() -> None:
    risky = channel("risky", "school", "zorg", unsafe_for=("p",))
    reading = read_story(story(SEEN), world(channels=(risky, channel("c", "zorg", "vt", works="paper"))))
    assert [hop.unsafe for hop in reading.findings[0].path] == [False, True]
    assert "gevaar" in reading.findings[0].warnings[0].nl


@pytest.mark.parametrize(
    ("key", "cost", "decider"),
    [
        ("practise:c", 1, "practice"),
        ("ask:c", 1, "practice"),
        ("invite:tafel:school", 1, "practice"),
        ("meet:tafel", 2, "agreement"),
        ("member:tafel:arts", 2, "agreement"),
        ("member:vast:arts", 8, "law"),
        ("handover:school", 3, "agreement"),
        ("channel:c:p", 4, "agreement"),
        ("chair:vt@a", 4, "money"),
        ("ground:c", 8, "law"),
        ("age:c", 8, "law"),
        ("age:p:vt", 8, "law"),
    ],
)
def test_every_kind_of_repair_costs_what_the_design_says(key: str, cost: int, decider: str) -> None:
    fixed = body("vast", "school", "vt", members_fixed_by=FixedBy("Wet", "3"))
    catalogue = world(
        channels=(channel("c", "school", "vt", carries=("s1",)),), bodies=(body("tafel", "school", "vt"), fixed)
    )
    told = story(SEEN, absent=(Absent("vt", "a"),))
    item = item_of(key, catalogue, told)
    assert (item.cost, item.decider, item.needs_law) == (cost, decider, decider == "law")
    assert item.says.nl
    assert item.says.en
    changed, staged = apply_items(catalogue, told, [key])
    assert (changed, staged) != (catalogue, told) or key in {
        "ask:c",
        "practise:c",
        "invite:tafel:school",
        "age:c",
        "age:p:vt",
    }


def test_an_empty_chair_that_is_filled_closes_the_gap() -> None:
    catalogue = world(channels=(channel("c", "school", "vt"),))
    told = story(SEEN, absent=(Absent("vt", "a"),))
    before = read_story(told, catalogue)
    assert [row.kind for row in before.findings] == ["unowned"]
    assert repairs_of(before) == [["chair:vt@a"]]
    after = read_story(told, catalogue, ["chair:vt@a"])
    assert after.needs[0].met_on == 3
    assert after.findings == ()


def test_when_three_changes_are_not_enough_it_says_so() -> None:
    chain = tuple(
        channel(f"c{number}", sender, receiver, works="paper")
        for number, (sender, receiver) in enumerate(
            zip(("school", "zorg", "wijk", "arts"), ("zorg", "wijk", "arts", "vt"), strict=True)
        )
    )
    found = read_story(story(SEEN), world(channels=chain)).findings[0]
    assert found.repairs == ()
    assert found.repair_note is not None
    assert "meer dan drie" in found.repair_note.nl
    shorter = read_story(story(SEEN), world(channels=(*chain[:2], channel("kort", "wijk", "vt", works="paper"))))
    assert repairs_of(shorter) == [["practise:c0", "practise:c1", "practise:kort"]]


@pytest.mark.parametrize(
    "key", ["practise:onbekend", "handover:", "chair:vt@a", "invite:tafel:vt", "x", "meet:tafel:a:b"]
)
def test_an_unknown_repair_is_refused_in_one_sentence(key: str) -> None:
    catalogue = world(channels=(channel("c", "school", "vt"),), bodies=(body("tafel", "school"),))
    with pytest.raises(InputError) as caught:
        read_story(story(SEEN), catalogue, [key])
    assert key in caught.value.nl
    assert key in caught.value.en

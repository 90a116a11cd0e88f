"""Random small system worlds with a story in them, for properties of readings."""

from __future__ import annotations

from hypothesis import strategies as st

from schakelbord.engine.catalogue import (
    BodyType,
    Catalogue,
    ChannelType,
    Delay,
    Escalation,
    Ground,
    Mandate,
    Member,
    OrganisationType,
    Pattern,
    Queue,
    Rhythm,
    SignalType,
)
from schakelbord.engine.story import (
    Absent,
    Beat,
    Deadline,
    Doll,
    Facts,
    Happening,
    Move,
    Place,
    Request,
    Scene,
    Sight,
    Story,
)
from schakelbord.engine.text import Text

TYPES = ("alpha", "beta", "gamma", "delta")
SIGNALS = ("s1", "s2", "s3")
HORIZON = 60
GROUND = Ground(law="Wet", article="1")
AGES = st.sampled_from([None, None, None, (0, 12), (10, 20)])
WORKS = st.sampled_from(["practice", "practice", "paper"])
GROUNDS = st.sampled_from([GROUND, GROUND, GROUND, None, Ground(law="Wet", article="2", status="bill")])
REQUIRES = st.sampled_from([(), (), (), ("consent",), ("acute",), ("measure",)])
SUBSETS = st.lists(st.sampled_from(SIGNALS), min_size=1, max_size=3, unique=True).map(tuple)
DAYS = st.integers(1, 25)


def text(words: str) -> Text:
    return Text(nl=words, en=words)


@st.composite
def channels(draw: st.DrawFn, number: int) -> ChannelType:
    sender, receiver = draw(st.sampled_from(TYPES)), draw(st.sampled_from(TYPES))
    return ChannelType(
        id=f"c{number}",
        from_=sender,
        to=receiver,
        carries=draw(SUBSETS),
        scope=draw(st.sampled_from(["same_place", "same_place", "same_region", "any", "local", "handover"])),
        ground=draw(GROUNDS),
        delay=Delay(days=draw(st.integers(1, 9))),
        ages=draw(AGES),
        requires=draw(REQUIRES),
        works=draw(WORKS),
        asked=draw(st.sampled_from([False, False, True])),
        unsafe_for=draw(st.sampled_from([(), (), ("p",)])),
    )


@st.composite
def bodies(draw: st.DrawFn, number: int, others: int) -> BodyType:
    members = draw(st.lists(st.sampled_from(TYPES), min_size=2, max_size=3, unique=True))
    above = [f"b{other}" for other in range(others) if other != number]
    steps = draw(st.lists(st.sampled_from(above), max_size=1)) if above else []
    return BodyType(
        id=f"b{number}",
        name=text(f"Overleg {number}"),
        kind="existing",
        layer=draw(st.sampled_from(["uitvoering", "uitvoering", "bestuur"])),
        jurisdiction=draw(st.sampled_from(["gemeente", "regio", "land"])),
        members=tuple(Member(member, draw(WORKS)) for member in members),
        carries=draw(SUBSETS),
        remit=text("Overlegt."),
        rhythm=Rhythm(every_days=draw(st.sampled_from([5, 14, 30])), first_day=draw(st.integers(0, 12))),
        ground=draw(GROUNDS),
        ages=draw(AGES),
        requires=draw(REQUIRES),
        works=draw(WORKS),
        escalates_to=tuple(
            Escalation(step, draw(WORKS), Delay(days=draw(st.sampled_from([3, 7, 14])))) for step in steps
        ),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    jurisdictions = st.sampled_from(["gemeente", "gemeente", "regio", "land"])
    count = draw(st.integers(0, 2))
    return Catalogue(
        organisations=tuple(
            OrganisationType(
                id=kind,
                name=text(kind.title()),
                layer="uitvoering",
                jurisdiction=draw(jurisdictions),
                observes=SIGNALS,
                queue=draw(st.sampled_from([None, None, None, Queue(norm_days=2, real_days=6)])),
            )
            for kind in TYPES
        ),
        bodies=tuple(draw(bodies(number, count)) for number in range(count)),
        channels=tuple(draw(channels(number)) for number in range(draw(st.integers(1, 6)))),
        signals=tuple(SignalType(id=signal, name=text(signal), kind="fact") for signal in SIGNALS),
        patterns=(
            Pattern(
                id="p",
                name=text("Patroon"),
                signals=SIGNALS,
                at_least=draw(st.integers(1, 2)),
                mandate=tuple(
                    Mandate(kind, draw(AGES))
                    for kind in draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=2, unique=True))
                ),
            ),
        ),
        digest="sha256:random",
    )


@st.composite
def stories(draw: st.DrawFn) -> Story:
    places = (
        Place(id="a", name=text("Gemeente A"), region="r1"),
        Place(id="b", name=text("Gemeente B"), region=draw(st.sampled_from(["r1", "r2"]))),
        Place(id="x", name=text("Buitenland"), kind="abroad"),
    )
    sights = [
        Beat(
            day=draw(DAYS),
            sees=(
                Sight(
                    draw(st.sampled_from(TYPES)),
                    draw(st.sampled_from(["a", "b"])),
                    draw(st.sampled_from(SIGNALS)),
                    "els",
                ),
            ),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    moves = [
        Beat(day=day, move=Move(("els",), draw(st.sampled_from(["a", "b", "b", "x"]))))
        for day in draw(st.lists(st.integers(3, 40), max_size=2, unique=True))
    ]
    asks = [
        Beat(day=draw(DAYS), asks=(Request(draw(st.sampled_from(TYPES)), "a", draw(st.sampled_from(TYPES)), "els"),))
        for _ in range(draw(st.integers(0, 1)))
    ]
    hidden = [Beat(day=draw(DAYS), happens=(Happening("s3", "els"),))] if draw(st.booleans()) else []
    beats = sorted([*sights, *moves, *asks, *hidden], key=lambda beat: beat.day)
    return Story(
        id="els",
        title=text("Els"),
        fictional=True,
        horizon=HORIZON,
        places=places,
        dolls=(
            Doll(
                id="els",
                name="Els",
                age=draw(st.sampled_from([9, 11, 15])),
                place="a",
                pattern="dots",
                hue="teal",
                birthday_on_day=draw(st.sampled_from([None, 10, 30])),
            ),
        ),
        scenes=(Scene(id="een", title=text("Een"), beats=tuple(beats)),),
        deadlines=(Deadline(pattern="p", about="els", by=draw(st.integers(15, 55))),),
        facts=Facts(
            consent=draw(st.sampled_from([{}, {"els": True}, {"els": 12}])),
            acute_from=draw(st.sampled_from([{}, {"els": 14}])),
            measure=draw(st.sampled_from([{}, {"els": (8, 30)}])),
        ),
        absent=draw(st.sampled_from([(), (), (Absent("beta", "b"),)])),
    )

"""What a finding says: a title of a few words, and one or two sentences that somebody understands at first reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from schakelbord.engine.catalogue import Catalogue, Ground
from schakelbord.engine.reading import CauseClass, FindingKind
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.wording.instances import doll_name, instance_name, link_name, signal_name
from schakelbord.engine.wording.repairs import short_name

TITLES: Final[dict[FindingKind, Text]] = {
    "unseen": Text(nl="Niet gezien", en="Not seen"),
    "no_channel": Text(nl="Geen kanaal", en="No channel"),
    "no_ground": Text(nl="Geen grondslag", en="No legal ground"),
    "practice": Text(nl="Mag wel, gebeurt niet", en="Allowed, not done"),
    "border": Text(nl="Blijft achter bij de grens", en="Stays behind at the border"),
    "late": Text(nl="Te laat", en="Too late"),
    "age": Text(nl="Leeftijdsgrens", en="Age limit"),
    "wrong_layer": Text(nl="Niet op de juiste laag", en="Wrong layer"),
    "unowned": Text(nl="Geen eigenaar", en="No owner"),
    "no_director": Text(nl="Geen regie", en="Nobody directs"),
    "combined": Text(nl="Samenloop", en="Several causes together"),
    "not_enough_pieces": Text(nl="Te weinig gezien", en="Too little seen"),
}

CAUSES: Final[dict[CauseClass, Text]] = {
    "age": Text(nl="leeftijdsgrens", en="age limit"),
    "border": Text(nl="over de grens", en="across a border"),
    "layer": Text(nl="niet op de juiste laag", en="wrong layer"),
    "time": Text(nl="te laat", en="too late"),
    "practice": Text(nl="handelingsverlegenheid", en="not done in practice"),
    "ground": Text(nl="geen grondslag", en="no legal ground"),
    "link": Text(nl="geen kanaal", en="no channel"),
}

_WHY: Final[dict[CauseClass, Text]] = {
    "age": Text(nl="een leeftijdsgrens", en="an age limit"),
    "border": Text(nl="een grens tussen gemeenten of regio's", en="a border between municipalities or regions"),
    "layer": Text(nl="een stap omhoog die niet gezet wordt", en="a step upwards that is not taken"),
    "time": Text(nl="te weinig tijd", en="too little time"),
    "practice": Text(nl="iets dat mag maar niet gebeurt", en="something that is allowed but not done"),
    "ground": Text(nl="een wet die het niet toelaat", en="a law that does not allow it"),
    "link": Text(nl="een kanaal dat er niet is", en="a channel that does not exist"),
}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The words that the sentences are made of."""

    sender: Text
    receiver: Text
    doll: str
    piece: Text
    pattern: Text
    needed_by: Text
    day: int
    by: int
    ground: Ground | None
    body: Text | None
    causes: tuple[tuple[CauseClass, ...], ...]


def finding_title(kind: FindingKind) -> Text:
    """A few words, as they stand on the stage."""
    return TITLES[kind]


def cause_words(cause: CauseClass) -> Text:
    """The word of a class of obstacles."""
    return CAUSES[cause]


def finding_sentence(
    *,
    kind: FindingKind,
    causes: tuple[tuple[CauseClass, ...], ...],
    pattern: str,
    about: str,
    signals: tuple[str, ...],
    between: tuple[str | None, str | None],
    day: int,
    by: int,
    link: str | None,
    story: Story,
    catalogue: Catalogue,
) -> Text:
    """What is wrong, between whom, since which day and why, in one or two short sentences."""
    mandate = catalogue.pattern[pattern].mandate[0].organisation
    parts = _Parts(
        sender=_name(between[0], story, catalogue),
        receiver=_name(between[1], story, catalogue),
        doll=doll_name(about, story),
        piece=_pieces(signals, catalogue),
        pattern=catalogue.pattern[pattern].name,
        needed_by=short_name(catalogue.organisation[mandate].name),
        day=day,
        by=by,
        ground=_ground(link, catalogue),
        body=link_name(link, catalogue),
        causes=causes,
    )
    return _SENTENCES[kind](parts)


def _name(end: str | None, story: Story, catalogue: Catalogue) -> Text:
    return Text(nl="niemand", en="nobody") if end is None else instance_name(end, story, catalogue)


def _pieces(signals: tuple[str, ...], catalogue: Catalogue) -> Text:
    """The first piece by name, and how many more there are."""
    if not signals:
        return Text(nl="dit", en="this")
    first, more = signal_name(signals[0], catalogue), len(signals) - 1
    if not more:
        return Text(nl=f"“{first.nl}”", en=f"“{first.en}”")
    dutch = "nog 1 stukje" if more == 1 else f"nog {more} stukjes"
    english = "1 more piece" if more == 1 else f"{more} more pieces"
    return Text(nl=f"“{first.nl}” en {dutch}", en=f"“{first.en}” and {english}")


def _ground(link: str | None, catalogue: Catalogue) -> Ground | None:
    """The ground of the channel or body at the break."""
    if link is None:
        return None
    channel = catalogue.channel.get(link)
    if channel is not None:
        return channel.ground
    body = catalogue.body.get(link.partition("@")[0].partition(">")[0])
    return body.ground if body else None


def _law(ground: Ground | None) -> Text:
    if ground is None or ground.status == "bill":
        return Text(nl="", en="")
    return Text(nl=f" ({ground.law}, artikel {ground.article})", en=f" ({ground.law}, article {ground.article})")


def _practice(parts: _Parts) -> Text:
    law = _law(parts.ground)
    if parts.body is not None:
        return Text(
            nl=f"{parts.sender.nl} weet sinds dag {parts.day}: {parts.piece.nl}. {parts.receiver.nl} kan "
            f"dat horen in dit "
            f"overleg, maar dat gebeurt niet: {parts.body.nl}.",
            en=f"{parts.sender.en} knows since day {parts.day}: {parts.piece.en}. {parts.receiver.en} could "
            f"hear it in this "
            f"meeting, but that does not happen: {parts.body.en}.",
        )
    return Text(
        nl=f"{parts.sender.nl} weet sinds dag {parts.day}: {parts.piece.nl}. Het mag naar {parts.receiver.nl}{law.nl}, "
        "maar het gebeurt niet.",
        en=f"{parts.sender.en} knows since day {parts.day}: {parts.piece.en}. It may go to "
        f"{parts.receiver.en}{law.en}, "
        "but it is not done.",
    )


def _border(parts: _Parts) -> Text:
    return Text(
        nl=f"Sinds dag {parts.day} ligt er een grens tussen {parts.sender.nl} en {parts.receiver.nl}. "
        f"{parts.piece.nl} gaat niet mee naar de nieuwe plaats.",
        en=f"Since day {parts.day} a border lies between {parts.sender.en} and {parts.receiver.en}. "
        f"{parts.piece.en} does not come along to the new place.",
    )


def _no_ground(parts: _Parts) -> Text:
    return Text(
        nl=f"{parts.sender.nl} weet sinds dag {parts.day}: {parts.piece.nl}. {parts.receiver.nl} mag dat niet horen: "
        "er is geen grondslag in de wet, of er is geen toestemming.",
        en=f"{parts.sender.en} knows since day {parts.day}: {parts.piece.en}. {parts.receiver.en} may not hear it: "
        "the law gives no ground, or there is no consent.",
    )


def _late(parts: _Parts) -> Text:
    return Text(
        nl=f"{parts.sender.nl} weet sinds dag {parts.day}: {parts.piece.nl}. Het bericht aan "
        f"{parts.receiver.nl} is te lang "
        f"onderweg: op dag {parts.by} moest het er zijn.",
        en=f"{parts.sender.en} knows since day {parts.day}: {parts.piece.en}. The message to "
        f"{parts.receiver.en} is under "
        f"way too long: it was needed on day {parts.by}.",
    )


def _age(parts: _Parts) -> Text:
    return Text(
        nl=f"Door een leeftijdsgrens hoort {parts.receiver.nl} niet wat {parts.sender.nl} weet over {parts.doll}: "
        f"{parts.piece.nl}. Dat is zo sinds dag {parts.day}.",
        en=f"Because of an age limit {parts.receiver.en} does not hear what {parts.sender.en} knows about "
        f"{parts.doll}: "
        f"{parts.piece.en}. That is so since day {parts.day}.",
    )


def _wrong_layer(parts: _Parts) -> Text:
    return Text(
        nl=f"{parts.sender.nl} weet sinds dag {parts.day}: {parts.piece.nl}. Niemand brengt dat naar de tafel waar "
        f"{parts.receiver.nl} zit, een laag hoger.",
        en=f"{parts.sender.en} knows since day {parts.day}: {parts.piece.en}. Nobody takes it to the table where "
        f"{parts.receiver.en} sits, one layer up.",
    )


def _no_channel(parts: _Parts) -> Text:
    return Text(
        nl=f"{parts.sender.nl} weet sinds dag {parts.day}: {parts.piece.nl}. Er is geen weg waarlangs dat bij "
        f"{parts.receiver.nl} komt.",
        en=f"{parts.sender.en} knows since day {parts.day}: {parts.piece.en}. There is no way by which it reaches "
        f"{parts.receiver.en}.",
    )


def _combined(parts: _Parts) -> Text:
    first = parts.causes[0] if parts.causes else ()
    dutch = " en ".join(_WHY[cause].nl for cause in first)
    english = " and ".join(_WHY[cause].en for cause in first)
    return Text(
        nl=f"Wat {parts.sender.nl} sinds dag {parts.day} weet, komt niet bij {parts.receiver.nl}: {parts.piece.nl}. "
        f"Dat komt door {dutch}, samen.",
        en=f"What {parts.sender.en} knows since day {parts.day} does not reach {parts.receiver.en}: {parts.piece.en}. "
        f"The cause is {english}, together.",
    )


def _unseen(parts: _Parts) -> Text:
    return Text(
        nl=f"Op dag {parts.day} gebeurt dit met {parts.doll}: {parts.piece.nl}. Geen enkele organisatie ziet het.",
        en=f"On day {parts.day} this happens to {parts.doll}: {parts.piece.en}. No organisation sees it.",
    )


def _unowned(parts: _Parts) -> Text:
    return Text(
        nl=f"Vanaf dag {parts.day} mag niemand handelen voor {parts.doll}. De stoel van "
        f"{parts.needed_by.nl} is daar leeg.",
        en=f"From day {parts.day} nobody may act for {parts.doll}. The chair of {parts.needed_by.en} is empty there.",
    )


def _no_director(parts: _Parts) -> Text:
    return Text(
        nl=f"Veel organisaties weten iets over {parts.doll}, vanaf dag {parts.day} al vijf soorten. "
        "Niemand heeft genoeg stukjes om te handelen, en niemand roept de anderen bijeen.",
        en=f"Many organisations know something about {parts.doll}, five kinds by day {parts.day}. "
        "Nobody holds enough pieces to act, and nobody calls the others together.",
    )


def _not_enough(parts: _Parts) -> Text:
    return Text(
        nl=f"Tot dag {parts.by} zijn er te weinig stukjes gezien voor “{parts.pattern.nl}”. Dat ligt aan het verhaal, "
        "niet aan het stelsel.",
        en=f"Until day {parts.by} too few pieces were seen for “{parts.pattern.en}”. That is the story, not "
        f"the system.",
    )


_SENTENCES: Final[dict[FindingKind, Callable[[_Parts], Text]]] = {
    "practice": _practice,
    "border": _border,
    "no_ground": _no_ground,
    "late": _late,
    "age": _age,
    "wrong_layer": _wrong_layer,
    "no_channel": _no_channel,
    "combined": _combined,
    "unseen": _unseen,
    "unowned": _unowned,
    "no_director": _no_director,
    "not_enough_pieces": _not_enough,
}

"""What would be agreed by a repair, in one sentence, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from schakelbord.engine.catalogue import Catalogue, Ground
from schakelbord.engine.reading import Repair
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text

Write = Callable[[Catalogue, Story, list[str]], Text]


def item_text(key: str, catalogue: Catalogue, story: Story) -> Text:
    """The sentence of one repair item.

    Raises:
        KeyError: the key names something that is not there.
    """
    kind, *parts = key.split(":")
    return WRITERS[kind](catalogue, story, parts)


def repair_note(repairs: Sequence[Repair]) -> Text | None:
    """What to say when no small set of repairs is enough."""
    if repairs:
        return None
    return Text(
        nl="Met drie afspraken of minder is dit niet op tijd. Er is meer dan drie nodig.",
        en="Three agreements or fewer do not bring this in time. More than three are needed.",
    )


def unsafe_warning(channel: str, story: Story, catalogue: Catalogue) -> Text:
    """A channel on this path may bring danger."""
    row = catalogue.channel[channel]
    sender, receiver = _organisation(catalogue, row.from_), _organisation(catalogue, row.to)
    return Text(
        nl=f"Let op: dit bericht van {sender.nl} aan {receiver.nl} kan iemand in gevaar brengen. Vraag "
        f"eerst een deskundige.",
        en=f"Beware: this message from {sender.en} to {receiver.en} may put somebody in danger. Ask an expert first.",
    )


def short_name(name: Text) -> Text:
    """A name without what stands between brackets."""
    return Text(nl=name.nl.partition(" (")[0], en=name.en.partition(" (")[0])


def _organisation(catalogue: Catalogue, organisation: str) -> Text:
    return short_name(catalogue.organisation[organisation].name)


def _body(catalogue: Catalogue, body: str) -> Text:
    return short_name(catalogue.body[body].name)


def _law(ground: Ground | None) -> Text:
    if ground is None:
        return Text(nl="", en="")
    return Text(nl=f" ({ground.law}, artikel {ground.article})", en=f" ({ground.law}, article {ground.article})")


def _practise(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    lower, _sign, higher = parts[0].partition(">")
    if higher:
        below, above = _body(catalogue, lower), _body(catalogue, higher)
        return Text(
            nl=f"Het {below.nl} schaalt ook echt op naar het {above.nl}.",
            en=f"The {below.en} really escalates to the {above.en}.",
        )
    if lower in catalogue.body:
        body = _body(catalogue, lower)
        return Text(
            nl=f"Dit overleg komt ook echt bijeen: {body.nl}.", en=f"This meeting really takes place: {body.en}."
        )
    row = catalogue.channel[lower]
    sender, receiver, law = _organisation(catalogue, row.from_), _organisation(catalogue, row.to), _law(row.ground)
    return Text(
        nl=f"{sender.nl} vertelt het ook echt aan {receiver.nl}. Dat mag al{law.nl}.",
        en=f"{sender.en} really tells {receiver.en}. That is already allowed{law.en}.",
    )


def _ask(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    row = catalogue.channel[parts[0]]
    sender, receiver = _organisation(catalogue, row.from_), _organisation(catalogue, row.to)
    return Text(
        nl=f"{receiver.nl} vraagt {sender.nl} altijd wat er bekend is.",
        en=f"{receiver.en} always asks {sender.en} what is known.",
    )


def _invite(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    body, organisation = _body(catalogue, parts[0]), _organisation(catalogue, parts[1])
    return Text(
        nl=f"{organisation.nl} krijgt een uitnodiging voor dit overleg: {body.nl}.",
        en=f"{organisation.en} is invited to this meeting: {body.en}.",
    )


def _meet(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    row = catalogue.body[parts[0]]
    body, days = short_name(row.name), row.rhythm.every_days
    return Text(
        nl=f"Dit overleg komt minstens elke week bijeen, niet elke {days} dagen: {body.nl}.",
        en=f"This meeting takes place at least every week, not every {days} days: {body.en}.",
    )


def _member(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    row = catalogue.body[parts[0]]
    body, organisation = short_name(row.name), _organisation(catalogue, parts[1])
    if row.members_fixed_by is None:
        return Text(nl=f"{organisation.nl} wordt lid van {body.nl}.", en=f"{organisation.en} joins the {body.en}.")
    law = row.members_fixed_by.law
    return Text(
        nl=f"{organisation.nl} wordt lid van {body.nl}. Daarvoor moet de wet veranderen ({law}).",
        en=f"{organisation.en} joins the {body.en}. For that the law must change ({law}).",
    )


def _handover(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    organisation = _organisation(catalogue, parts[0])
    return Text(
        nl=f"Verhuist een gezin? Dan draagt {organisation.nl} in de oude plaats "
        f"over aan {organisation.nl} in de nieuwe.",
        en=f"Does a family move? Then {organisation.en} in the old place "
        f"hands over to {organisation.en} in the new one.",
    )


def _channel(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    row, pattern = catalogue.channel[parts[0]], catalogue.pattern[parts[1]]
    sender, receiver, law = _organisation(catalogue, row.from_), _organisation(catalogue, row.to), _law(row.ground)
    subject = Text(nl=pattern.name.nl.lower(), en=pattern.name.en.lower())
    return Text(
        nl=f"{sender.nl} vertelt {receiver.nl} ook wat wijst op {subject.nl}{law.nl}.",
        en=f"{sender.en} also tells {receiver.en} what points to {subject.en}{law.en}.",
    )


def _chair(catalogue: Catalogue, story: Story, parts: list[str]) -> Text:
    kind, _sign, area = parts[0].partition("@")
    organisation = _organisation(catalogue, kind)
    place = next((row.name for row in story.places if row.id == area), Text(nl="de regio", en="the region"))
    return Text(
        nl=f"De lege stoel krijgt iemand: {organisation.nl} in {place.nl}.",
        en=f"The empty chair is filled: {organisation.en} in {place.en}.",
    )


def _ground(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    if parts[0] in catalogue.body:
        body = _body(catalogue, parts[0])
        return Text(
            nl=f"De wet geeft een grondslag om dit hier te bespreken: {body.nl}.",
            en=f"The law gives a ground to discuss this here: {body.en}.",
        )
    row = catalogue.channel[parts[0]]
    sender, receiver = _organisation(catalogue, row.from_), _organisation(catalogue, row.to)
    return Text(
        nl=f"De wet geeft een grondslag: {sender.nl} mag dit aan {receiver.nl} vertellen.",
        en=f"The law gives a ground: {sender.en} may tell this to {receiver.en}.",
    )


def _age(catalogue: Catalogue, _: Story, parts: list[str]) -> Text:
    name, *organisation = parts
    if organisation:
        who = _organisation(catalogue, organisation[0])
        return Text(
            nl=f"{who.nl} mag ook handelen buiten de leeftijdsgrens van nu.",
            en=f"{who.en} may also act beyond today's age limit.",
        )
    if name in catalogue.body:
        body = _body(catalogue, name)
        return Text(
            nl=f"De leeftijdsgrens vervalt voor dit overleg: {body.nl}.",
            en=f"The age limit is lifted for this meeting: {body.en}.",
        )
    row = catalogue.channel[name]
    sender, receiver = _organisation(catalogue, row.from_), _organisation(catalogue, row.to)
    return Text(
        nl=f"De leeftijdsgrens vervalt als {sender.nl} iets aan {receiver.nl} vertelt.",
        en=f"The age limit is lifted when {sender.en} tells {receiver.en} something.",
    )


WRITERS: Final[dict[str, Write]] = {
    "practise": _practise,
    "ask": _ask,
    "invite": _invite,
    "meet": _meet,
    "member": _member,
    "handover": _handover,
    "channel": _channel,
    "chair": _chair,
    "ground": _ground,
    "age": _age,
}

"""What is said about a catalogue that does not make sense. Each sentence says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from schakelbord.engine import limits
from schakelbord.engine.text import Text


def no_members() -> Text:
    """A body without members."""
    return Text(
        nl="dit gremium heeft geen leden; noem wie er zitten.", en="this body has no members; say who is in it."
    )


def no_mandate() -> Text:
    """A pattern without mandate."""
    return Text(
        nl="niemand hoeft op dit patroon te handelen; noem bij `mandate` wie dat moet.",
        en="nobody has to act on this pattern; name who must at `mandate`.",
    )


def at_least(number: int, signals: int) -> Text:
    """More pieces needed than there are, or none."""
    return Text(
        nl=f"`at_least` is {number}, maar het patroon heeft {signals} signalen; kies 1 tot en met {signals}.",
        en=f"`at_least` is {number}, but the pattern has {signals} signals; choose a number from 1 to {signals}.",
    )


def policy_observes() -> Text:
    """An organisation of policy or administration that sees families."""
    return Text(
        nl="een organisatie van beleid of bestuur ziet zelf geen gezinnen; laat `observes` leeg.",
        en="an organisation of policy or administration sees no families itself; leave `observes` empty.",
    )


def policy_carries() -> Text:
    """A body of policy or administration that carries signals without a duty in law."""
    return Text(
        nl="een gremium van beleid of bestuur draagt geen signalen over een gezin, tenzij de wet dat verplicht; "
        "schrijf `carries: []`.",
        en="a body of policy or administration carries no signals about a family unless a law obliges it; "
        "write `carries: []`.",
    )


def to_itself(scope: str) -> Text:
    """A channel between an organisation and itself."""
    return Text(
        nl=f"dit kanaal gaat van een organisatie naar zichzelf; met `scope: {scope}` komt het nergens aan. "
        "Bedoelde u `handover` of `any`?",
        en=f"this channel goes from an organisation to itself; with `scope: {scope}` it arrives nowhere. "
        "Did you mean `handover` or `any`?",
    )


def all_and_more() -> Text:
    """`*` beside other signals."""
    return Text(
        nl='`"*"` betekent al alle signalen; haal de andere weg.',
        en='`"*"` already means all signals; remove the others.',
    )


def every_days(days: int) -> Text:
    """A rhythm below one day."""
    return Text(
        nl=f"met `every_days: {days}` komt dit gremium nooit bij elkaar; kies 1 dag of meer.",
        en=f"with `every_days: {days}` this body never meets; choose 1 day or more.",
    )


def first_day(day: int) -> Text:
    """A first meeting outside of all stories."""
    return Text(
        nl=f"met `first_day: {day}` komt dit gremium nooit bij elkaar; kies een dag van 0 tot en met {limits.HORIZON}.",
        en=f"with `first_day: {day}` this body never meets; choose a day from 0 to {limits.HORIZON}.",
    )


def delay(days: int) -> Text:
    """A delay below one day."""
    return Text(
        nl=f"een doorlooptijd van {days} dagen kan niet; doorgeven kost altijd minstens 1 dag.",
        en=f"a delay of {days} days is not possible; passing on always takes at least 1 day.",
    )


def negative_days(field: str) -> Text:
    """A queue of less than nothing."""
    return Text(
        nl=f"`{field}` kan niet onder nul; schrijf 0 of meer.", en=f"`{field}` cannot be below zero; write 0 or more."
    )


def ages_outside() -> Text:
    """Ages that nobody has."""
    return Text(
        nl=f"leeftijden gaan van 0 tot {limits.AGE}; kies twee getallen daartussen.",
        en=f"ages go from 0 to {limits.AGE}; choose two numbers in between.",
    )


def ages_reversed(low: int, high: int) -> Text:
    """The higher age first."""
    turned = f"[{high}, {low}]" if low != high else f"[{low}, {high + 1}]"
    return Text(
        nl=f"de leeftijden [{low}, {high}] laten niemand over: de laagste hoort voorop en de hoogste telt niet mee. "
        f"Bedoelde u {turned}?",
        en=f"the ages [{low}, {high}] leave nobody: the lowest comes first and the highest does not count. "
        f"Did you mean {turned}?",
    )


def verified_without_source() -> Text:
    """Verified, but where and when?"""
    return Text(
        nl="`verified: true` kan alleen met `source` (waar het staat) en `as_of` (op welke datum).",
        en="`verified: true` needs `source` (where it stands) and `as_of` (on which date).",
    )


def one_view() -> Text:
    """Contested by one side only."""
    return Text(
        nl="hier staat maar één lezing; betwist is iets pas met twee lezingen, elk met een bron.",
        en="there is only one view here; something is contested with two views, each with a source.",
    )


def escalates_to_itself() -> Text:
    """A body that escalates to itself."""
    return Text(
        nl="dit gremium schaalt op naar zichzelf; noem een ander gremium.",
        en="this body escalates to itself; name another body.",
    )


def circle(way: Sequence[str]) -> Text:
    """Escalation that comes back."""
    arrows = " > ".join(way)
    return Text(
        nl=f"opschalen gaat hier in een kring ({arrows}); zo beslist niemand.",
        en=f"escalation goes in a circle here ({arrows}); so nobody decides.",
    )

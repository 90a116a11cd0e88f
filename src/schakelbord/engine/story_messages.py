"""What is said about a story that does not make sense. Each sentence says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schakelbord.engine import limits
from schakelbord.engine.text import Text

_LISTS: Final = {
    "places": ("plaatsen", "places", "een plaats", "a place"),
    "dolls": ("poppen", "dolls", "een pop", "a doll"),
    "scenes": ("beats", "beats", "een scène", "a scene"),
}


def not_fictional() -> Text:
    """A story that does not say that it is invented."""
    return Text(
        nl="een verhaal moet verzonnen zijn; verzin het en schrijf dan `fictional: true`.",
        en="a story must be invented; invent it and then write `fictional: true`.",
    )


def horizon(days: int) -> Text:
    """A story without days, or with too many."""
    return Text(
        nl=f"een verhaal duurt 1 tot en met {limits.HORIZON} dagen; hier staat {days}.",
        en=f"a story lasts 1 to {limits.HORIZON} days; it says {days} here.",
    )


def nothing(name: str) -> Text:
    """A story without places, dolls or scenes."""
    return Text(
        nl=f"`{name}` is leeg; een verhaal heeft minstens {_LISTS[name][2]}.",
        en=f"`{name}` is empty; a story has at least {_LISTS[name][3]}.",
    )


def too_many(name: str, number: int, most: int) -> Text:
    """More than the limit."""
    return Text(
        nl=f"dit verhaal heeft {number} {_LISTS[name][0]}; het mogen er hoogstens {most} zijn.",
        en=f"this story has {number} {_LISTS[name][1]}; at most {most} are allowed.",
    )


def no_deadlines() -> Text:
    """Nothing to compute."""
    return Text(
        nl="dit verhaal heeft geen `deadlines`; zo is er geen hiaat te vinden. Zeg wie wanneer had moeten weten.",
        en="this story has no `deadlines`; so no gap can be found. Say who should have known by when.",
    )


def area_clash(name: str) -> Text:
    """A place named like a region or the country."""
    return Text(
        nl=f"`{name}` is ook de naam van een regio of van het land; geef de gemeente en de regio elk een eigen id.",
        en=f"`{name}` is also the name of a region or of the country; give each an id of its own.",
    )


def region_abroad(place: str) -> Text:
    """A region abroad."""
    return Text(
        nl=f"`{place}` ligt in het buitenland en heeft dus geen regio; haal `region` weg.",
        en=f"`{place}` lies abroad and so has no region; remove `region`.",
    )


def no_region(place: str) -> Text:
    """A municipality without region."""
    return Text(
        nl=f"`{place}` heeft geen regio; vul `region` in, of schrijf `kind: abroad`.",
        en=f"`{place}` has no region; fill in `region`, or write `kind: abroad`.",
    )


def same_look(name: str, other: str) -> Text:
    """Two dolls that look the same."""
    return Text(
        nl=f"{name} ziet er op het toneel uit als `{other}`; kies een ander patroon of een andere tint.",
        en=f"{name} looks like `{other}` on the stage; choose another pattern or hue.",
    )


def not_born(name: str, age: int) -> Text:
    """A doll with a negative age."""
    return Text(
        nl=f"{name} is op dag 0 nog niet geboren (leeftijd {age}); kies een leeftijd van 0 of hoger.",
        en=f"{name} is not born yet on day 0 (age {age}); choose an age of 0 or more.",
    )


def too_old(name: str, age: int) -> Text:
    """A doll that is too old."""
    return Text(
        nl=f"{name} is {age} jaar; een leeftijd is hoogstens {limits.AGE}.",
        en=f"{name} is {age} years old; an age is at most {limits.AGE}.",
    )


def birthday(day: int) -> Text:
    """A first birthday after more than a year."""
    return Text(
        nl=f"de eerste verjaardag is pas op dag {day}, na meer dan een jaar. Bedoelde u {day % 365}?",
        en=f"the first birthday is only on day {day}, after more than a year. Did you mean {day % 365}?",
    )


def measure_reversed(first: int, last: int) -> Text:
    """A measure that ends before it begins."""
    return Text(
        nl=f"de maatregel eindigt (dag {last}) voordat hij begint (dag {first}). Bedoelde u [{last}, {first}]?",
        en=f"the measure ends (day {last}) before it begins (day {first}). Did you mean [{last}, {first}]?",
    )


def day_outside(day: int, end: int) -> Text:
    """A day before or after the story."""
    return Text(
        nl=f"dag {day} valt buiten het verhaal; kies een dag van 0 tot en met {end} (`horizon`).",
        en=f"day {day} falls outside the story; choose a day from 0 to {end} (`horizon`).",
    )


def absent(organisation: str, place: str) -> Text:
    """An empty chair that sees or asks."""
    return Text(
        nl=f"`{organisation}` is er in `{place}` niet (zie `absent`) en kan dus niets zien of vragen.",
        en=f"`{organisation}` is not there in `{place}` (see `absent`) and so cannot see or ask anything.",
    )


def absent_twice(instance: str) -> Text:
    """The same empty chair twice."""
    return Text(
        nl=f"de lege stoel van `{instance}` staat er al; haal deze weg.",
        en=f"the empty chair of `{instance}` is already there; remove this one.",
    )


def nobody_abroad(organisation: str) -> Text:
    """An organisation that is not abroad."""
    return Text(
        nl=f"`{organisation}` is niet in het buitenland; alleen landelijke organisaties zien daar iets.",
        en=f"`{organisation}` is not abroad; only national organisations see anything there.",
    )


def not_observed(organisation: str, signal: str) -> Text:
    """A sight that this type of organisation does not have."""
    return Text(
        nl=f"`{signal}` staat niet bij wat `{organisation}` in haar werk ziet (`observes`). Klopt dat?",
        en=f"`{signal}` is not among what `{organisation}` sees in its work (`observes`). Is that right?",
    )


def asks_in_vain(organisation: str, other: str) -> Text:
    """A question that opens no channel."""
    return Text(
        nl=f"er is geen kanaal op verzoek van `{other}` naar `{organisation}`; deze vraag levert niets op.",
        en=f"there is no channel on request from `{other}` to `{organisation}`; this question yields nothing.",
    )


def doll_twice(doll: str) -> Text:
    """The same doll moves twice in one beat."""
    return Text(nl=f"`{doll}` staat hier twee keer; haal er een weg.", en=f"`{doll}` stands here twice; remove one.")


def lives_there(doll: str, place: str) -> Text:
    """A move to where the doll lives already."""
    return Text(
        nl=f"`{doll}` woont al in `{place}`; deze verhuizing verandert niets.",
        en=f"`{doll}` already lives in `{place}`; this move changes nothing.",
    )


def nobody_moves() -> Text:
    """A move without dolls."""
    return Text(
        nl="hier verhuist niemand; noem de poppen of haal `move` weg.",
        en="nobody moves here; name the dolls or remove `move`.",
    )


def out_of_order(day: int, before: int) -> Text:
    """A beat on a day before the previous beat."""
    return Text(
        nl=f"deze stap is op dag {day}, maar de stap ervoor op dag {before}; zet de stappen op volgorde van dag.",
        en=f"this beat is on day {day}, but the one before on day {before}; put the beats in order of day.",
    )


def empty_beat() -> Text:
    """A beat in which nothing happens."""
    return Text(
        nl="in deze stap gebeurt niets; vul hem of haal hem weg.",
        en="nothing happens in this beat; fill it or remove it.",
    )


def empty_scene() -> Text:
    """A scene without beats."""
    return Text(
        nl="deze scène heeft geen stappen; vul haar of haal haar weg.",
        en="this scene has no beats; fill it or remove it.",
    )


def also_about(doll: str) -> Text:
    """`also` names the doll of the deadline itself."""
    return Text(
        nl=f"`{doll}` staat al bij `about`; haal deze pop uit `also`.",
        en=f"`{doll}` already stands at `about`; remove it from `also`.",
    )


def deadline_too_early(day: int, first: int) -> Text:
    """A deadline before anything happens."""
    return Text(
        nl=f"de deadline op dag {day} valt voor het begin van het verhaal (dag {first}); kies een latere dag.",
        en=f"the deadline on day {day} falls before the story begins (day {first}); choose a later day.",
    )


def deadline_twice() -> Text:
    """The same deadline twice."""
    return Text(nl="deze deadline staat er al; haal er een weg.", en="this deadline is already there; remove one.")


def never_meets(bodies: Sequence[str], end: int) -> Text:
    """Bodies that meet for the first time after the end."""
    names = ", ".join(f"`{body}`" for body in bodies[:3]) + (", ..." if len(bodies) > 3 else "")
    return Text(
        nl=f"binnen de {end} dagen van dit verhaal komt {names} nooit bij elkaar; klopt dat?",
        en=f"within the {end} days of this story {names} never meets; is that right?",
    )


def told_twice(word: str) -> Text:
    """Two told things, or a told thing and a doll, with one id."""
    return Text(
        nl=f"het id `{word}` is al van iets anders; kies een ander id.",
        en=f"the id `{word}` already belongs to something else; choose another id.",
    )


def not_on_stage() -> Text:
    """An end of something told that is nobody in this story."""
    return Text(
        nl="dit staat niet op het toneel van dit verhaal; kies iemand die er is.",
        en="this is not on the stage of this story; choose somebody who is there.",
    )


def same_ends() -> Text:
    """Something told between one and the same."""
    return Text(
        nl="beide einden zijn dezelfde; kies een ander, of niemand.",
        en="both ends are the same; choose another one, or nobody.",
    )


def below_zero() -> Text:
    """A count below zero."""
    return Text(nl="een aantal is nooit kleiner dan nul.", en="a number of people is never below zero.")

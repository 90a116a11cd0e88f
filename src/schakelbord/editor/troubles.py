"""What is wrong in a draft, in words for who writes a story: names in place of ids, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from schakelbord.editor.checking import Trouble
from schakelbord.editor.content import Content
from schakelbord.editor.operations import Clash, item_at
from schakelbord.editor.places import place_words
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.text import Text
from schakelbord.errors import InputError

QUOTED: Final = re.compile(r"`([^`]*)`")
ASKS: Final = {
    "organisation": Text("Kies een organisatie.", "Choose an organisation."),
    "of": Text("Kies wie iets gevraagd wordt.", "Choose who is asked."),
    "place": Text("Kies een plaats.", "Choose a place."),
    "to": Text("Kies waarheen de verhuizing gaat.", "Choose where they move to."),
    "dolls": Text("Kies wie verhuist.", "Choose who moves."),
    "signal": Text("Kies een puzzelstukje.", "Choose a puzzle piece."),
    "about": Text("Kies over wie het gaat.", "Choose whom it is about."),
    "pattern": Text("Kies wat iemand had moeten zien.", "Choose what somebody should have seen."),
    "name": Text("Geef een naam, van een boom.", "Give a name, of a tree."),
    "age": Text("Vul een leeftijd in, in jaren.", "Fill in an age, in years."),
    "day": Text("Vul een dag in. Dag 0 is het begin.", "Fill in a day. Day 0 is the beginning."),
    "by": Text("Vul in op welke dag iemand het uiterlijk moest weten.", "Fill in by which day somebody had to know."),
    "horizon": Text("Vul in hoeveel dagen het verhaal duurt.", "Fill in how many days the story lasts."),
    "nl": Text("Vul een tekst in.", "Fill in a text."),
    "consent_from": Text("Vul in vanaf welke dag.", "Fill in from which day."),
    "measure_from": Text("Vul de eerste dag van de maatregel in.", "Fill in the first day of the measure."),
    "measure_until": Text("Vul de laatste dag van de maatregel in.", "Fill in the last day of the measure."),
}
END: Final = Text("Kies wie hier staat.", "Choose who is at this end.")
SIMPLE: Final = {
    "no_places": Text("Voeg een plaats toe waar het verhaal speelt.", "Add a place where the story happens."),
    "no_dolls": Text("Voeg een pop toe: over wie gaat het?", "Add a doll: whom is it about?"),
    "no_scenes": Text("Voeg een scène toe.", "Add a scene."),
    "no_deadlines": Text(
        "Er is nog geen hiaat te vinden. Voeg een termijn toe: wie had wat wanneer moeten weten?",
        "No gap can be found yet. Add a deadline: who should have known what by when?",
    ),
    "empty_beat": Text(
        "In deze stap gebeurt nog niets. Vertel iets, of haal hem weg.",
        "Nothing happens in this step yet. Tell something, or remove it.",
    ),
    "empty_scene": Text("Deze scène heeft nog geen stappen.", "This scene has no steps yet."),
    "no_region": Text(
        "Vul een regio in, bijvoorbeeld r1. Of kies dat deze plaats in het buitenland ligt.",
        "Fill in a region, for instance r1. Or choose that this place lies abroad.",
    ),
    "region_abroad": Text(
        "Een plaats in het buitenland heeft geen regio. Maak het veld leeg.",
        "A place abroad has no region. Empty the field.",
    ),
    "turned_direction": Text(
        "In deze tekst staat een onzichtbaar teken dat de leesrichting omdraait. Schrijf de tekst opnieuw.",
        "This text has an invisible character that turns the reading direction. Write the text anew.",
    ),
}
HIDDEN: Final = frozenset({"never_meets"})
"""Warnings about the system model that somebody who writes a story can do nothing about."""


def told(trouble: Trouble) -> bool:
    """Whether this is for who writes a story."""
    return trouble.code not in HIDDEN


def trouble_words(trouble: Trouble, content: Content, catalogue: Catalogue) -> Text:
    """What is wrong at a field, for beside that field."""
    field = trouble.path.rpartition("/")[2]
    if trouble.code in {"empty_text", "missing_field"} and field in {"from_", "to"} and "/told_" in trouble.path:
        return END
    if trouble.code in {"empty_text", "missing_field"} and field in ASKS:
        return ASKS[field]
    if trouble.code in {"not_a_number", "not_yes_no_or_day"}:
        return _number(trouble, field)
    if trouble.code == "not_observed":
        return _not_observed(trouble, content, catalogue)
    return SIMPLE.get(trouble.code) or _with_names(trouble.says, _names(content, catalogue))


def placed_words(trouble: Trouble, content: Content, catalogue: Catalogue) -> Text:
    """The same with the place in front, for a list of all troubles."""
    place, words = place_words(content, trouble.path), trouble_words(trouble, content, catalogue)
    return Text(f"{_capital(place.nl)}: {_small(words.nl)}", f"{_capital(place.en)}: {_small(words.en)}")


def _number(trouble: Trouble, field: str) -> Text:
    if "“”" in trouble.says.nl or field not in {"day", "by", "age", "horizon"}:
        return ASKS.get(field, ASKS["day"])
    return Text("Schrijf hier een heel getal, bijvoorbeeld 12.", "Write a whole number here, for instance 12.")


def _not_observed(trouble: Trouble, content: Content, catalogue: Catalogue) -> Text:
    try:
        item = item_at(content, trouble.path.rpartition("/")[0])[1]
    except (Clash, InputError):
        return trouble.says
    row = catalogue.organisation.get(getattr(item, "organisation", ""))
    if row is None:
        return trouble.says
    return Text(
        f"{row.name.nl} kan dit signaal volgens het stelsel niet zien.",
        f"According to the system model, {row.name.en} cannot see this signal.",
    )


def _names(content: Content, catalogue: Catalogue) -> Mapping[str, Text]:
    """Names by id, those of the story in front."""
    found = {row.id: row.name for row in catalogue.organisations}
    found |= {row.id: row.name for row in catalogue.signals}
    found |= {row.id: row.name for row in catalogue.patterns}
    found |= {row.id: Text(row.name.nl, row.name.en or row.name.nl) for row in content.places if row.name.nl}
    return found | {row.id: Text(row.name, row.name) for row in content.dolls if row.name}


def _with_names(says: Text, names: Mapping[str, Text]) -> Text:
    dutch = QUOTED.sub(lambda found: names[found[1]].nl if found[1] in names else found[1], says.nl)
    english = QUOTED.sub(lambda found: names[found[1]].en if found[1] in names else found[1], says.en)
    return Text(_capital(dutch), _capital(english))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]

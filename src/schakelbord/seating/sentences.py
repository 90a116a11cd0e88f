"""Sentences for the secretary, both languages side by side."""

from __future__ import annotations

from schakelbord.engine.text import Text
from schakelbord.seating.conflict import Conflict, Rule
from schakelbord.seating.cost import Amounts
from schakelbord.seating.problem import Problem

MOST_TOLD = 8
"""Rules told one by one; of more we tell the first and how many others."""


def reason(problem: Problem, conflict: Conflict) -> Text:
    """One sentence that says why there is no plan, and what to do."""
    present = len(problem.present(conflict.round))
    kinds = [rule.kind for rule in conflict.rules]
    if kinds == ["capacity"]:
        chairs = sum(table.most for table in problem.tables)
        text = Text(
            nl=f"er zijn {present} deelnemers en {chairs} stoelen, dus zet er minstens {present - chairs} bij.",
            en=f"there are {present} participants and {chairs} chairs, so add at least {present - chairs}.",
        )
    elif kinds == ["minimum"]:
        fewest = sum(table.least for table in problem.tables)
        text = Text(
            nl=f"er zijn {present} deelnemers en de tafels vragen er samen minstens {fewest}, dus haal een tafel weg "
            "of verlaag een minimum.",
            en=f"there are {present} participants and the tables ask for at least {fewest} together, so take a table "
            "away or lower a minimum.",
        )
    else:
        told = [_told(problem, rule) for rule in conflict.rules[:MOST_TOLD]]
        more = len(conflict.rules) - len(told)
        if more:
            told.append(Text(nl=f"en {more} zulke afspraken meer", en=f"and {more} more of these rules"))
        nl, en = "; ".join(one.nl for one in told), "; ".join(one.en for one in told)
        text = Text(
            nl=f"dit kan niet allemaal tegelijk, laat er één van los: {nl}.",
            en=f"these cannot all hold, let go of one of them: {en}.",
        )
    if problem.rounds > 1:
        return Text(
            nl=f"In ronde {conflict.round + 1} lukt het niet: {text.nl}",
            en=f"Round {conflict.round + 1} cannot work: {text.en}",
        )
    return Text(nl=text.nl[0].upper() + text.nl[1:], en=text.en[0].upper() + text.en[1:])


def _told(problem: Problem, rule: Rule) -> Text:
    names = " en ".join(rule.people), " and ".join(rule.people)
    accessible = [table.id for table in problem.tables if table.accessible]
    chairs = sum(table.most for table in problem.tables)
    known = {
        "capacity": Text(nl=f"er zijn {chairs} stoelen in al", en=f"there are {chairs} chairs in all"),
        "minimum": Text(nl="elke tafel heeft een minimum", en="every table has a minimum"),
        "apart": Text(nl=f"{names[0]} zitten niet samen", en=f"{names[1]} sit apart"),
        "together": Text(nl=f"{names[0]} zitten samen", en=f"{names[1]} sit together"),
        "accessible": Text(
            nl=f"{names[0]} heeft een toegankelijke tafel nodig ({', '.join(accessible) or 'die is er niet'})",
            en=f"{names[1]} needs an accessible table ({', '.join(accessible) or 'there is none'})",
        ),
        "host": Text(nl=f"{names[0]} is tafelheer van {rule.table}", en=f"{names[1]} hosts {rule.table}"),
        "pitcher": Text(nl=f"{names[0]} leidt in aan {rule.table}", en=f"{names[1]} opens at {rule.table}"),
    }
    return known[rule.kind]


def cost_in_words(counts: Amounts) -> list[Text]:
    """What a difference of counts (see `MoveCost`) means, one phrase for each kind that changes, in the fixed order."""
    return [_phrase(kind, count) for kind, count in counts.items() if count]


_MEANINGS = {
    "org": ("paar van dezelfde organisatie", "paren van dezelfde organisatie", "pair of one organisation",
            "pairs of one organisation"),
    "layer": ("paar van dezelfde laag", "paren van dezelfde laag", "pair of one layer", "pairs of one layer"),
    "pref": ("punt afstand tot de voorkeuren", "punten afstand tot de voorkeuren", "point away from preferences",
             "points away from preferences"),
    "repeat": ("paar dat elkaar al zag", "paren die elkaar al zagen", "pair that met before", "pairs that met before"),
    "sametable": ("keer terug aan dezelfde tafel", "keer terug aan dezelfde tafel", "return to the same table",
                  "returns to the same table"),
    "change": ("deelnemer aan een andere tafel dan eerst", "deelnemers aan een andere tafel dan eerst",
               "participant at another table than before", "participants at another table than before"),
}  # fmt: skip


def _phrase(kind: str, count: int) -> Text:
    one, many, single, plural = _MEANINGS[kind]
    size = abs(count)
    return Text(
        nl=f"{size} {one if size == 1 else many} {'meer' if count > 0 else 'minder'}",
        en=f"{size} {'more' if count > 0 else 'fewer'} {single if size == 1 else plural}",
    )

"""Questions that help to make a good assignment or result of a vague one. Nothing is written for anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from schakelbord.engine.text import Text

VAGUE: Final = re.compile(
    r"(?i)\b(?:meer aandacht|aandacht voor|verbeter\w*|inzetten op|versterk\w*|bevorder\w*|stimuler\w*|optimal\w*|"
    r"waar mogelijk|zo snel mogelijk|zo veel mogelijk|beter samenwerken|bewustwording|borg\w*|draagvlak|"
    r"improve\w*|strengthen\w*|promot\w*|raise awareness|pay attention|where possible|as soon as possible)\b"
)
NOUN_FIRST: Final = re.compile(
    r"(?i)^(?:de|het|een|meer|betere?|goede|er (?:moet|is|zou)|wij|we|the|a|an|more|better|there)\b"
)
NAMED_WHO: Final = re.compile(
    r"(?i)\b(?:elke|elk|iedere|ieder|alle|een|de|het|wie|every|each|all|who|the)\s+(?!\d)\w{3,}|\b(?:scho(?:ol|len)|"
    r"gemeente\w*|politie|veilig thuis|kind\w*|jongere\w*|ouder\w*|leerling\w*|professional\w*)\b"
)
FIGURE: Final = re.compile(r"\d|\b(?:geen|elke|elk|iedere|alle|helft|none|every|each|all|half)\b", re.IGNORECASE)
ACTIVITY: Final = re.compile(
    r"(?i)\b(?:overleg|bijeenkomst|training|campagne|folder|website|onderzoek|plan van aanpak|werkgroep|rapport|"
    r"notitie|meeting|campaign|leaflet|research|report|training)\b"
)
LONG_SENTENCE: Final = 28
SHORT_SENTENCE: Final = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A question to who writes, and when it is asked."""

    asks: Callable[[str], bool]
    text: Text


def _words(text: str) -> int:
    return len(text.split())


ASSIGNMENT: Final = (
    Question(
        lambda text: bool(NOUN_FIRST.search(text.strip())),
        Text(
            nl="Wat moet het gremium doen? Begin met dat werkwoord: regel, maak, spreek af, besluit.",
            en="What must the body do? Begin with that verb: arrange, make, agree, decide.",
        ),
    ),
    Question(
        lambda text: bool(VAGUE.search(text)),
        Text(
            nl="Wat ziet u straks gebeuren dat nu niet gebeurt? Schrijf dat op in plaats van het algemene woord.",
            en="What will you see happen that does not happen now? Write that instead of the general word.",
        ),
    ),
    Question(
        lambda text: _words(text) > LONG_SENTENCE,
        Text(
            nl="Zijn dit twee opdrachten? Kies de ene die het meeste losmaakt.",
            en="Are these two assignments? Choose the one that frees most.",
        ),
    ),
    Question(
        lambda text: 0 < _words(text) < SHORT_SENTENCE,
        Text(nl="Voor wie, en wanneer merkt die het?", en="For whom, and when do they notice it?"),
    ),
)
RESULT: Final = (
    Question(
        lambda text: bool(ACTIVITY.search(text)),
        Text(
            nl="Dit is iets wat u doet. Wat is daarna anders, en voor wie?",
            en="This is something you do. What is different afterwards, and for whom?",
        ),
    ),
    Question(
        lambda text: bool(VAGUE.search(text)),
        Text(
            nl="Hoe zou iemand van buiten zien dat het beter is?",
            en="How would somebody from outside see that it is better?",
        ),
    ),
    Question(
        lambda text: not FIGURE.search(text),
        Text(
            nl="Hoe vaak, hoeveel, of binnen hoeveel dagen? Een woord als “elke” of “geen” mag ook.",
            en="How often, how many, or within how many days? A word such as “every” or “none” will do.",
        ),
    ),
    Question(
        lambda text: not NAMED_WHO.search(text),
        Text(nl="Wie merkt dit? Noem een organisatie of “het kind”.", en="Who notices this? Name an organisation."),
    ),
)
FIELDS: Final = {"assignment": ASSIGNMENT, "result": RESULT}
MOST: Final = 2


def questions_about(field: str, text: str) -> tuple[Text, ...]:
    """At most two questions to who writes; none for an empty or a good text.

    Args:
        field: `assignment` or `result`.
        text: as it stands now.
    """
    if not text.strip():
        return ()
    return tuple(question.text for question in FIELDS[field] if question.asks(text))[:MOST]

"""Labels of groups: descent, nationality, faith, words that stand for them, and what is said of all of a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schakelbord.guard.flags import Hit
from schakelbord.guard.words import Lists, Word, lists, word_set

STANDS_FOR: Final = word_set(
    "migratieachtergrond migratie-achtergrond migrantenachtergrond vluchtelingenachtergrond cultuurachtergrond "
    "medelanders nieuwkomersgezin eerwraakfamilie kutmarokkaan kutmarokkanen pauper"
)
DESCENT: Final = word_set(
    "afkomst achtergrond origine komaf herkomst nationaliteit roots bloed etniciteit geloof huidskleur descent "
    "origin background heritage nationality ethnicity faith skin"
)
COPULAS: Final = word_set("is zijn was waren ben bent bleken blijken blijkt are were be been am")
PRONOUNS: Final = word_set("hij zij ze wij ik jullie iemand he she they somebody someone zijzelf hun")
BETWEEN: Final = word_set(
    "niet ook heel erg nogal allebei allemaal beide streng zeer oorspronkelijk van huis uit not also very both "
    "originally een a"
)
CULTURE: Final = word_set("cultuur cultuurtje geloof religie culture religion faith traditie")
THEIR: Final = word_set("die hun deze dat zulke hún that their those this zijn haar")
PLACES: Final = word_set("in uit naar van from to into over via tussen")
AMBIGUOUS: Final = word_set("polen pool turkse chinese surinamese kamper kampers rus black white")
EACH: Final = word_set("ieder iedere elk elke every each")
SUCH: Final = word_set("zulke dergelijke such zulk")
ALL: Final = word_set("alle all die those deze these al iedere every")
GENERAL: Final = word_set("altijd nooit allemaal zich eenmaal gewoon niet always never just all don't simply")
FROM: Final = word_set("uit van from in of")
THAT: Final = word_set("die dat deze dit that those this these zo'n")


def labels_in(text: str, words: list[Word]) -> Iterator[Hit]:
    """Words that label a person or a group, and clauses about a whole group."""
    known = lists()
    people = known.people
    seen = -1
    for at in range(len(words)):
        hit = _label_at(words, at, known, people)
        if hit and hit.start > seen:
            seen = hit.end
            yield hit
        start = _general_start(text, words, at, known)
        if start is not None:
            end = _clause_end(text, words[start].start)
            yield Hit("generalisation", words[start].start, end)


MENTIONS: Final = word_set("woord woorden term termen begrip label etiket stempel word words terms")


def _label_at(words: list[Word], at: int, known: Lists, people: frozenset[str]) -> Hit | None:
    word = words[at]
    if at and words[at - 1].low in MENTIONS:
        return None
    if word.low in STANDS_FOR:
        return Hit("origin_label", word.start, word.end)
    if word.low in known.peoples and not _is_place(words, at):
        return Hit("origin_label", word.start, word.end)
    if word.low in known.descent:
        return _descent_at(words, at, people)
    if word.low in CULTURE and at and words[at - 1].low in THEIR:
        return Hit("culture", words[at - 1].start, word.end)
    return None


def _is_place(words: list[Word], at: int) -> bool:
    """Whether a word for a people is a country here, or says what kind of thing something is."""
    word = words[at]
    if word.low not in AMBIGUOUS:
        return False
    before = words[at - 1].low if at else ""
    return (
        before in PLACES
        or word.low in {"black", "white", "chinese", "surinamese", "pool", "turkse"}
        or not word.capital
    )


def _descent_at(words: list[Word], at: int, people: frozenset[str]) -> Hit | None:
    """An adjective of descent or faith that is said of people; of laws, food, languages and places it is left alone."""
    word = words[at]
    for step in (1, 2):
        if at + step >= len(words) or words[at + step].first:
            break
        other = words[at + step]
        if other.low in DESCENT:
            return Hit("origin_label", word.start, other.end)
        if other.low in people or _ends_in_people(other.low):
            return Hit("origin_label", word.start, word.end, (f"“{other.text}”", f"“{other.text}”"))
        if not other.low.endswith(("e", "en", "of", "and", "or", "-")) and step == 1:
            break
    return _said_of(words, at, people)


def _said_of(words: list[Word], at: int, people: frozenset[str]) -> Hit | None:
    """`De ouders zijn Iraans`, `zij is niet gelovig`: a copula before it, and people or a pronoun before that."""
    back = at - 1
    while back >= 0 and at - back < 5 and words[back].low in BETWEEN and not words[back + 1].first:
        back -= 1
    if back < 0 or words[back].low not in COPULAS or words[at].low.endswith("e"):
        return None
    subject = [row.low for row in words[max(0, back - 6) : back]]
    if any(low in people or low in PRONOUNS or _ends_in_people(low) for low in subject):
        start = back + 1 if words[back + 1].low in {"niet", "not"} else at
        return Hit("origin_label", words[start].start, words[at].end)
    return None


def _ends_in_people(low: str) -> bool:
    return low.endswith(
        (
            "familie",
            "gezin",
            "jongen",
            "meisje",
            "vrouw",
            "families",
            "gezinnen",
            "ouders",
            "jongens",
            "meisjes",
            "moeder",
            "vader",
        )
    )


def _general_start(text: str, words: list[Word], at: int, known: Lists) -> int | None:
    """Where a clause about a whole group starts, when this word is the group (`zulke gezinnen`)."""
    word = words[at]
    if word.low in known.people_one:
        return at - 1 if _each_of_such(words, at) else None
    if word.low not in known.people_more and word.low not in known.peoples:
        return None
    labelled = word.low in known.peoples or (at > 0 and words[at - 1].low in known.descent)
    start = at - 1 if at and words[at - 1].low in known.descent else at
    quantity = words[start - 1].low if start and not words[start].first else ""
    if quantity in SUCH or (quantity in {"soort", "kind"} and not labelled):
        return start - 1 if quantity in SUCH else max(0, start - 2)
    clause = _clause(text, words, at)
    general = not GENERAL.isdisjoint(clause)
    somewhere = len(clause) > 1 and clause[0] in FROM and clause[1] in THAT
    begins = start - 1 if quantity in ALL else start
    opening = words[begins].first or quantity in ALL
    if (
        (somewhere and opening)
        or (general and labelled and opening)
        or (general and quantity in {"die", "those"} and words[begins].first)
    ):
        return begins
    return None


def _each_of_such(words: list[Word], at: int) -> bool:
    """`Ieder meisje uit zo'n familie`: each one of a kind."""
    after = [word.low for word in words[at + 1 : at + 3]]
    return (
        at > 0
        and words[at - 1].low in EACH
        and len(after) == 2
        and after[0] in FROM
        and after[1] in {"zo'n", "zulk", "such"}
    )


def _clause(text: str, words: list[Word], at: int) -> list[str]:
    """The words after this one up to the end of the clause, at most twelve."""
    found: list[str] = []
    end = words[at].end
    for word in words[at + 1 : at + 13]:
        if any(sign in ",;.!?\n" for sign in text[end : word.start]):
            break
        found.append(word.low)
        end = word.end
    return found


def _clause_end(text: str, start: int) -> int:
    for at in range(start, min(len(text), start + 200)):
        if text[at] in ",;.!?\n":
            return at
    return min(len(text), start + 200)

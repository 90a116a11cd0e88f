"""What is said when a value does not fit its field. Each sentence says what is wrong and what to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schakelbord.engine import limits
from schakelbord.engine.suggest import nearest
from schakelbord.engine.text import Text


def meant(word: str, known: Iterable[str]) -> Text:
    """`bedoelde u ...?` with the nearest known word before it a space, or two empty texts."""
    found = nearest(word, known)
    if found is None or found == word:
        return Text(nl="", en="")
    return Text(nl=f" Bedoelde u `{found}`?", en=f" Did you mean `{found}`?")


def shown(word: str) -> str:
    """What somebody wrote, short enough for a message."""
    line = " ".join(word.split())
    return line if len(line) <= 40 else line[:39] + "…"


def joined(words: Sequence[str], last: str) -> str:
    """`a, b or c` in backticks."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" {last} " + quoted[-1]


def not_a_map(name: str, fields: Sequence[str]) -> Text:
    """A list or text where fields with values belong."""
    nl_what, en_what = (f"bij `{name}`", f"at `{name}`") if name else ("hier", "here")
    nl_fields = f", bijvoorbeeld {joined(fields[:2], 'en')}" if len(fields) > 1 else ""
    en_fields = f", for instance {joined(fields[:2], 'and')}" if len(fields) > 1 else ""
    return Text(
        nl=f"{nl_what} horen velden met een waarde te staan{nl_fields}.",
        en=f"{en_what} there should be fields with a value{en_fields}.",
    )


def not_a_list(name: str) -> Text:
    """Fields or a text where a list belongs."""
    nl_what, en_what = (f"bij `{name}`", f"at `{name}`") if name else ("in dit bestand", "in this file")
    return Text(
        nl=f"{nl_what} hoort een lijst te staan, met een streepje of blokhaken.",
        en=f"{en_what} there should be a list, with a hyphen or square brackets.",
    )


def not_a_pair(name: str) -> Text:
    """Not two numbers."""
    return Text(
        nl=f"bij `{name}` horen twee getallen te staan, bijvoorbeeld [0, 18].",
        en=f"at `{name}` there should be two numbers, for instance [0, 18].",
    )


def not_one_value(name: str) -> Text:
    """A list or fields where one value belongs."""
    return Text(
        nl=f"bij `{name}` hoort één waarde te staan, geen lijst of groep.",
        en=f"at `{name}` there should be one value, not a list or group.",
    )


def missing_field(name: str) -> Text:
    """A required field is not there."""
    if name == "ground":
        return Text(
            nl="`ground` ontbreekt; schrijf de wet en het artikel, of `ground: null` als er geen grondslag is.",
            en="`ground` is missing; write the law and the article, or `ground: null` when there is no legal ground.",
        )
    return Text(nl=f"het veld `{name}` ontbreekt; vul het in.", en=f"the field `{name}` is missing; fill it in.")


def unknown_field(name: str, known: Iterable[str]) -> Text:
    """A field that does not exist here."""
    hint = meant(name, known)
    return Text(
        nl=f"het veld `{shown(name)}` bestaat hier niet.{hint.nl or ' Haal het weg.'}",
        en=f"the field `{shown(name)}` does not exist here.{hint.en or ' Remove it.'}",
    )


def unknown_choice(name: str, written: str, choices: Sequence[str]) -> Text:
    """A word that is not one of the choices."""
    hint = meant(written, choices)
    return Text(
        nl=f"`{shown(written)}` kan niet bij `{name}`; kies {joined(choices, 'of')}.{hint.nl}",
        en=f"`{shown(written)}` is not possible at `{name}`; choose {joined(choices, 'or')}.{hint.en}",
    )


def bad_id(written: str) -> Text:
    """An id with other characters than allowed."""
    return Text(
        nl=f"`{shown(written)}` kan geen id zijn; begin met een kleine letter en gebruik alleen kleine letters, "
        f"cijfers en _ , hoogstens {limits.ID_LENGTH} tekens.",
        en=f"`{shown(written)}` cannot be an id; begin with a small letter and use only small letters, digits "
        f"and _ , at most {limits.ID_LENGTH} characters.",
    )


def empty_text(name: str) -> Text:
    """A text without content."""
    return Text(nl=f"`{name}` is leeg; vul een tekst in.", en=f"`{name}` is empty; fill in a text.")


def text_too_long(name: str, length: int) -> Text:
    """A text beyond the limit."""
    return Text(
        nl=f"`{name}` is {length} tekens lang; het mogen er hoogstens {limits.TEXT_LENGTH} zijn.",
        en=f"`{name}` is {length} characters long; at most {limits.TEXT_LENGTH} are allowed.",
    )


def not_a_number(name: str, written: str, plainer: str) -> Text:
    """Not a whole number in plain digits."""
    nl_hint = f"schrijf {plainer}" if plainer else "schrijf cijfers, bijvoorbeeld 12"
    en_hint = f"write {plainer}" if plainer else "write digits, for instance 12"
    return Text(
        nl=f"bij `{name}` hoort een heel getal; er staat “{shown(written)}”, {nl_hint}.",
        en=f"`{name}` must be a whole number; it says “{shown(written)}”, {en_hint}.",
    )


def number_too_large(name: str) -> Text:
    """A number beyond every sense."""
    return Text(
        nl=f"het getal bij `{name}` is te groot; het mag hoogstens {limits.NUMBER} zijn.",
        en=f"the number at `{name}` is too large; it may be at most {limits.NUMBER}.",
    )


def not_true_or_false(name: str, written: str) -> Text:
    """Not `true` or `false`."""
    return Text(
        nl=f"bij `{name}` hoort `true` of `false`; er staat “{shown(written)}”.",
        en=f"`{name}` must be `true` or `false`; it says “{shown(written)}”.",
    )


def not_yes_no_or_day(name: str) -> Text:
    """Not `true`, `false` or a day."""
    return Text(
        nl=f"bij `{name}` hoort `true`, `false` of de dag waarop het begint.",
        en=f"at `{name}` there should be `true`, `false` or the day on which it begins.",
    )


def not_a_date(name: str, written: str) -> Text:
    """Not a date as year-month-day."""
    return Text(
        nl=f"bij `{name}` hoort een datum als 2025-03-01; er staat “{shown(written)}”.",
        en=f"`{name}` must be a date like 2025-03-01; it says “{shown(written)}”.",
    )


def more_problems() -> Text:
    """The last problem that is told."""
    return Text(
        nl=f"hier zijn al {limits.PROBLEMS} dingen mis; verder is dit bestand niet bekeken. Los eerst deze op.",
        en=f"already {limits.PROBLEMS} things are wrong; the rest of this file was not looked at. Mend these first.",
    )


def turned_direction() -> Text:
    """An invisible character that turns the reading direction and is not ended."""
    return Text(
        nl="deze tekst draait de leesrichting om met een onzichtbaar teken en draait niet terug; haal dat teken weg.",
        en="this text turns the reading direction with an invisible character, without turning it back; remove it.",
    )

"""What the check says, in both languages: what it looks like, and what to write instead."""

from __future__ import annotations

from typing import Final

from schakelbord.guard.flags import Hit, Kind, Rule

KINDS: Final[dict[Rule, Kind]] = {
    "person_name": "name",
    "phone": "contact",
    "email": "contact",
    "profile": "contact",
    "bsn": "number",
    "iban": "number",
    "licence_plate": "number",
    "file_number": "number",
    "address": "address",
    "postcode": "address",
    "date_of_birth": "date",
    "date": "date",
    "origin_label": "label",
    "culture": "label",
    "generalisation": "label",
}
SAYS: Final[dict[Rule, tuple[str, str]]] = {
    "person_name": ("Dit lijkt een naam: “{}”. Schrijf {hint}.", "This looks like a name: “{}”. Write {hint}."),
    "phone": (
        "Dit lijkt een telefoonnummer: “{}”. Laat het weg; schrijf welke organisatie te bellen is.",
        "This looks like a phone number: “{}”. Leave it out; write which organisation can be called.",
    ),
    "email": (
        "Dit lijkt een mailadres: “{}”. Laat het weg; schrijf welke organisatie u bedoelt.",
        "This looks like a mail address: “{}”. Leave it out; write which organisation you mean.",
    ),
    "profile": (
        "Dit lijkt een account van iemand: “{}”. Schrijf “een account op sociale media”.",
        "This looks like somebody's account: “{}”. Write “an account on social media”.",
    ),
    "bsn": (
        "Dit lijkt een burgerservicenummer: “{}”. Laat het weg; een nummer wijst één mens aan.",
        "This looks like a citizen service number: “{}”. Leave it out; a number points to one person.",
    ),
    "iban": (
        "Dit lijkt een rekeningnummer: “{}”. Schrijf “de rekening van een ander”.",
        "This looks like a bank account: “{}”. Write “somebody else's account”.",
    ),
    "licence_plate": (
        "Dit lijkt een kenteken: “{}”. Schrijf “een auto”.",
        "This looks like a number plate: “{}”. Write “a car”.",
    ),
    "file_number": (
        "Dit lijkt een nummer van een dossier: “{}”. Laat het weg; een nummer wijst één zaak aan.",
        "This looks like the number of a file: “{}”. Leave it out; a number points to one case.",
    ),
    "address": (
        "Dit lijkt een adres: “{}”. Schrijf “een woning in gemeente A”.",
        "This looks like an address: “{}”. Write “a home in municipality A”.",
    ),
    "postcode": (
        "Dit lijkt een postcode: “{}”. Schrijf “een wijk in gemeente A”.",
        "This looks like a postcode: “{}”. Write “a district of municipality A”.",
    ),
    "date_of_birth": (
        "Dit lijkt een geboortedatum: “{}”. Schrijf een leeftijd: “16 jaar”.",
        "This looks like a date of birth: “{}”. Write an age: “16 years old”.",
    ),
    "date": (
        "Dit is een precieze datum: “{}”. Schrijf een dag van het verhaal of een maand: “in de derde week”.",
        "This is an exact date: “{}”. Write a day of the story or a month: “in the third week”.",
    ),
    "origin_label": (
        "Dit noemt iemands afkomst of geloof: “{}”. Laat het weg: schrijf {hint}, en wat er gebeurt.",
        "This names somebody's descent or faith: “{}”. Leave it out: write {hint}, and what happens.",
    ),
    "culture": (
        "Dit geeft een cultuur of geloof als reden: “{}”. Schrijf wat er gebeurt en wie er wat over beslist.",
        "This gives a culture or faith as the reason: “{}”. Write what happens and who decides about it.",
    ),
    "generalisation": (
        "Dit zegt iets over een hele groep: “{}”. Schrijf over één gezin of over een organisatie: “in dit gezin …”.",
        "This speaks of a whole group: “{}”. Write about one family or about an organisation: “in this family …”.",
    ),
}
NO_HINT: Final[dict[Rule, tuple[str, str]]] = {
    "person_name": (
        "wat iemand doet of is: “de mentor”, “een moeder”, of kies een pop",
        "what somebody does or is: “the mentor”, “a mother”, or choose a doll",
    ),
    "origin_label": ("“het gezin”", "“the family”"),
}
LONGEST: Final = 60


def sentences_of(hit: Hit, piece: str) -> tuple[str, str]:
    """The sentences about a find, in Dutch and English."""
    shown = piece if len(piece) <= LONGEST else piece[: LONGEST - 1].rstrip() + "…"
    hints = hit.hint or NO_HINT.get(hit.rule, ("", ""))
    nl, en = (said.format(shown, hint=hint) for said, hint in zip(SAYS[hit.rule], hints, strict=True))
    return nl, en

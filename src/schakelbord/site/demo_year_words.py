"""What happened in the year before the meeting of the demo. All of it is invented; people are named after birds."""

# ruff: noqa: E501 - sentences as people say them
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakelbord.tables.demo_words import Note, Outcome, Somebody, Talk

TITLE: Final = "Eerste gezamenlijke bijeenkomst"
AGENDA: Final = (
    ("plenary", "Welkom, en waarom wij hier zitten", 10),
    ("table_round", "Gesprek aan tafels", 45),
    ("harvest", "Oogst", 20),
)
PEOPLE: Final = (
    Somebody("T. Kievit", "Gemeente Berkenstad", "beleidsadviseur jeugd", "o", 1, "host"),
    Somebody("R. Reiger", "Raad voor de Kinderbescherming", "adviseur", "o", 1, "pitcher"),
    Somebody("H. Grutto", "Gemeente Lindewoude", "burgemeester", "a", 1),
    Somebody("K. Winterkoning", "GGD Berkenland", "jeugdarts", "o", 1),
    Somebody("Y. Koolmees", "Scholengroep De Hazelaar", "zorgcoördinator", "o", 1),
    Somebody("M. Wulp", "Gemeente Berkenstad", "beleidsadviseur veiligheid", "o", 2, "host"),
    Somebody("D. Kwikstaart", "Leerplicht Berkenland", "teamleider", "o", 2, "pitcher"),
    Somebody("O. Wielewaal", "Gemeente Iependorp", "wethouder", "a", 2),
    Somebody("W. Plevier", "Ingrado Berkenland", "adviseur leerplicht", "o", 2),
    Somebody("I. Meeuw", "Gemeente Lindewoude", "directeur sociaal domein", "b", 2),
    Somebody("J. Merel", "Kennisinstituut Samenleven", "onderzoeker", "o", 3, "host"),
    Somebody("P. Fuut", "Universiteit Berkenstad", "jurist", "o", 3, "pitcher"),
    Somebody("N. Scholekster", "Gemeente Berkenstad", "burgemeester", "a", 3),
    Somebody("Q. Gruttel", "Gemeente Iependorp", "privacyfunctionaris", "o", 3),
    Somebody("S. Zwaluw", "Ministerie van OCW", "beleidsmedewerker", "o", 3),
)
TALKS: Final = (
    Talk(
        1,
        "Drie signalen, en dan?",
        "De mentor zag het. De schoolarts zag het. Niemand belde Veilig Thuis. Niet omdat het niet mocht, maar omdat "
        "niemand zeker wist of het mocht.",
        (
            Note(
                "experience",
                "Ik wist niet dat ik eerst advies kon vragen zonder een naam te noemen.",
                "o",
                "Advies",
                used=True,
            ),
            Note(
                "experience",
                "Bij ons op school belt niemand, uit angst dat de ouders het horen.",
                "o",
                "Advies",
                used=True,
            ),
            Note(
                "fact",
                "Advies vragen bij Veilig Thuis kan zonder namen te noemen.",
                "o",
                "Advies",
                "Wmo 2015, artikel 4.1.1",
                used=True,
            ),
            Note(
                "assumption",
                "Wij denken dat de meeste scholen de meldcode kennen maar niet gebruiken.",
                "o",
                "Meldcode",
                used=True,
            ),
            Note(
                "wish", "Eén nummer per regio waar een school dezelfde dag antwoord krijgt.", "a", "Advies", used=True
            ),
            Note(
                "experience",
                "Wie meldt, hoort daarna niets meer. De volgende keer meld je niet.",
                "o",
                "Terugkoppeling",
                used=True,
            ),
        ),
        Outcome(
            "Regel dat elke school weet waar zij dezelfde dag advies krijgt, vóór het gesprek met de ouders.",
            "pb",
            "In negen van de tien gevallen vraagt de school eerst advies.",
            "leerlingen en hun mentoren",
            "",
            "het register van adviezen",
            "confirmed",
        ),
    ),
    Talk(
        0,
        "Een gezin verhuist, het dossier niet",
        "Het gezin vertrok in april. In september belde een nieuwe school. In die vijf maanden was er geen leerplicht, "
        "geen wijkteam en geen kaart.",
        (
            Note(
                "experience",
                "Wij horen van een verhuizing als de school het meisje mist. Dan is zij al weg.",
                "o",
                "Verhuizing",
                used=True,
            ),
            Note(
                "fact",
                "Zolang niemand is ingeschreven, is voor leerplicht geen gemeente aan zet.",
                "o",
                "Verhuizing",
                "Leerplichtwet 1969",
                used=True,
            ),
            Note("experience", "De overdracht is een mail. Soms komt die aan.", "o", "Overdracht", used=True),
            Note("wish", "Vijf werkdagen, en een gesprek in plaats van een mail.", "a", "Overdracht", used=True),
            Note("assumption", "Wij denken dat dit bij alle gemeenten zo gaat.", "o", "Overdracht"),
        ),
        Outcome(
            "Laat leerplicht bij een verhuizing het dossier binnen vijf werkdagen overdragen, in een gesprek.",
            "pb",
            "Elke overdracht is binnen vijf werkdagen gedaan.",
            "gezinnen die verhuizen",
            "",
            "de telling van leerplicht, elk kwartaal",
            "confirmed",
        ),
    ),
    Talk(
        2,
        "Feiten, aannames en woorden",
        "In elk overleg praten wij over vermoedens alsof het feiten zijn, en over groepen alsof het mensen zijn.",
        (
            Note(
                "experience",
                "In ons verslag stond een vermoeden. Een jaar later was het een feit geworden.",
                "o",
                "Woorden",
                used=True,
            ),
            Note(
                "wish",
                "Eén blad dat naast elk overleg ligt: wat weten wij, wat denken wij, welke woorden gebruiken wij.",
                "a",
                "Woorden",
                used=True,
            ),
            Note(
                "fact",
                "Wie iets over iemand vastlegt, moet kunnen zeggen waarvoor.",
                "o",
                "Delen",
                "AVG, artikel 5",
                used=True,
            ),
            Note("wish", "Een lijst van wie wat mag delen, die een jurist heeft nagekeken.", "o", "Delen", used=True),
        ),
        Outcome(
            "Maak één blad met feiten, aannames en woorden, en een lijst van wie wat mag delen.",
            "p",
            "Elk overleg gebruikt het blad, en van elke grondslag is bekend wie hem heeft nagekeken.",
            "iedereen die over een gezin praat",
            "",
            "vraag het bij tien overleggen",
            "confirmed",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Existing:
    """A body that was there before: name, remit, themes, layer, area, days between meetings, its secretary."""

    name: str
    remit: str
    themes: tuple[str, ...]
    layer: str
    area: str
    every: int
    secretary: str


BODIES: Final = (
    Existing(
        "Landelijk Overleg Advies en Melden",
        "Maakt afspraken over advies vragen en melden bij Veilig Thuis, en over wat een melder terughoort. Stelt het protocol vast voor scholen, artsen en politie.",
        ("advies", "melden", "veilig thuis"),
        "official",
        "land",
        42,
        "G. Grutto",
    ),
    Existing(
        "Regionaal Bestuur Leerplicht",
        "Beslist over de uitvoering van de Leerplichtwet in de regio: verzuim, vrijstelling en vroegtijdig schoolverlaten.",
        ("leerplicht", "verzuim"),
        "administrative",
        "regio",
        30,
        "B. Tapuit",
    ),
    Existing(
        "Netwerk Leerplicht",
        "Leerplichtambtenaren van de gemeenten stemmen werkwijzen af: verhuizing, overdracht van dossiers en contact met scholen.",
        ("leerplicht", "overdracht", "verhuizing"),
        "official",
        "regio",
        61,
        "G. Grutto",
    ),
    Existing(
        "Tafel Onderwijs en Jeugd",
        "Schoolbesturen en wethouders spreken over passend onderwijs, jeugdhulp op school en veiligheid in de klas.",
        ("onderwijs", "jeugd"),
        "mixed",
        "regio",
        182,
        "L. Snip",
    ),
    Existing(
        "Overleg Burgerzaken",
        "Hoofden burgerzaken van gemeenten over inschrijving, adresonderzoek, reisdocumenten en contact aan de balie.",
        ("burgerzaken", "adres", "paspoort"),
        "official",
        "land",
        91,
        "G. Grutto",
    ),
    Existing(
        "Beraad Zorg en Veiligheid Berkenland",
        "Stuurt het Zorg- en Veiligheidshuis aan: aanpak van gezinnen met veel problemen, privacy en samenwerking van zorg en straf.",
        ("zorg", "veiligheid", "privacy"),
        "administrative",
        "regio",
        61,
        "B. Tapuit",
    ),
    Existing(
        "Platform Jongvolwassenen",
        "Werkt aan de overgang van jeugdhulp naar volwassen hulp rond achttien jaar: wonen, inkomen, begeleiding.",
        ("achttien", "wonen", "jeugdhulp"),
        "official",
        "land",
        91,
        "L. Snip",
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A report: days before now, status, words, figure."""

    days: int
    status: str
    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of the demo.

    Args:
        title: what is done.
        owner: name of who answers for it.
        due: days from now, before it when negative.
        talk: place of the talk under it, or None for the direct proposal of the year before.
        unit, baseline, target: of its desired result.
        place: name of the body that took it on, "" when none did.
        refused: bodies that were looked at, with why they do not fit.
        offered: bodies that were asked and did not answer yet, with days since.
        reports: what the owner told.
        verdict: what was said of its result, with why; "" when nobody judged.
        stopped: whether it was stopped.
        result: what is different then; "" takes what the harvest wanted.
    """

    title: str
    owner: str
    due: int
    talk: int | None
    unit: str = ""
    baseline: str = ""
    target: str = ""
    place: str = ""
    refused: tuple[tuple[str, str], ...] = ()
    offered: tuple[tuple[str, int], ...] = ()
    reports: tuple[Told, ...] = ()
    verdict: tuple[str, str] = ("", "")
    stopped: bool = False
    result: str = ""


ACTIONS: Final = (
    Deed(
        "Elke school krijgt binnen een dag advies",
        "S. Zwaluw",
        120,
        0,
        "procent van de gevallen",
        "35",
        "90",
        "Landelijk Overleg Advies en Melden",
        (
            ("Regionaal Bestuur Leerplicht", "Gaat over verzuim, niet over advies."),
            ("Tafel Onderwijs en Jeugd", "Komt twee keer per jaar bijeen; dat is te laat."),
        ),
        (),
        (
            Told(
                65,
                "on_track",
                "In 7 van de 26 regio's staat het nummer open. De andere regio's willen eerst weten wie de telefoon opneemt na 17.00 uur.",
                "41",
            ),
        ),
        result="De school krijgt dezelfde dag advies.",
    ),
    Deed(
        "Melders horen binnen drie weken wat er gebeurde",
        "Y. Koolmees",
        -25,
        0,
        "van de 100 melders",
        "48",
        "80",
        "Landelijk Overleg Advies en Melden",
        (),
        (),
        (
            Told(120, "on_track", "De brief aan melders ligt klaar. Vier regio's proberen hem.", "61"),
            Told(
                40,
                "done",
                "Alle regio's gebruiken de brief. In de laatste maand hoorden 83 van de 100 melders binnen drie weken wat er gebeurde.",
                "83",
            ),
        ),
        ("reached", "De telling klopt met wat wij in onze eigen regio's zien."),
        result="Wie meldt, hoort binnen drie weken wat ermee is gedaan.",
    ),
    Deed(
        "Leerplicht draagt over binnen vijf werkdagen",
        "W. Plevier",
        -3,
        1,
        "procent van de overdrachten",
        "22",
        "100",
        "Netwerk Leerplicht",
        (("Overleg Burgerzaken", "Gaat over inschrijven, niet over leerplicht."),),
        (),
        (Told(80, "behind", "De werkwijze is klaar. Zes gemeenten wachten nog op hun systeem.", "54"),),
        result="Het dossier is binnen vijf werkdagen bij de nieuwe gemeente.",
    ),
    Deed(
        "Een overdracht is een gesprek",
        "D. Kwikstaart",
        90,
        1,
        "",
        "",
        "",
        "Netwerk Leerplicht",
        (),
        (),
        (Told(20, "on_track", "De gespreksleidraad ligt bij alle teams. De eerste twaalf gesprekken zijn gevoerd."),),
    ),
    Deed(
        "Burgerzaken weet wie te bellen bij een bang gezicht",
        "I. Meeuw",
        150,
        1,
        "gemeenten",
        "0",
        "40",
        "Overleg Burgerzaken",
        (),
        (),
        (Told(35, "on_track", "Twaalf gemeenten hebben het kaartje bij de balie liggen.", "12"),),
        result="Wie aan de balie iets ziet, weet wie te bellen.",
    ),
    Deed(
        "Eén blad met feiten, aannames en woorden",
        "P. Fuut",
        40,
        2,
        "",
        "",
        "",
        "",
        (("Tafel Onderwijs en Jeugd", "Gaat alleen over scholen."),),
        (),
        (Told(30, "on_track", "De derde versie ligt bij de tafels. Twee overleggen gebruiken het al."),),
    ),
    Deed(
        "Een gedeelde lijst van wie wat mag delen",
        "Q. Gruttel",
        -10,
        2,
        "",
        "",
        "",
        "Beraad Zorg en Veiligheid Berkenland",
        (),
        (),
        (
            Told(100, "on_track", "Negentien van de eenendertig grondslagen zijn nagekeken."),
            Told(6, "done", "De lijst is compleet en staat bij het stelsel."),
        ),
    ),
    Deed(
        "Een vaste plek voor wie achttien wordt",
        "B. Buizerd",
        200,
        0,
        "",
        "",
        "",
        "",
        (),
        (("Platform Jongvolwassenen", 33), ("Beraad Zorg en Veiligheid Berkenland", 12)),
        (),
        result="Wie achttien wordt, heeft die dag een vaste plek en een vaste begeleider.",
    ),
    Deed(
        "Elk dilemma krijgt binnen zes weken antwoord",
        "B. Buizerd",
        60,
        2,
        "dagen, in het midden",
        "112",
        "42",
        "",
        (("Tafel Onderwijs en Jeugd", "Gaat alleen over scholen."),),
        (),
        (Told(9, "on_track", "Van de elf dilemma's kregen er negen binnen zes weken antwoord.", "39"),),
        result="Wie een dilemma inbrengt, hoort binnen zes weken een antwoord.",
    ),
    Deed(
        "Een app voor meldingen",
        "M. Wulp",
        100,
        2,
        "",
        "",
        "",
        "",
        (("Overleg Burgerzaken", "Hier hoort dit niet thuis."),),
        (),
        (),
        ("", ""),
        True,
        result="Wie wil melden, kan dat met een telefoon.",
    ),
)
EARLIER: Final = (
    Deed(
        "Een landelijk platform dat twee keer per jaar bij elkaar komt",
        "M. Wulp",
        -330,
        None,
        "bijeenkomsten",
        "0",
        "2",
        "",
        (),
        (),
        (Told(340, "done", "Het platform kwam twee keer bij elkaar.", "2"),),
        ("reached", "Twee bijeenkomsten, met verslag."),
        result="Het platform kwam twee keer bij elkaar.",
    ),
    Deed(
        "Een beraad van burgemeesters",
        "N. Scholekster",
        -330,
        None,
        "",
        "",
        "",
        "",
        (),
        (),
        (Told(345, "done", "Het beraad is gevormd en heeft een voorzitter."),),
        ("reached", "Het beraad komt elk kwartaal bij elkaar."),
        result="Er is een beraad, en het heeft een voorzitter.",
    ),
    Deed(
        "Een overzicht van wat er al is",
        "J. Merel",
        -335,
        None,
        "",
        "",
        "",
        "",
        (),
        (),
        (
            Told(
                338,
                "done",
                "Het overzicht beschrijft 22 overleggen. Van de regio's buiten Berkenland ontbreekt nog veel.",
            ),
        ),
        ("partly", "Bruikbaar, maar alleen voor één regio."),
        result="Van elk overleg is bekend waarvoor het is.",
    ),
)
DIRECT_REASON: Final = "De bijeenkomsten waren er nog niet; dit is het besluit om ermee te beginnen."
DIRECT_TEXT: Final = "Er komen twee vaste overleggen over uitbuiting binnen familienetwerken: een landelijk platform en een beraad van burgemeesters. Zij werken met één dossier."
DECIDED: Final = (
    "Elke school krijgt dezelfde dag advies, zonder een naam te noemen, en elke melder hoort binnen drie weken wat er gebeurde.",
    "Als een gezin verhuist, draagt leerplicht het dossier binnen vijf werkdagen over aan de nieuwe gemeente. Ook als het gezin zich nog niet heeft ingeschreven.",
    "Elk overleg werkt met één blad met feiten, aannames en woorden. De lijst van wie wat mag delen is openbaar.",
)
FIRST_DRAFT: Final = (
    "Als een gezin verhuist, draagt leerplicht het dossier binnen tien werkdagen over aan de nieuwe gemeente."
)
AMENDED_NOTE: Final = "De tafel vroeg om vijf werkdagen, en om gezinnen die zich nog niet hebben ingeschreven."
STOP_TEXT: Final = "Wij maken geen app voor meldingen. De app voor een melding bestaat al; een tweede verwart."
STOP_REASON: Final = "Dit kwam op tussen twee bijeenkomsten, toen bleek dat zo'n app al bestaat."
PENDING_WHY: Final = (
    "Het kwam op tafel toen drie gemeenten hetzelfde vroegen; wachten op de bijeenkomst kost een half jaar."
)
OBJECTED_WHY: Final = (
    "Twee dilemma's bleven liggen omdat niemand mocht beslissen. De volgende bijeenkomst is te ver weg."
)
REPEALED_WHY: Final = "Een verzoek van drie gemeenten dat niet op een tafel lag."
PENDING_TEXT: Final = "Wie achttien wordt houdt dezelfde begeleider tot de nieuwe hulp is begonnen."
OBJECTED_TEXT: Final = "Elke regio wijst één bestuurder aan die tussen twee vergaderingen mag beslissen."
OBJECTION: Final = "Onze leden mogen hun bevoegdheid niet zonder raadsbesluit overdragen."
REPEALED_TEXT: Final = "Elke gemeente maakt een eigen meldpunt voor familienetwerken."
REPEALED_REASON: Final = "Er zijn al te veel meldpunten; advies vragen moet bij één nummer kunnen."
LEARNED: Final = "Wij leerden dat een overleg pas werkt als iemand tussen twee vergaderingen mag beslissen. Wij wilden te veel tegelijk: drie acties waren genoeg."
HOME: Final = (
    "Ja, dat mag, als de gemeente opschrijft waarom en na zes weken stopt. De werkwijze staat bij het stelsel."
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a dilemma: to which body (p, w, b), days before now, the question, the answer, its kind."""

    to: str
    days: int
    question: str
    answer: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dilemma:
    """A dilemma on its way, with its steps; `home` says whether the answer came home."""

    statement: str
    happened: str
    stuck: str
    tried: str
    days: int
    steps: tuple[Step, ...]
    home: bool = False


GROUP: Final = "Werkgroep Overdracht"
GROUP_QUESTION: Final = "Wat mag een gemeente doen zolang een gezin geen adres heeft?"
GROUP_MEMBERS: Final = "D. Kwikstaart, Leerplicht Berkenland\nQ. Gruttel, Gemeente Iependorp\n* E. Torenvalk, Universiteit Berkenstad\n* A. Sperwer, Ombudskantoor"
DILEMMAS: Final = (
    Dilemma(
        "Mag een gemeente een gezin volgen dat zich nergens inschrijft?",
        "Een gezin vertrekt zonder nieuw adres. De oude gemeente is niet meer aan zet, de nieuwe nog niet. Wie vooruitloopt, kijkt misschien zonder recht in iemands leven.",
        "de medewerker leerplicht en het gezin",
        "Bellen met de nieuwe gemeente. Die mocht niets zeggen.",
        140,
        (
            Step(
                "w",
                126,
                "Wat mag een gemeente doen zolang er geen adres is? Het recht is duidelijk voor een kind met een adres.",
                "Er zijn twee wegen: zes weken nazorg door de oude gemeente, of een landelijk loket.",
                "direction",
            ),
            Step(
                "b",
                90,
                "Welke van de twee wegen kiest u? Nazorg kost niets en vraagt vertrouwen; een loket kost geld en vraagt een wet.",
                "Nazorg door de oude gemeente, zes weken, opgeschreven waarom.",
                "direction",
            ),
            Step("w", 70, "Maak van deze richting een werkwijze die elke gemeente kan volgen."),
        ),
    ),
    Dilemma(
        "Mag een jeugdarts iets zeggen tegen school als het kind dat niet wil?",
        "Een jeugdarts hoort iets dat de school moet weten. Het kind vraagt om te zwijgen.",
        "de jeugdarts",
        "Overleggen met een collega, zonder naam.",
        230,
        (
            Step(
                "w",
                220,
                "Wanneer gaat de veiligheid van het kind voor het geheim?",
                "Bij ernstig gevaar mag het, na overleg met een vertrouwensarts. Schrijf de afweging op.",
                "direction",
            ),
            Step(
                "p",
                180,
                "Dit is het antwoord van de werkgroep. Deel het met de jeugdartsen.",
                "Gedeeld met alle afdelingen jeugdgezondheid.",
                "decision",
            ),
        ),
        True,
    ),
    Dilemma(
        "Wie betaalt het vervoer van een meisje dat in drie regio's tegelijk wordt geholpen?",
        "Drie gemeenten vinden alle drie dat een ander betaalt. Het meisje staat op de stoep.",
        "de begeleider van de opvang",
        "Voorschieten uit een potje dat nu leeg is.",
        60,
        (
            Step(
                "b",
                45,
                "Wijs aan wie betaalt zolang drie regio's het niet eens zijn. Dit kan geen platform en geen werkgroep besluiten.",
            ),
        ),
    ),
    Dilemma(
        "Mogen wij een broer uitnodigen die ook getuige is?",
        "De broer helpt zijn zus en is later getuige. Wie met hem praat, raakt misschien zijn verklaring.",
        "de gezinswerker",
        "Vragen aan de politie; die kon niets zeggen.",
        20,
        (),
    ),
)

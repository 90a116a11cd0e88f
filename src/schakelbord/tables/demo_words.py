"""What was said at the tables of the demo. People are invented and named after birds; families after trees."""

# ruff: noqa: E501 - sentences as people say them
from __future__ import annotations

from dataclasses import dataclass, field

TITLE = "Samen schakelen"
PLACE = "Stadhuis, raadzaal"
DOSSIER = "Uitbuiting binnen familienetwerken"
SUMMARY = (
    "Kinderen en jongvolwassenen worden binnen hun eigen familie gebruikt. Signalen lijken los van elkaar onschuldig. "
    "Dit dossier gaat over het stelsel eromheen: wie ziet wat, wie mag wat delen, en waar het stopt. Het gaat nooit over "
    "een echt gezin."
)
PLATFORM = "Landelijk Platform aanpak uitbuiting binnen familienetwerken"
BOARD = "Strategisch Beraad uitbuiting binnen familienetwerken"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A participant: name, organisation, function, layer (o, a, b or e), the table of the first round, a role there."""

    name: str
    organisation: str
    function: str
    layer: str
    table: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A contribution: kind, words, layer of who said it, group, source of a fact."""

    kind: str
    text: str
    layer: str = "o"
    group: str = ""
    source: str = ""
    used: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A harvest: the assignment, to which bodies (p, b), the result with its day and how it is seen; how far it is."""

    assignment: str
    to: str
    result: str
    for_whom: str
    by_when: str
    seen_by: str
    state: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A table: its theme, pitch, notes and outcome."""

    theme: int
    pitch: str
    told: str
    notes: tuple[Note, ...] = ()
    outcome: Outcome | None = None
    openers: tuple[str, ...] = field(default_factory=tuple)


THEMES = (
    (
        "Gelaagdheid in samenwerking",
        "Welk besluit over dit gezin kan niemand nemen op de laag waar men het weet, en welk gremium neemt het van nu af?",
    ),
    (
        "Uithuwelijking",
        "Wat moet anders, zodat een school die drie signalen ziet vóór de zomer iemand bereikt die mag handelen?",
    ),
    (
        "Discriminatie en feitelijkheden",
        "Welke feiten hebben wij nodig om te handelen, en kunnen wij ze alle krijgen zonder afkomst vast te leggen?",
    ),
)
DILEMMAS = (
    (
        0,
        "De wijkteams zien het gezin, maar alleen het beraad kan vervoer en huis regelen, en dat komt eens per kwartaal.",
        "Een wijkteam weet wat nodig is en mag het niet besluiten. Het overleg dat mag besluiten komt over tien weken.",
        "de medewerker van het wijkteam",
        "Bellen met de secretaris. Dat hielp één keer, omdat zij elkaar kenden.",
    ),
    (
        1,
        "De school denkt dat zij eerst met de ouders moet praten, en dan is het meisje al weg.",
        "Bij een vermoeden van dwang vraagt de meldcode om eerst deskundigen te spreken. De meeste scholen weten dat niet.",
        "de mentor en de leerling",
        "Een folder sturen. Die ligt in een la.",
    ),
    (
        2,
        "Wij moeten laten zien of het helpt, maar wij mogen en willen geen afkomst tellen.",
        "Zonder cijfers stopt het geld. Met cijfers over een groep doen wij mensen onrecht.",
        "de beleidsmedewerker en iedereen die bij zo'n groep wordt gerekend",
        "Tellen wat organisaties doen: dagen, overdrachten, antwoorden.",
    ),
)
PEOPLE = (
    Somebody("M. Wulp", "Gemeente Berkenstad", "beleidsadviseur veiligheid", "o", 1, "host"),
    Somebody("A. Lijster", "Ministerie van VWS", "beleidsmedewerker", "o", 1, "pitcher"),
    Somebody("V. Goudvink", "Gemeente Eikendam", "burgemeester", "a", 1),
    Somebody("H. Grutto", "Gemeente Lindewoude", "burgemeester", "a", 1),
    Somebody("K. Winterkoning", "GGD Berkenland", "jeugdarts", "o", 1),
    Somebody("C. Tureluur", "Politie", "teamchef", "o", 1),
    Somebody("O. Wielewaal", "Gemeente Iependorp", "wethouder", "a", 1),
    Somebody("F. Roodborst", "VNG", "adviseur", "o", 1),
    Somebody("T. Tureluur", "Gemeente Eikendam", "beleidsadviseur jeugd", "o", 2, "host"),
    Somebody("W. Wielewaal", "Landelijk Knooppunt Huwelijksdwang en Achterlating", "adviseur", "o", 2, "pitcher"),
    Somebody("E. Smient", "Gemeente Berkenstad", "wethouder", "a", 2),
    Somebody("S. Zwaluw", "Ministerie van OCW", "beleidsmedewerker", "o", 2),
    Somebody("G. Aalscholver", "Zorggroep De Linde", "bestuurder", "a", 2),
    Somebody("K. Kievit", "Veilig Thuis Berkenland", "medewerker", "o", 2),
    Somebody("I. Meeuw", "Gemeente Lindewoude", "directeur sociaal domein", "b", 2),
    Somebody("Y. Koolmees", "Scholengroep De Hazelaar", "zorgcoördinator", "o", 2),
    Somebody("J. Merel", "Kennisinstituut Samenleven", "onderzoeker", "o", 3, "host"),
    Somebody("P. Fuut", "Universiteit Berkenstad", "jurist", "o", 3, "pitcher"),
    Somebody("Q. Gruttel", "Gemeente Iependorp", "privacyfunctionaris", "o", 3),
    Somebody("U. Zanglijster", "Gemeente Hazelburg", "burgemeester", "a", 3),
    Somebody("Z. Patrijs", "Gemeente Eikendam", "wethouder", "a", 3),
    Somebody("X. Karekiet", "Politie", "informatiecoördinator", "o", 3),
    Somebody("L. Kluut", "Scholengroep De Hazelaar", "bestuurder", "a", 3),
    Somebody("M. Tapuit", "Jeugdbescherming Berkenland", "gebiedsmanager", "o", 3),
    Somebody("E. Ooievaar", "Zorg- en Veiligheidshuis Berkenland", "manager", "o", 4, "host"),
    Somebody("R. Reiger", "Raad voor de Kinderbescherming", "adviseur", "o", 4, "pitcher"),
    Somebody("B. Spreeuw", "Gemeente Hazelburg", "wethouder", "a", 4),
    Somebody("D. Ekster", "Ministerie van JenV", "programmamanager", "o", 4),
    Somebody("N. Scholekster", "Gemeente Berkenstad", "burgemeester", "a", 4),
    Somebody("L. Specht", "Openbaar Ministerie", "officier", "o", 4),
    Somebody("C. Kauw", "Woningcorporatie De Olm", "bestuurder", "a", 4),
    Somebody("D. Kwikstaart", "Leerplicht Berkenland", "teamleider", "o", 5, "host"),
    Somebody("J. Putter", "Ministerie van SZW", "beleidsmedewerker", "o", 5, "pitcher"),
    Somebody("A. Steltloper", "Gemeente Iependorp", "burgemeester", "a", 5),
    Somebody("H. Boomklever", "Fierhuis", "behandelaar", "o", 5),
    Somebody("P. Bergeend", "Gemeente Lindewoude", "wethouder", "a", 5),
    Somebody("S. Vink", "Ervaringsnetwerk De Meidoorn", "ervaringsdeskundige", "e", 5),
    Somebody("F. Rietgans", "Ministerie van BZ", "beleidsmedewerker", "o", 5),
)
TALKS = (
    Talk(
        0,
        "Tien weken wachten op een ja",
        "Ons wijkteam wist in maart wat er moest gebeuren. Wij konden het niet besluiten. Het overleg dat dat wel kon, kwam "
        "in mei bij elkaar, met een volle agenda. Wij hebben het toen buiten de agenda om geregeld, omdat ik iemand kende. "
        "Zo wil ik het niet nog eens. Wij probeerden: bellen, opschalen, een brief. Wat wij nodig hebben: één plek die "
        "binnen een week ja of nee zegt.",
        (
            Note(
                "experience",
                "Wij schaalden op en hoorden daarna niets meer. Ik weet nog steeds niet waar het ligt.",
                "o",
                "Antwoord terug",
                used=True,
            ),
            Note(
                "experience",
                "Als burgemeester krijg ik dit pas als het in de krant dreigt te komen.",
                "a",
                "Antwoord terug",
                used=True,
            ),
            Note(
                "wish",
                "Wie iets inbrengt, krijgt bij elke stap bericht. Ook als het antwoord nee is.",
                "o",
                "Antwoord terug",
                used=True,
            ),
            Note(
                "fact",
                "Het landelijk platform komt ten minste twee keer per jaar bij elkaar.",
                "o",
                "Wie besluit",
                "website van het platform, werkwijze",
                used=True,
            ),
            Note(
                "assumption", "De meeste dilemma's kan een werkgroep oplossen, zonder het beraad.", "o", "Wie besluit"
            ),
            Note(
                "wish",
                "Eén bestuurder die tussen twee vergaderingen namens ons mag beslissen, en dat daarna vertelt.",
                "a",
                "Wie besluit",
                used=True,
            ),
            Note(
                "experience",
                "Bij ons in de regio weet niemand wie de voorzitter van de stuurgroep is.",
                "o",
                "Wie besluit",
            ),
            Note("assumption", "Wij denken dat de driehoek hierover gaat. Dat klopt volgens mij niet.", "a"),
            Note("wish", "Een vaste dag per maand waarop een dilemma altijd behandeld wordt.", "o", "Antwoord terug"),
        ),
        Outcome(
            "Laat elk dilemma binnen zes weken een antwoord krijgen, op de laag waar het hoort.",
            "b",
            "Van elk dilemma is te zien wie aan zet is, en sinds wanneer.",
            "wie een dilemma inbrengt",
            "2027-07-01",
            "in de lijst van doorgeleide dilemma's: dagen tot antwoord",
            "confirmed",
        ),
        ("Wie mocht hier beslissen, en wist die het?", "Wat zou er in week één anders zijn gegaan?"),
    ),
    Talk(
        1,
        "De mentor belt ons te laat",
        "Wij krijgen de meeste vragen in juni. Dan is er nog een week. In februari weten scholen het vaak al: minder vaak "
        "op school, een verloving die niemand viert, een reis waarover thuis niet gepraat mag worden. Wij probeerden een "
        "folder. Wat werkt: één gesprek met iemand die dit vaker zag, vóór het gesprek met de ouders.",
        (
            Note(
                "experience",
                "Ik wist niet dat ik eerst advies kon vragen zonder een naam te noemen.",
                "o",
                "Twijfel",
                used=True,
            ),
            Note("assumption", "Leraren denken dat ze eerst met de ouders moeten praten.", "o", "Twijfel", used=True),
            Note(
                "experience",
                "De zorgcoördinator was drie dagen per week op school. Het gebeurde op de andere twee.",
                "o",
                "Twijfel",
            ),
            Note(
                "experience",
                "Een leerling vertelde het in de pauze aan de conciërge. Die wist niet bij wie hij moest zijn.",
                "o",
                "Twijfel",
                used=True,
            ),
            Note("assumption", "Jongens vertellen het nog minder vaak dan meisjes.", "o", "Twijfel"),
            Note("wish", "Een zin die elke leraar kent: eerst advies, dan ouders.", "a", "Twijfel", used=True),
            Note(
                "fact",
                "Een school mag melden bij Veilig Thuis zonder toestemming. Het hoeft niet.",
                "o",
                "Wie neemt op",
                "Wmo 2015, artikel 5.2.6",
                used=True,
            ),
            Note(
                "wish",
                "Eén telefoonnummer voor alle scholen in de regio, dezelfde dag antwoord.",
                "a",
                "Wie neemt op",
                used=True,
            ),
            Note("experience", "Bij ons weet niemand wie er opneemt na vijf uur.", "o", "Wie neemt op"),
            Note(
                "experience",
                "Ik belde drie nummers voordat ik iemand sprak die dit kende.",
                "o",
                "Wie neemt op",
                used=True,
            ),
            Note("wish", "Vaste afspraken in april, voordat de zomer begint.", "a", "Wie neemt op"),
            Note("experience", "Na een verhuizing begin ik bij de nieuwe school elke keer opnieuw.", "o"),
            Note("assumption", "De gemeente waar het gezin vandaan komt, heeft het dossier nog.", "a"),
            Note("wish", "Iemand die met de leerling meegaat naar het eerste gesprek.", "o"),
        ),
        Outcome(
            "Regel dat elke school weet waar zij dezelfde dag advies krijgt, vóór het gesprek met ouders.",
            "p",
            "De school vraagt in 9 van de 10 gevallen eerst advies.",
            "scholen in de regio",
            "2027-07-01",
            "aan het register van adviesvragen, naast het aantal meldingen",
            "draft",
        ),
        ("Wat zag de school als eerste?", "Wie had u willen bellen, en waarom kon dat niet?"),
    ),
    Talk(
        2,
        "Eén notitie, twee versies",
        "Ik laat u dezelfde notitie twee keer zien. In de eerste staat waar een gezin vandaan komt. In de tweede staat wat "
        "er gebeurde: zes weken niet op school, een rekening op naam van een kind. Met de tweede kan een rechter iets, met "
        "de eerste niets. Wij weten wat we mogen. Wij schrijven het alleen nog niet zo op.",
        (
            Note(
                "fact",
                "Wie mag handelen, doet dat op gedrag en niet op afkomst.",
                "o",
                "Woorden",
                "College voor de Rechten van de Mens, 2021",
                used=True,
            ),
            Note(
                "experience",
                "In ons systeem is een veld vrij in te vullen. Daar staat van alles in.",
                "o",
                "Woorden",
                used=True,
            ),
            Note(
                "wish",
                "Een lijst met woorden die wij wel en niet gebruiken, van één bladzijde.",
                "a",
                "Woorden",
                used=True,
            ),
            Note(
                "assumption",
                "Wij missen signalen omdat mensen bang zijn om iets verkeerds te zeggen.",
                "a",
                "Durven zeggen",
                used=True,
            ),
            Note(
                "experience",
                "Een collega meldde niet, omdat zij dacht dat zij een groep zou beschuldigen.",
                "o",
                "Durven zeggen",
            ),
            Note("wish", "Laat iemand meepraten die het zelf meemaakte.", "o", "Durven zeggen", used=True),
            Note(
                "assumption",
                "Cijfers over organisaties zeggen genoeg: dagen, overdrachten, antwoorden.",
                "a",
                "Tellen",
                used=True,
            ),
            Note("wish", "Tel hoe vaak een school antwoord kreeg, niet wie de leerling was.", "o", "Tellen"),
            Note("experience", "Elke vergadering begint opnieuw met de vraag of wij mogen tellen.", "a", "Tellen"),
        ),
        Outcome(
            "Maak één blad met wat we weten, wat we denken, en welke woorden we kiezen.",
            "p",
            "Elke tafel en elk overleg gebruikt hetzelfde blad.",
            "iedereen die hierover schrijft",
            "2027-05-01",
            "twee keer per jaar lezen wij tien stukken na",
            "read_back",
        ),
        ("Welk feit had u nodig?", "Hoe kon u dat weten zonder een groep te noemen?"),
    ),
    Talk(
        0,
        "Wie mag een zaak inbrengen?",
        "In ons overleg zitten veertien organisaties. De school hoort daar niet bij, zij mag een zaak niet inbrengen. Zij "
        "kan wel worden uitgenodigd voor één gesprek. Wie doet dat dan, en weet de school dat dit kan?",
        (
            Note(
                "fact",
                "Alleen een lid mag een zaak inbrengen; anderen kunnen worden uitgenodigd.",
                "o",
                "Lid of gast",
                "Wet gegevensverwerking door samenwerkingsverbanden, artikel 2.31",
                used=True,
            ),
            Note(
                "experience",
                "Wij werden uitgenodigd en wisten niet wat wij mochten zeggen.",
                "a",
                "Lid of gast",
                used=True,
            ),
            Note("wish", "Eén vaste contactpersoon die voor de school inbrengt.", "o", "Lid of gast", used=True),
            Note("assumption", "De corporatie ziet verhuizingen als eerste.", "a"),
            Note("experience", "Het kostte drie weken om te weten bij welk overleg dit hoorde.", "o"),
        ),
        None,
        ("Wie zat er niet aan tafel?",),
    ),
    Talk(
        1,
        "Terug uit het buitenland, en dan?",
        "Een jonge vrouw belt de ambassade. Wij helpen haar terug. Op Schiphol staat niemand, want zij staat nergens "
        "ingeschreven. Welke gemeente is aan zet?",
        (
            Note(
                "experience",
                "Zij stond twee jaar niet ingeschreven. Voor ieder loket bestond zij niet.",
                "o",
                "Na terugkeer",
                used=True,
            ),
            Note(
                "wish",
                "Een gemeente die meteen ja zegt, en daarna uitzoekt wie betaalt.",
                "a",
                "Na terugkeer",
                used=True,
            ),
            Note("experience", "Ik moest vijf keer hetzelfde vertellen, aan vijf mensen.", "e", "Na terugkeer"),
            Note("assumption", "Opvang weigert wie geen uitkering heeft.", "o"),
        ),
        None,
        ("Wie wacht haar op?",),
    ),
)
STATEMENTS = (
    (2, "Een school belt eerst een deskundige, en praat daarna met de ouders.", (1, 4)),
    (1, "Een bestuurder mag tussen twee vergaderingen alleen beslissen, als die het daarna vertelt.", (5,)),
    (3, "Wij kunnen laten zien dat het helpt zonder afkomst te tellen.", (6,)),
)
AGENDA = (
    ("plenary", "Welkom en waar wij vandaan komen", 15),
    ("story", "Het verhaal van Wilg", 45),
    ("pause", "Pauze", 15),
    ("table_round", "In gesprek aan de tafels", 40),
    ("harvest", "Oogst: wat vragen wij?", 30),
    ("decision", "Wat spreken wij af?", 30),
)

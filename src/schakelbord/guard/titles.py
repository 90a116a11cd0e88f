"""Words that tell a name from something else: titles, particles, heads and ends of the names of organisations."""

from __future__ import annotations

from typing import Final

from schakelbord.guard.words import word_row, word_set

PARTICLES: Final = word_set(
    "van de den der des ter ten te het 't el al ben bin ibn von di da del della dos du la le op aan in uijt ul abu"
)
INNER: Final = PARTICLES - {"in", "op", "aan", "te", "het"}
RELATIVES: Final = word_set(
    "oom tante oma opa neef nicht broer zus zwager schoonzus uncle aunt auntie cousin grandma grandpa"
)
FAMILY: Final = word_set("familie fam gezin family")
WORKERS: Final[dict[str, tuple[str, str]]] = {
    "juf": ("“de leraar”", "“the teacher”"),
    "juffrouw": ("“de leraar”", "“the teacher”"),
    "meester": ("“de leraar”", "“the teacher”"),
    "docent": ("“de docent”", "“the teacher”"),
    "leraar": ("“de leraar”", "“the teacher”"),
    "mentor": ("“de mentor”", "“the mentor”"),
    "wijkagent": ("“de wijkagent”", "“the community officer”"),
    "agent": ("“een agent”", "“an officer”"),
    "rechercheur": ("“een rechercheur”", "“a detective”"),
    "dokter": ("“de huisarts”", "“the doctor”"),
    "zuster": ("“de verpleegkundige”", "“the nurse”"),
    "consulent": ("“de consulent”", "“the consultant”"),
    "wethouder": ("“de wethouder”", "“the alderman”"),
    "burgemeester": ("“de burgemeester”", "“the mayor”"),
    "officier": ("“de officier van justitie”", "“the prosecutor”"),
    "advocaat": ("“de advocaat”", "“the lawyer”"),
    "imam": ("“een voorganger”", "“a minister”"),
    "dominee": ("“een voorganger”", "“a minister”"),
    "pastoor": ("“een voorganger”", "“a minister”"),
    "officer": ("“an officer”", "“an officer”"),
    "teacher": ("“de leraar”", "“the teacher”"),
    "buurman": ("“een buur”", "“a neighbour”"),
    "buurvrouw": ("“een buur”", "“a neighbour”"),
    "collega": ("“een collega”", "“a colleague”"),
    "casemanager": ("“de casemanager”", "“the case manager”"),
    "gezinsvoogd": ("“de jeugdbeschermer”", "“the youth protection worker”"),
    "jeugdbeschermer": ("“de jeugdbeschermer”", "“the youth protection worker”"),
}
POLITE: Final = word_set(
    "mevrouw mevr mw meneer mijnheer heer dhr hr mr mrs ms miss dr drs ing ir prof madame sir lady"
)
HINTS: Final[dict[str, tuple[str, str]]] = {
    **WORKERS,
    **dict.fromkeys(
        POLITE, ("“de mentor”, “een moeder” of wat zij of hij doet", "“the mentor”, “a mother” or what they do")
    ),
    **dict.fromkeys(RELATIVES, ("“een familielid”", "“a relative”")),
    **dict.fromkeys(FAMILY, ("“het gezin”, of kies een pop", "“the family”, or choose a doll")),
}
HEADS: Final = word_set(
    "stichting vereniging fonds school basisschool scholengemeenschap college commissie sint st basis bureau huis "
    "kliniek instituut wijk buurt straat gemeente dorp stad regio provincie wet the trial zaak operatie project "
    "team uitgeverij hotel café moskee kerk"
)
ORGANISED: Final = word_row(
    "college school scholen ziekenhuis instelling stichting lyceum gymnasium huis kliniek fonds instituut "
    "institute hospital academy academie centrum centre dienst bestuur overleg wet groep zorg thuis raad "
    "beraad gemeente regio politie platform commissie netwerk bureau opvang jeugd primary foundation "
    "university universiteit tafel team rapport akkoord programma straat laan plein weg kade gracht "
    "singel burgh dam dijk werk"
)
LETTERED: Final = word_set(
    "gemeente regio plaats team school wijk plan scene scène optie variant groep klas kolom tafel punt deel "
    "bijlage stad dorp lid municipality region place option group table town area part annex thuis leerplicht vt "
    "la"
)
NEAR_LETTER: Final = word_set("in naar van uit bij tussen en of door from to of in between and or naast")
STARTERS: Final = word_set(
    "de het een dan dat dit die deze daar daarna daarom er wij we ik zij ze hij u jullie niemand iemand wie wat "
    "waar hoe als toen nu ook maar en of want dus geen in op aan bij naar van uit voor met na om tot the a an "
    "then that this those there we i they he she nobody who what where how when now also but and or no in on at "
    "to from for with after school leerplicht politie zo nog pas elke alle is"
)
ARTICLES: Final = word_set("de het the een a an dit deze this")

"""What every field of the catalogue and of a story means, in both languages: an editor shows it while you type."""

from __future__ import annotations

from typing import Final

from schakelbord.engine.text import Text

_ID: Final = Text(
    nl="Vaste naam om naar te verwijzen: kleine letters, cijfers en _.",
    en="Fixed name to refer to: small letters, digits and _.",
)
_NAME: Final = Text(nl="Naam zoals mensen die lezen.", en="Name as people read it.")
_TITLE: Final = Text(nl="Titel zoals mensen die lezen.", en="Title as people read it.")
_AGES: Final = Text(
    nl="Leeftijden waarvoor dit geldt: vanaf de eerste, tot en niet met de tweede.",
    en="Ages for which this holds: from the first, up to and not including the second.",
)
_CARRIES: Final = Text(
    nl='Signalen die hier langs gaan; ["*"] betekent alle, [] betekent geen.',
    en='Signals that pass here; ["*"] means all, [] means none.',
)
_REQUIRES: Final = Text(
    nl="Wat er eerst moet zijn: toestemming (consent), acuut gevaar (acute) of een lopende maatregel (measure).",
    en="What must be there first: consent, acute danger or a running measure.",
)
_WORKS: Final = Text(
    nl="practice: gebeurt echt. paper: mag en is afgesproken, maar gebeurt niet.",
    en="practice: really happens. paper: allowed and agreed, but not done.",
)
_GROUND: Final = Text(
    nl="De wet die dit toestaat of verplicht; null als er geen is.",
    en="The law that allows or demands this; null when there is none.",
)
_SOURCE: Final = Text(nl="Waar dit te vinden is.", en="Where this can be found.")
_FICTITIOUS: Final = Text(
    nl="true: dit getal is door ons verzonnen en wordt zo getoond.",
    en="true: we made this number up and show it as such.",
)
_LAYER: Final = Text(
    nl="Laag: uitvoering, beleid of bestuur.",
    en="Layer: front line (uitvoering), policy (beleid), administration (bestuur).",
)
_JURISDICTION: Final = Text(
    nl="Gebied: van elk gebied van deze soort is er een.", en="Area: there is one for every area of this kind."
)
_QUEUE: Final = Text(nl="Wachtrij: telt op bij de doorlooptijd.", en="Queue: adds to the delay.")
_ORGANISATION: Final = Text(
    nl="Soort organisatie uit organisations.yaml.", en="Type of organisation from organisations.yaml."
)
_PLACE: Final = Text(
    nl="Plaats uit dit verhaal. Bij een regionale organisatie betekent een gemeente haar regio.",
    en="Place of this story. For a regional organisation a municipality means its region.",
)
_SIGNAL: Final = Text(nl="Signaal uit signals.yaml.", en="Signal from signals.yaml.")
_ABOUT: Final = Text(nl="De pop om wie het gaat.", en="The doll it is about.")

_FROM_ROOM: Final = Text(
    nl="Dag van de sessie waarin de zaal dit toevoegde.", en="Day of the session in which the room added this."
)
_END: Final = Text(
    nl="Pop, organisatie of gremium met plaats (`school@a`), of een organisatie van de zaal.",
    en="Doll, organisation or body with its place (`school@a`), or an organisation of the room.",
)
FIELD_TEXTS: Final[dict[str, dict[str, Text]]] = {
    "Text": {
        "nl": Text(nl="Nederlands, op niveau B1: korte zinnen.", en="Dutch, at level B1: short sentences."),
        "en": Text(nl="Engels, met dezelfde inhoud.", en="English, with the same content."),
    },
    "OrganisationType": {
        "id": _ID,
        "name": _NAME,
        "layer": _LAYER,
        "jurisdiction": _JURISDICTION,
        "observes": Text(nl="Signalen die zij in haar werk kan zien.", en="Signals that it can see in its work."),
        "tasks": Text(nl="Wat zij moet of mag doen.", en="What it must or may do."),
        "queue": _QUEUE,
    },
    "Task": {"id": _ID, "name": _NAME, "ground": _GROUND, "ages": _AGES},
    "Queue": {
        "norm_days": Text(nl="Dagen die de norm toestaat.", en="Days that the norm allows."),
        "real_days": Text(nl="Dagen die het echt duurt.", en="Days that it really takes."),
        "source": _SOURCE,
    },
    "Ground": {
        "law": Text(nl="Wet, met de gewone korte naam.", en="Law, by its usual short name."),
        "article": Text(nl="Artikel en lid.", en="Article and paragraph."),
        "duty": Text(nl="may: mag delen. must: moet delen.", en="may: may share. must: must share."),
        "asked": Text(nl="true: alleen als de ander erom vraagt.", en="true: only when the other asks."),
        "threshold": Text(nl="Wat eerst bereikt moet zijn.", en="What must be reached first."),
        "purpose": Text(nl="Het enige doel waarvoor het mag.", en="The only purpose for which it may be done."),
        "status": Text(
            nl="in_force: geldt. bill: wetsvoorstel, telt als geen grondslag. ending: vervalt.",
            en="in_force: holds. bill: not yet law, counts as no ground. ending: will lapse.",
        ),
        "as_of": Text(nl="Datum van de tekst die gelezen is.", en="Date of the text that was read."),
        "verified": Text(
            nl="true alleen als de tekst van het artikel zelf gelezen is; dan zijn source en as_of nodig.",
            en="true only when the text of the article itself was read; then source and as_of are needed.",
        ),
        "source": _SOURCE,
        "contested": Text(
            nl="Lezingen van deze regel die elkaar tegenspreken.", en="Readings of this rule that disagree."
        ),
    },
    "Contested": {"view": Text(nl="Eén lezing van de regel.", en="One reading of the rule."), "source": _SOURCE},
    "BodyType": {
        "id": _ID,
        "name": _NAME,
        "kind": Text(
            nl="Soort gremium: platform, Strategisch Beraad, werkgroep of bestaand overleg.",
            en="Kind of body: platform, Strategic Board, working group or existing meeting.",
        ),
        "layer": _LAYER,
        "jurisdiction": _JURISDICTION,
        "members": Text(
            nl="Wie er zitten: een organisatie, of {organisation, works: paper} als zij mag komen maar niet komt.",
            en="Who is in it: an organisation, or {organisation, works: paper} when it may come but does not.",
        ),
        "carries": _CARRIES,
        "remit": Text(
            nl="Waar dit gremium over gaat, in twee zinnen.", en="What this body is about, in two sentences."
        ),
        "rhythm": Text(nl="Hoe vaak het bij elkaar komt.", en="How often it meets."),
        "ground": _GROUND,
        "themes": Text(nl="Thema's uit themes.yaml.", en="Themes from themes.yaml."),
        "ages": _AGES,
        "requires": _REQUIRES,
        "works": _WORKS,
        "escalates_to": Text(
            nl="Waar een zaak heen gaat die hier vastloopt. Alleen een id: het staat op papier, na 7 dagen.",
            en="Where a matter goes that gets stuck here. Just an id: on paper, after 7 days.",
        ),
        "members_fixed_by": Text(nl="De wet die de leden noemt.", en="The law that names the members."),
    },
    "Member": {"organisation": _ORGANISATION, "works": _WORKS},
    "Escalation": {
        "body": Text(nl="Gremium uit bodies.yaml.", en="Body from bodies.yaml."),
        "works": _WORKS,
        "delay": Text(
            nl="Dagen die opschalen kost; 7 als er niets staat.", en="Days that escalating takes; 7 by default."
        ),
    },
    "FixedBy": {"law": Text(nl="Wet.", en="Law."), "article": Text(nl="Artikel.", en="Article.")},
    "Rhythm": {
        "every_days": Text(nl="Om de hoeveel dagen.", en="Every how many days."),
        "first_day": Text(nl="Eerste keer, in dagen na het begin.", en="First time, in days after the beginning."),
        "fictitious": _FICTITIOUS,
        "source": _SOURCE,
    },
    "Delay": {
        "days": Text(
            nl="Dagen tussen vertellen en weten; minstens 1.", en="Days between telling and knowing; at least 1."
        ),
        "fictitious": _FICTITIOUS,
        "source": _SOURCE,
    },
    "ChannelType": {
        "id": _ID,
        "from": _ORGANISATION,
        "to": _ORGANISATION,
        "carries": _CARRIES,
        "scope": Text(
            nl="Tussen wie: same_place en same_region zolang de pop daar woont; local waar de pop ook woont; "
            "any overal; handover van de oude naar de nieuwe plaats.",
            en="Between whom: same_place and same_region while the doll lives there; local wherever the doll lives; "
            "any everywhere; handover from the old to the new place.",
        ),
        "ground": _GROUND,
        "delay": Text(nl="Doorlooptijd.", en="Delay."),
        "ages": _AGES,
        "requires": _REQUIRES,
        "works": _WORKS,
        "asked": Text(
            nl="true: pas open nadat de ontvanger erom vraagt.", en="true: open only after the receiver asks."
        ),
        "kind": Text(
            nl="report: melden. feedback: terugkoppeling aan wie meldde.",
            en="report: telling. feedback: back to the reporter.",
        ),
        "unsafe_for": Text(
            nl="Patronen waarbij dit kanaal iemand in gevaar kan brengen.",
            en="Patterns in which this channel may put somebody in danger.",
        ),
        "queue": _QUEUE,
    },
    "SignalType": {
        "id": _ID,
        "name": Text(
            nl="Gedrag of omstandigheid die iemand kan zien; nooit een groep.",
            en="Behaviour or circumstance that somebody can see; never a group.",
        ),
        "kind": Text(
            nl="fact: feit. experience: wat iemand zelf vertelt. assumption: vermoeden.",
            en="fact. experience: what somebody tells. assumption: a suspicion.",
        ),
        "sensitive": Text(
            nl="Of het over gezondheid gaat (health), over strafbare feiten (criminal) of geen van beide (none).",
            en="Whether it is about health, about offences (criminal) or neither (none).",
        ),
    },
    "Pattern": {
        "id": _ID,
        "name": _NAME,
        "signals": Text(nl="De puzzelstukken.", en="The pieces of the puzzle."),
        "at_least": Text(nl="Zoveel stukken zijn nodig om te handelen.", en="So many pieces are needed to act."),
        "mandate": Text(nl="Wie dan moet handelen, de eerste voorop.", en="Who must act then, the first in front."),
        "ground": _GROUND,
    },
    "Mandate": {"organisation": _ORGANISATION, "ages": _AGES},
    "Theme": {
        "id": _ID,
        "name": _NAME,
        "question": Text(nl="De hoofdvraag van dit thema.", en="The guiding question of this theme."),
    },
    "Story": {
        "id": _ID,
        "title": _TITLE,
        "fictional": Text(
            nl="Moet true zijn: dit is verzonnen. Schrijf nooit over echte mensen.",
            en="Must be true: this is invented. Never write about real people.",
        ),
        "horizon": Text(
            nl="Laatste dag van het verhaal; dag 0 is de eerste.", en="Last day of the story; day 0 is the first."
        ),
        "places": Text(nl="Verzonnen gemeenten, en het buitenland.", en="Invented municipalities, and abroad."),
        "dolls": Text(nl="De mensen: alleen naam en leeftijd.", en="The people: only name and age."),
        "scenes": Text(nl="De scènes, op volgorde van dag.", en="The scenes, in order of day."),
        "deadlines": Text(nl="Wie wanneer genoeg had moeten weten.", en="Who should have known enough by when."),
        "facts": Text(nl="Toestemming, acuut gevaar, maatregelen.", en="Consent, acute danger, measures."),
        "absent": Text(nl="Lege stoelen: wie er ergens niet is.", en="Empty chairs: who is not there somewhere."),
    },
    "Place": {
        "id": _ID,
        "name": _NAME,
        "region": Text(
            nl="Regio waarin de gemeente ligt; niet bij abroad.", en="Region of the municipality; not for abroad."
        ),
        "kind": Text(nl="gemeente, of abroad: het buitenland.", en="gemeente: municipality, or abroad."),
    },
    "Doll": {
        "id": _ID,
        "name": Text(nl="Voornaam, liefst van een boom.", en="First name, preferably of a tree."),
        "age": Text(nl="Leeftijd op dag 0.", en="Age on day 0."),
        "place": Text(nl="Waar deze pop op dag 0 woont.", en="Where this doll lives on day 0."),
        "pattern": Text(nl="Patroon op het toneel.", en="Pattern on the stage."),
        "hue": Text(nl="Tint op het toneel.", en="Hue on the stage."),
        "birthday_on_day": Text(nl="Dag waarop deze pop jarig is.", en="Day on which this doll has a birthday."),
        "from_room": _FROM_ROOM,
    },
    "Facts": {
        "consent": Text(
            nl="Per pop: true, false, of de dag waarop toestemming komt.",
            en="For each doll: true, false, or the day on which consent is given.",
        ),
        "acute_from": Text(
            nl="Per pop: vanaf welke dag er acuut gevaar is.", en="For each doll: from which day danger is acute."
        ),
        "measure": Text(
            nl="Per pop: eerste en laatste dag van een maatregel.", en="For each doll: first and last day of a measure."
        ),
    },
    "Absent": {"organisation": _ORGANISATION, "place": _PLACE},
    "Scene": {"id": _ID, "title": _TITLE, "beats": Text(nl="De stappen.", en="The beats.")},
    "Beat": {
        "day": Text(nl="Dag van deze stap.", en="Day of this beat."),
        "say": Text(nl="Wat de verteller zegt: één gedachte.", en="What the presenter says: one idea."),
        "ask": Text(nl="Vraag aan de tafels.", en="Question to the tables."),
        "sees": Text(nl="Wie ziet wat over wie.", en="Who sees what about whom."),
        "happens": Text(nl="Wat gebeurt zonder dat iemand het ziet.", en="What happens without anybody seeing it."),
        "asks": Text(nl="Wie vraagt aan wie wat die weet.", en="Who asks whom what it knows."),
        "move": Text(nl="Wie verhuist waarheen.", en="Who moves where."),
        "told_organisations": Text(nl="Wie de zaal hier miste.", en="Whom the room missed here."),
        "told_channels": Text(nl="Kanalen die de zaal hier tekende.", en="Channels that the room drew here."),
        "told_gaps": Text(
            nl="Hiaten die de zaal hier vertelde; er wordt niet mee gerekend.",
            en="Gaps that the room told here; nothing is computed with them.",
        ),
        "from_room": _FROM_ROOM,
    },
    "ToldOrganisation": {
        "id": _ID,
        "name": Text(nl="Naam van de organisatie.", en="Name of the organisation."),
        "ring": Text(nl="Op welke ring zij staat.", en="The ring on which it stands."),
        "place": Text(nl="Plaats; zonder plaats werkt zij overal.", en="Place; without one it works everywhere."),
        "from_room": _FROM_ROOM,
    },
    "ToldChannel": {
        "id": _ID,
        "from": _END,
        "to": _END,
        "ground": Text(nl="Wet en artikel, zoals verteld.", en="Law and article, as told."),
        "works": Text(nl="Of het werkt, of alleen op papier bestaat.", en="Whether it works or exists on paper only."),
        "from_room": _FROM_ROOM,
    },
    "Recognised": {
        "uitvoering": Text(nl="Hoeveel uit de uitvoering.", en="How many from the front line."),
        "beleid": Text(nl="Hoeveel uit het beleid.", en="How many from policy."),
        "bestuur": Text(nl="Hoeveel uit het bestuur.", en="How many from administration."),
        "unsaid": Text(nl="Hoeveel die niet zeiden vanwaar.", en="How many who did not say from where."),
    },
    "ToldGap": {
        "id": _ID,
        "says": Text(nl="Het hiaat in een zin.", en="The gap in one sentence."),
        "kind": Text(nl="Soort hiaat, als de zaal dat zei.", en="Kind of gap, when the room said so."),
        "from": _END,
        "to": _END,
        "causes": Text(nl="Gevoelde oorzaken, zoals getoond.", en="Felt causes, as shown."),
        "recognised": Text(nl="Hoeveel dit herkenden, per laag.", en="How many recognised this, by layer."),
        "from_room": _FROM_ROOM,
    },
    "Sight": {"organisation": _ORGANISATION, "place": _PLACE, "signal": _SIGNAL, "about": _ABOUT},
    "Happening": {"signal": _SIGNAL, "about": _ABOUT},
    "Request": {
        "organisation": Text(nl="Wie vraagt.", en="Who asks."),
        "place": _PLACE,
        "of": Text(nl="Aan welke soort organisatie.", en="Which type of organisation is asked."),
        "about": _ABOUT,
    },
    "Move": {
        "dolls": Text(nl="Wie verhuizen.", en="Who moves."),
        "to": Text(nl="Plaats waar zij vanaf nu wonen.", en="Place where they live from now on."),
    },
    "Deadline": {
        "pattern": Text(nl="Patroon uit patterns.yaml.", en="Pattern from patterns.yaml."),
        "about": _ABOUT,
        "by": Text(nl="Uiterste dag.", en="Last day."),
        "also": Text(nl="Poppen over wie een signaal ook meetelt.", en="Dolls about whom a signal also counts."),
    },
}
"""By name of the struct and of the field as it stands in the file."""

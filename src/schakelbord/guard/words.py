"""Words that the check of texts knows. Lists are short on purpose: what they miss, people see."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TREES: Final = _words("""
    Wilg Els Linde Den Iep Beuk Berk Eik Es Esdoorn Vlier Hulst Hazelaar Populier Kastanje Lijsterbes Meidoorn
    Olm Spar Taxus Acacia Ceder Lork Larix Plataan Abeel Ahorn Kers Appel Peer Pruim Moerbei Notelaar Walnoot
    Sleedoorn Liguster Willow Alder Lime Pine Elm Beech Birch Oak Ash Maple Elder Holly Hazel Poplar Chestnut
    Rowan Hawthorn Yew Cedar Larch Plane Cherry Apple Pear Plum Walnut Spruce
""")
NO_NAMES: Final = _words("""
    voorzitter burgemeester wethouder minister staatssecretaris officier rechter school gemeente politie
    leerplicht raad veilig mentor directeur secretaris chair mayor
""")
FIRST_NAMES: Final = _words("""
    Jan Piet Kees Henk Hendrik Gerrit Willem Johan Johannes Maria Anna Anne Annie Sanne Lotte Emma Julia Sophie
    Lisa Eva Sara Sarah Laura Femke Fleur Iris Roos Daan Sem Lucas Levi Finn Luuk Thijs Bram Jesse Thomas Tim
    Tom Lars Ruben Niels Bas Jeroen Maarten Marieke Ingrid Monique Linda Petra Esther Karin Wendy Kim Mohamed
    Mohammed Muhammad Ahmed Ali Omar Hassan Hussein Ibrahim Yusuf Youssef Mustafa Mehmet Murat Emre Fatima Fatma
    Aisha Aicha Khadija Samira Nadia Leyla Layla Meryem Zeynep Elif Amina Amira Noor Naima Rachid Karim Bilal
    Hamza Dragan Ivan Dmitri Olga Elena Ioana Andrei Mihai Cristian Florin Maricela Nicoleta Stefan Piotr Marek
    Agnieszka Katarzyna Priya Raj Anil Sunita Wei Ming Mei Linh Nguyen Kofi Kwame Ama Chidi Ngozi Maryam Zahra
    Reza Ahmad Peter Paul John James Mary Robert David Michael William Elizabeth Susan Jennifer Kevin Dennis
    Mark Marco Erik Frank Hans Klaas Marijke Joke Truus
""")
STREET_ENDS: Final = _words("""
    straat laan weg plein dijk kade gracht singel hof pad steeg dreef plantsoen markt wal oord donk kamp burg
    dwarsstraat
""")
STREETS: Final = "|".join(sorted(STREET_ENDS))
# Parts of one pattern: people by their origin or faith, and adjectives for it, in both languages.
LABELS: Final = (
    (
        r"(?:half-?)?(?:marokkaan|turk|surinamer|antilliaan|pool|bulgaar|roemeen|syri[eë]r|afghaan|irakees|"
        r"irani[eë]r|somali[eë]r|eritree[eë]r|ethiopi[eë]r|nigeriaan|ghanees|chinees|hindoestaan|koerd|"
        r"arabier|jood|moslim|christen|hindoe|zigeuner|allochtoon|autochtoon)(?:en|s|se|e)?"
    ),
    (
        r"(?:marokkaanse?|turkse?|surinaamse?|antilliaanse?|poolse?|bulgaarse?|roemeense?|syrische?|"
        r"afghaanse?|iraakse?|iraanse?|somalische?|eritrese?|ethiopische?|nigeriaanse?|ghanese|chinese|"
        r"hindoestaanse|koerdische?|arabische?|joodse?|moslima'?s?|islamitische?|christelijke|hindoeïstische)"
    ),
    r"(?:roma|sinti|roma-?gezin\w*|roma-?famili\w*|woonwagenbewoners?|gypsy|gypsies|travellers?)",
    (
        r"(?:moroccans?|turks?|turkish|surinamese|antilleans?|poles|polish|bulgarians?|romanians?|syrians?|"
        r"afghans?|iraqis?|iranians?|somalis?|eritreans?|nigerians?|ghanaians?|kurds?|kurdish|arabs?|jews?|"
        r"jewish|muslims?|islamic|hindus?)"
    ),
    r"(?:niet-westerse?|non-western|van buitenlandse afkomst|migratieachtergrond|of foreign descent)",
)

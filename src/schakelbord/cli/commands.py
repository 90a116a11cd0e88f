"""All commands, in the order of `schakelbord --help`.

To add one: write `cli/NAME.py` with a function `run` (Typer reads its parameters), and add a line here. A module is
imported only when its command runs, so it may import what it needs at its top; the others stay fast.
"""

from __future__ import annotations

from schakelbord.engine.text import Text

COMMANDS: dict[str, tuple[str, Text]] = {
    "gaps": (
        "schakelbord.cli.gaps",
        Text(nl="Laat zien waar een verhaal vastloopt.", en="Show where a story gets stuck."),
    ),
    "paper": (
        "schakelbord.cli.paper",
        Text(nl="Zet een verhaal op papier (pdf).", en="Put a story on paper (PDF)."),
    ),
    "check": (
        "schakelbord.cli.check",
        Text(nl="Controleer een map met een stelsel en verhalen.", en="Check a folder with a catalogue and stories."),
    ),
    "schemas": (
        "schakelbord.cli.schemas",
        Text(nl="Schrijf schema's die helpen bij het typen.", en="Write schemas that help while typing."),
    ),
    "serve": (
        "schakelbord.cli.serve",
        Text(nl="Open Schakelbord in de browser.", en="Open Schakelbord in the browser."),
    ),
    "demo-reset": (
        "schakelbord.cli.demo_reset",
        Text(
            nl="Gooi de gegevens van de demo weg en maak ze opnieuw.", en="Throw the demo's data away and make it anew."
        ),
    ),
    "add-user": (
        "schakelbord.cli.add_user",
        Text(nl="Maak een account voor iemand.", en="Make an account for somebody."),
    ),
    "doctor": (
        "schakelbord.cli.doctor",
        Text(nl="Kijk na of deze installatie in orde is.", en="See whether this installation is in order."),
    ),
    "journal": (
        "schakelbord.cli.journal",
        Text(nl="Lees na of elk logboek heel is.", en="See whether every journal is whole."),
    ),
    "match": (
        "schakelbord.cli.match",
        Text(nl="Zoek welk gremium bij een actie past.", en="Find which body fits an action."),
    ),
    "check-thread": (
        "schakelbord.cli.check_thread",
        Text(nl="Zoek losse eindjes in de rode draad.", en="Find loose ends of the thread."),
    ),
    "messages": (
        "schakelbord.cli.messages",
        Text(nl="Verzamel en vertaal de teksten van de schermen.", en="Gather and compile the texts of the screens."),
    ),
    "pulse": (
        "schakelbord.cli.pulse",
        Text(nl="Laat zien wat een peiling oplevert.", en="Show what a pulse yields."),
    ),
    "reach": (
        "schakelbord.cli.reach",
        Text(nl="Reken uit wie wat op welke dag weet.", en="Work out who knows what on which day."),
    ),
    "repair": (
        "schakelbord.cli.repair",
        Text(nl="Zoek de goedkoopste oplossing voor elk tekort.", en="Find the cheapest repair for every need."),
    ),
    "search-reindex": (
        "schakelbord.cli.search_reindex",
        Text(nl="Maak het register van zoeken opnieuw.", en="Make the index of search anew."),
    ),
    "portfolio": (
        "schakelbord.cli.portfolio",
        Text(
            nl="Zoek de paar afspraken die de meeste hiaten dichten.",
            en="Find the few agreements that close most gaps.",
        ),
    ),
    "seat": (
        "schakelbord.cli.seat",
        Text(nl="Maak een tafelindeling, of zeg waarom die niet kan.", en="Make a seating, or say why there is none."),
    ),
    "warm": (
        "schakelbord.cli.warm",
        Text(nl="Zet het rekenwerk van de tafelindeling klaar.", en="Prepare the arithmetic of the seating."),
    ),
    "make-case": (
        "schakelbord.cli.make_case",
        Text(nl="Maak een verzonnen geval, klein of landelijk.", en="Make an invented case, small or national."),
    ),
}

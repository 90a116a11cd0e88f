"""The fixed words on the paper of a meeting, in the language of the page at hand."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from schakelbord.tables.codes import Kind


def documents() -> dict[str, tuple[str, str]]:
    """Each document with what it is for."""
    return {
        "badges": (_("Badges"), _("Ten on a sheet: name, organisation, layer, and the table in each round.")),
        "cards": (_("Table cards"), _("Fold once and put them up: number, theme, question, and how to take part.")),
        "sheets": (_("Table sheets"), _("Two pages a table to write on: what is said, and the harvest.")),
        "hosts": (_("Slips for hosts"), _("The four digits of each table. For its host alone; cut them apart.")),
        "attendance": (_("Attendance list"), _("Everybody on the list, with their answer and room to tick.")),
    }


def list_heads() -> tuple[str, ...]:
    """The columns of the attendance list."""
    return (
        _("Name"),
        _("Organisation"),
        _("Function"),
        _("Body"),
        _("Layer"),
        pgettext("invitation", "Answer"),
        _("Present"),
    )


def kinds() -> tuple[tuple[str, str], ...]:
    """What can be said, with what belongs there."""
    hints = {
        Kind.EXPERIENCE: _("What did you see happen yourselves?"),
        Kind.FACT: _("Where does this stand? Name the source."),
        Kind.ASSUMPTION: _("What do you think is so, and cannot show yet?"),
        Kind.WISH: _("What should be different?"),
    }
    return tuple((str(kind.label), hints[kind]) for kind in Kind)


def words() -> dict[str, str]:
    """Words by the name that the typesetter knows them by."""
    return {
        "table": _("Table"),
        "question": _("Question for the table"),
        "host": _("Host"),
        "pitcher": _("Pitcher"),
        "pitch": _("Pitch"),
        "source": _("Source"),
        "issues": _("What lies on this table"),
        "code": _("Code"),
        "kind": _("Kind"),
        "issue": _("Gap or dilemma"),
        "take_part": _("Take part on your phone"),
        "go_to": _("Go to"),
        "with_code": _("and type this code"),
        "code_later": _("The code is on the big screen once the meeting is open."),
        "said": _("What is said"),
        "no_names": _("Write no names or addresses of real people."),
        "no_name_needed": _("You need not write your own name."),
        "harvest": _("Harvest"),
        "asks": _("We ask this of"),
        "other_body": _("another body:"),
        "assignment": _("Assignment"),
        "assignment_help": _("Begin with a verb: arrange, make, agree, decide. One assignment, in one sentence."),
        "different": _("What is different then?"),
        "for_whom": _("For whom?"),
        "by_when": _("By when?"),
        "seen": _("How is that seen?"),
        "rests": _("Which contributions does this rest on?"),
        "read_out": _("Read this out. Is this what the table said?"),
        "initials": _("initials"),
        "digits": _("Four digits of this table"),
        "digits_help": _("Choose your own name on this page, then type these digits. Show them to nobody."),
        "seat": pgettext("seat", "Table"),
        "list": _("Attendance list"),
        "nobody": _("Nobody is on the list yet."),
        "no_table": _("There are no tables yet."),
    }

"""The forms of a doll, a place, a deadline and the empty chairs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schakelbord.editor.choices import doll_choices, organisation_choices, pattern_choices, place_choices
from schakelbord.editor.fields import Field, Fields
from schakelbord.editor.forms import Panel, Row, Section
from schakelbord.editor.panels_told import from_room


def doll_panel(path: str, fields: Fields) -> Panel:
    """The form of a doll."""
    doll = next(row for row in fields.content.dolls if path == f"dolls/{row.key}")
    patterns = {"stripes": _("stripes"), "dots": _("dots"), "band": _("band"), "zigzag": _("zigzag")}
    hues = {"teal": _("teal"), "indigo": _("indigo"), "slate": _("slate"), "violet": _("violet")}
    consent = {
        "": _("The story does not say"),
        "yes": _("Gives consent"),
        "no": _("Gives no consent"),
        "from": _("Gives consent from a day on"),
    }
    who = Section(
        "who",
        "",
        (
            fields.line(f"{path}/name", _("Name")).hinted(_("The name of a tree. Never of a real person.")),
            fields.number(f"{path}/age", _("Age on day 0")),
            fields.select(f"{path}/place", _("Lives in"), [("", place_choices(fields))]),
            fields.number(f"{path}/birthday_on_day", _("Birthday on day")).hinted(_("May stay empty.")),
        ),
    )
    look = Section(
        "look",
        _("How does the doll look?"),
        (
            fields.select(f"{path}/pattern", _("Pattern"), [("", patterns)]),
            fields.select(f"{path}/hue", _("Hue"), [("", hues)]),
        ),
        side=True,
    )
    facts = Section(
        "facts",
        _("What is true about this doll?"),
        (
            fields.select(f"{path}/consent", _("Consent to share"), [("", consent)]),
            fields.number(f"{path}/consent_from", _("Consent from day")),
            fields.number(f"{path}/acute_from", _("In danger from day")).hinted(
                _("From then on organisations may do what is allowed only when danger is near.")
            ),
            fields.number(f"{path}/measure_from", _("Court measure from day")),
            fields.number(f"{path}/measure_until", _("Court measure until day")),
        ),
        fold=True,
        is_open=(doll.consent, doll.acute_from, doll.measure_from) != ("", None, None),
    )
    return Panel(
        path,
        doll.name,
        _("doll"),
        (who, look, facts),
        fields.about(path),
        _("Remove this doll"),
        may_move=True,
        note=from_room(doll.from_room),
    )


def place_panel(path: str, fields: Fields) -> Panel:
    """The form of a place."""
    place = next(row for row in fields.content.places if path == f"places/{row.key}")
    kinds = {"gemeente": _("Municipality"), "abroad": _("Abroad")}
    section = Section(
        "place",
        "",
        (
            fields.line(f"{path}/name/nl", _("Name")).hinted(_("Invented, for instance Gemeente C.")),
            fields.line(f"{path}/name/en", _("Name in English")).hinted(_("May stay empty.")),
            fields.select(f"{path}/kind", _("What is it?"), [("", kinds)]),
            fields.line(f"{path}/region", _("Region")).hinted(
                _("Places with the same word share their regional organisations, for instance r1.")
            ),
        ),
    )
    title = place.name.get_or(fields.language) or _("New place")
    return Panel(path, title, _("place"), (section,), fields.about(path), _("Remove this place"), may_move=True)


def deadline_panel(path: str, fields: Fields) -> Panel:
    """The form of a deadline."""
    number = next(n for n, row in enumerate(fields.content.deadlines, start=1) if path == f"deadlines/{row.key}")
    dolls = doll_choices(fields)
    section = Section(
        "deadline",
        "",
        (
            fields.select(f"{path}/pattern", _("What should somebody have seen?"), pattern_choices(fields)).hinted(
                _("The system model says who must act on it.")
            ),
            fields.select(f"{path}/about", _("About whom?"), [("", dolls)]),
            fields.number(f"{path}/by", _("On which day at the latest?")),
            *_others(path, fields),
        ),
    )
    words = {"number": number}
    return Panel(
        path,
        _("Who should have known?"),
        _("deadline %(number)s") % words,
        (section,),
        fields.about(path),
        _("Remove this deadline"),
        may_move=True,
    )


def _others(path: str, fields: Fields) -> tuple[Field, ...]:
    """Others whose pieces may count, when there are any."""
    row = next(row for row in fields.content.deadlines if path == f"deadlines/{row.key}")
    others = {key: name for key, name in doll_choices(fields).items() if key != row.about}
    if not others and not row.also:
        return ()
    return (fields.checks(f"{path}/also", _("Pieces about others count as well"), others),)


def chairs_panel(fields: Fields) -> Panel:
    """The form of the empty chairs."""
    places = place_choices(fields)
    rows = tuple(
        Row(
            f"absent/{row.key}",
            (
                fields.select(
                    f"absent/{row.key}/organisation", _("Organisation"), organisation_choices(fields, seeing=False)
                ),
                fields.select(f"absent/{row.key}/place", _("Where"), [("", places)]),
            ),
            _("Remove this empty chair"),
            fields.about(f"absent/{row.key}"),
        )
        for row in fields.content.absent
    )
    section = Section(
        "chairs",
        _("Who is not there?"),
        rows=rows,
        add="absent",
        add_words=_("Empty chair"),
        empty=_("Every organisation of the system model is there."),
        add_gap=True,
    )
    return Panel("absent", _("Empty chairs"), "", (section,))

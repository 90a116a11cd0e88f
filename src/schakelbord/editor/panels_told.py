"""The form of what a room told in a step: organisations, channels and gaps, each with the day of its session."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schakelbord.drawing.words import RING_NAMES, TOLD_KINDS
from schakelbord.editor.choices import Groups, end_choices, place_choices
from schakelbord.editor.content import DraftBeat, DraftToldChannel, DraftToldGap, DraftToldOrganisation
from schakelbord.editor.fields import Fields
from schakelbord.editor.forms import Row, Section

KINDS = ("border", "no_ground", "unowned", "no_feedback", "late", "practice", "no_channel")


def from_room(day: str) -> str:
    """In which session a room added something; "" for what people wrote."""
    if not day:
        return ""
    with suppress(ValueError):
        day = date_format(dt.date.fromisoformat(day), "DATE_FORMAT")
    return _("Added in the room on %(day)s.") % {"day": day}


def told_sections(path: str, fields: Fields, beat: DraftBeat) -> list[Section]:
    """One section with all that was told in a step; none when nothing was."""
    rows = (
        *(_organisation(f"{path}/told_organisations/{row.key}", fields, row) for row in beat.told_organisations),
        *(_channel(f"{path}/told_channels/{row.key}", fields, row) for row in beat.told_channels),
        *(_gap(f"{path}/told_gaps/{row.key}", fields, row) for row in beat.told_gaps),
    )
    return [Section("told", _("What did the room tell here?"), rows=rows)] if rows else []


def _organisation(path: str, fields: Fields, row: DraftToldOrganisation) -> Row:
    rings: dict[str, str] = {
        ring: words.get(fields.language) for ring, words in RING_NAMES.items() if ring != "leefwereld"
    }
    return Row(
        path,
        (
            fields.line(f"{path}/name/nl", _("Organisation that the room missed")),
            fields.line(f"{path}/name/en", _("Name in English")),
            fields.select(f"{path}/ring", _("Ring"), [("", rings)]),
            fields.select(f"{path}/place", _("Where"), [("", {"": _("Everywhere"), **place_choices(fields)})]),
        ),
        _("Remove this organisation"),
        fields.about(path),
        from_room(row.from_room),
    )


def _channel(path: str, fields: Fields, row: DraftToldChannel) -> Row:
    works = {"practice": _("It works"), "paper": _("It exists on paper only")}
    return Row(
        path,
        (
            fields.select(f"{path}/from_", _("Channel from"), end_choices(fields)),
            fields.select(f"{path}/to", _("Channel to"), end_choices(fields)),
            fields.law(f"{path}/ground", _("Law and article, as told")),
            fields.select(f"{path}/works", _("Does it work?"), [("", works)]),
        ),
        _("Remove this channel"),
        fields.about(path),
        from_room(row.from_room),
    )


def _gap(path: str, fields: Fields, row: DraftToldGap) -> Row:
    kinds = {"": _("The room did not say"), **{kind: TOLD_KINDS[kind].get(fields.language) for kind in KINDS}}
    nobody: Groups = [("", {"": _("Nobody")})]
    return Row(
        path,
        (
            fields.line(f"{path}/says/nl", _("Gap that the room told")),
            fields.line(f"{path}/says/en", _("The gap in English")),
            fields.select(f"{path}/kind", _("Kind of gap"), [("", kinds)]),
            fields.select(f"{path}/from_", _("Between"), nobody + end_choices(fields)[1:]),
            fields.select(f"{path}/to", _("And"), nobody + end_choices(fields)[1:]),
        ),
        _("Remove this gap"),
        fields.about(path),
        " ".join((from_room(row.from_room), *_of_gap(row, fields))).strip(),
    )


def _of_gap(row: DraftToldGap, fields: Fields) -> list[str]:
    """How many recognised a gap, by layer, and why the room thinks that it is there."""
    counts = {
        RING_NAMES["uitvoering"].get(fields.language): row.recognised.uitvoering,
        RING_NAMES["beleid"].get(fields.language): row.recognised.beleid,
        RING_NAMES["bestuur"].get(fields.language): row.recognised.bestuur,
        _("not said"): row.recognised.unsaid,
    }
    said = ", ".join(f"{layer} {count}" for layer, count in counts.items() if count)
    lines = [_("Recognised: %(counts)s.") % {"counts": said}] if said else []
    return lines + [_("The room thinks: %(cause)s") % {"cause": cause} for cause in row.causes]

"""What can be chosen in the fields of a draft: places and dolls of the story, and types of the system model."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from schakelbord.editor.fields import Fields
from schakelbord.engine.areas import NATION
from schakelbord.engine.catalogue import BodyType, OrganisationType

Groups = list[tuple[str, Mapping[str, str]]]


def place_choices(fields: Fields) -> dict[str, str]:
    """The places of the draft by id."""
    language = fields.language
    return {
        row.id: (row.name.nl if language == "nl" else row.name.en or row.name.nl) or row.id
        for row in fields.content.places
    }


def doll_choices(fields: Fields) -> dict[str, str]:
    """The dolls of the draft by id."""
    return {row.id: row.name or row.id for row in fields.content.dolls}


def organisation_choices(fields: Fields, *, seeing: bool) -> Groups:
    """Organisations in order of name; with `seeing` those that see families themselves."""
    rows = [row for row in fields.catalogue.organisations if row.layer == "uitvoering" and (row.observes or not seeing)]
    names = {row.id: row.name.get(fields.language) for row in rows}
    return [("", {"": _("Choose…")}), ("", dict(sorted(names.items(), key=lambda pair: pair[1])))]


def end_choices(fields: Fields) -> Groups:
    """Everybody between whom something can be told: dolls, who the room added, organisations and bodies by place."""
    content, language = fields.content, fields.language
    own = dict(doll_choices(fields))
    for scene in content.scenes:
        for beat in scene.beats:
            own |= {row.id: row.name.get_or(language) or row.id for row in beat.told_organisations}
    places = place_choices(fields)
    regions = list(dict.fromkeys(row.region for row in content.places if row.region))
    homes = [row.id for row in content.places if row.kind == "gemeente"]
    areas = {"land": [NATION], "regio": regions}
    rows: list[OrganisationType | BodyType] = [*fields.catalogue.organisations, *fields.catalogue.bodies]
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.name.get(language)):
        for area in areas.get(row.jurisdiction, homes):
            name = row.name.get(language)
            found[f"{row.id}@{area}"] = name if area == NATION else f"{name} ({places.get(area, area)})"
    return [("", {"": _("Choose…")}), (_("In this story"), own), (_("In the system model"), found)]


def signal_choices(fields: Fields, organisation: str) -> Groups:
    """Signals: first those that this organisation can see, then all others."""
    names = {row.id: row.name.get(fields.language) for row in fields.catalogue.signals}
    ordered = dict(sorted(names.items(), key=lambda pair: pair[1]))
    found = fields.catalogue.organisation.get(organisation)
    if found is None:
        return [("", {"": _("Choose…")}), ("", ordered)]
    own = {key: name for key, name in ordered.items() if key in found.observes}
    rest = {key: name for key, name in ordered.items() if key not in own}
    return [
        ("", {"": _("Choose…")}),
        (_("%(organisation)s can see this") % {"organisation": found.name.get(fields.language)}, own),
        (_("Other pieces"), rest),
    ]


def pattern_choices(fields: Fields) -> Groups:
    """Patterns in order of name."""
    names = {row.id: row.name.get(fields.language) for row in fields.catalogue.patterns}
    return [("", {"": _("Choose…")}), ("", dict(sorted(names.items(), key=lambda pair: pair[1])))]

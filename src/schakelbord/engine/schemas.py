"""JSON Schemas (draft 2020-12) of the files that people write, so that an editor helps while they type.

Made from the structs themselves, and enriched: what a field means in both languages, which ids exist, which numbers are
possible.
The shipped ones lie in `data/schemas`; `schakelbord schemas` makes those of another catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final, cast

import msgspec

from schakelbord.engine import limits
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.catalogue_files import FILES
from schakelbord.engine.field_texts import FIELD_TEXTS
from schakelbord.engine.references import ANY
from schakelbord.engine.story import Story

Schema = dict[str, object]
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_REFERENCES: Final[dict[str, dict[str, str]]] = {
    "OrganisationType": {"observes": "signal"},
    "BodyType": {"carries": "carried", "themes": "theme"},
    "Member": {"organisation": "organisation"},
    "Escalation": {"body": "body"},
    "ChannelType": {"from": "organisation", "to": "organisation", "carries": "carried", "unsafe_for": "pattern"},
    "Pattern": {"signals": "signal"},
    "Mandate": {"organisation": "organisation"},
    "Absent": {"organisation": "organisation"},
    "Sight": {"organisation": "organisation", "signal": "signal"},
    "Happening": {"signal": "signal"},
    "Request": {"organisation": "organisation", "of": "organisation"},
    "Deadline": {"pattern": "pattern"},
}
_SHORT: Final = {"Member": "organisation", "Escalation": "body"}
_NUMBERS: Final[dict[str, dict[str, tuple[int, int]]]] = {
    "Queue": {"norm_days": (0, limits.NUMBER), "real_days": (0, limits.NUMBER)},
    "Delay": {"days": (1, limits.NUMBER)},
    "Rhythm": {"every_days": (1, limits.NUMBER), "first_day": (0, limits.HORIZON)},
    "Pattern": {"at_least": (1, 100)},
    "Doll": {"age": (0, limits.AGE), "birthday_on_day": (0, limits.HORIZON)},
    "Beat": {"day": (0, limits.HORIZON)},
    "Deadline": {"by": (0, limits.HORIZON)},
    "Story": {"horizon": (1, limits.HORIZON)},
    "Recognised": dict.fromkeys(("uitvoering", "beleid", "bestuur", "unsaid"), (0, limits.NUMBER)),
}


def schemas_of(catalogue: Catalogue) -> dict[str, str]:
    """The schemas as text, by file name: one of each catalogue file and one of a story.

    Args:
        catalogue: its ids are the ones that an editor offers.
    """
    made = {f"{name}.schema.json": _rows(cls, name, catalogue) for name, cls in FILES.items()}
    made["story.schema.json"] = _story(catalogue)
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in made.items()}


def _rows(cls: type[msgspec.Struct], name: str, catalogue: Catalogue) -> Schema:
    items = {"type": "array", "items": {"$ref": f"#/$defs/{cls.__name__}"}}
    return {**_head(name), **items, "$defs": _definitions(cls, catalogue)}


def _story(catalogue: Catalogue) -> Schema:
    definitions = _definitions(Story, catalogue)
    _fields(definitions, "Story")["fictional"]["const"] = True
    return {**_head("story"), "$ref": "#/$defs/Story", "$defs": definitions}


def _head(name: str) -> Schema:
    return {"$schema": DRAFT, "$id": f"urn:schakelbord:schema:{name}", "title": f"Schakelbord: {name}"}


def _definitions(cls: type[msgspec.Struct], catalogue: Catalogue) -> dict[str, Schema]:
    """The definitions that a struct needs, enriched; only the lists of ids that are used."""
    found = cast("dict[str, Schema]", msgspec.json.schema(cls)["$defs"])
    for struct in found:
        _describe(found, struct)
        _bound(found, struct)
        _refer(found, struct)
    for struct, field in _SHORT.items():
        if struct in found:
            found[struct] = {"anyOf": [{"$ref": f"#/$defs/{field}_id"}, found[struct]]}
    return {**found, **_ids_used(found, catalogue)}


def _fields(definitions: dict[str, Schema], struct: str) -> dict[str, Schema]:
    return cast("dict[str, Schema]", definitions[struct]["properties"])


def _describe(definitions: dict[str, Schema], struct: str) -> None:
    for name, field in _fields(definitions, struct).items():
        text = FIELD_TEXTS[struct][name]
        field["description"] = f"{text.nl} / {text.en}"
        if name == "id":
            field["pattern"] = f"^[a-z][a-z0-9_]{{0,{limits.ID_LENGTH - 1}}}$"
        elif field.get("type") == "string":
            field.update(minLength=1, maxLength=limits.TEXT_LENGTH)


def _bound(definitions: dict[str, Schema], struct: str) -> None:
    fields = _fields(definitions, struct)
    for name, (least, most) in _NUMBERS.get(struct, {}).items():
        number: Schema = {"type": "integer", "minimum": least, "maximum": most}
        if "anyOf" in fields[name]:
            fields[name]["anyOf"] = [number, {"type": "null"}]
        else:
            fields[name].update(number)
    if "ages" in fields:
        ages = cast("list[Schema]", fields["ages"]["anyOf"])[0]
        ages["prefixItems"] = [{"type": "integer", "minimum": 0, "maximum": limits.AGE}] * 2


def _refer(definitions: dict[str, Schema], struct: str) -> None:
    fields = _fields(definitions, struct)
    for name, kind in _REFERENCES.get(struct, {}).items():
        reference: Schema = {"$ref": f"#/$defs/{kind}_id"}
        if fields[name].get("type") == "array":
            fields[name]["items"] = reference
        else:
            fields[name] = {**reference, "description": fields[name]["description"]}


def _ids_used(definitions: dict[str, Schema], catalogue: Catalogue) -> dict[str, Schema]:
    rows: dict[str, Iterable[tuple[str, str]]] = {
        "organisation": [(row.id, row.name.nl) for row in catalogue.organisations],
        "body": [(row.id, row.name.nl) for row in catalogue.bodies],
        "signal": [(row.id, row.name.nl) for row in catalogue.signals],
        "carried": [(ANY, "Alle signalen"), *((row.id, row.name.nl) for row in catalogue.signals)],
        "pattern": [(row.id, row.name.nl) for row in catalogue.patterns],
        "theme": [(row.id, row.name.nl) for row in catalogue.themes],
    }
    written = json.dumps(definitions)
    return {f"{kind}_id": _choice(pairs) for kind, pairs in rows.items() if f"#/$defs/{kind}_id" in written}


def _choice(pairs: Iterable[tuple[str, str]]) -> Schema:
    """A list of ids; `enumDescriptions` is what editors show beside each."""
    listed = list(pairs)
    return {"type": "string", "enum": [pair[0] for pair in listed], "enumDescriptions": [pair[1] for pair in listed]}

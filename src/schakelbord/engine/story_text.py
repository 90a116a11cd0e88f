"""A story as text: the YAML that people read and write, and JSON for programs; the same bytes for the same story."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from typing import Final

import msgspec
import yaml

from schakelbord.engine.story import (
    Absent,
    Deadline,
    Doll,
    Facts,
    Happening,
    Move,
    Place,
    Recognised,
    Request,
    Sight,
    Story,
    ToldChannel,
    ToldOrganisation,
)
from schakelbord.engine.text import Text

HEAD: Final = """\
# Verzonnen verhaal. Geen persoon, gezin of plaats hierin bestaat.
# An invented story. No person, family or place in it exists.
"""
ON_ONE_LINE: Final = (
    Absent,
    Deadline,
    Doll,
    Facts,
    Happening,
    Move,
    Place,
    Recognised,
    Request,
    Sight,
    ToldChannel,
    ToldOrganisation,
)

NOT_SEEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that a reader of YAML takes for something else than text when they stand there as they are."""

Plain = str | int | None | list["Plain"] | dict[str, "Plain"]


class _Line(dict[str, Plain]):
    """A mapping that stands on one line."""


class _Said(str):
    """A text that people read, always between quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes our two kinds of value as people write them in the shipped stories."""

    def ignore_aliases(self, data: object) -> bool:
        """Always: the reader takes no anchors, so equal values are written out in full."""
        return True


def _line(dumper: _Dumper, value: _Line) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _said(dumper: _Dumper, value: _Said) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')


_Dumper.add_representer(_Line, _line)
_Dumper.add_representer(_Said, _said)


def story_yaml(story: Story) -> str:
    """A story as YAML that `load_story` reads back to an equal story.

    Fields stand in the order of the struct and are left out where they have their default, so that equal stories give
    equal bytes.
    """
    return HEAD + yaml.dump(
        _plain(story), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=sys.maxsize, default_flow_style=False
    )


def story_json(story: Story) -> str:
    """A story as JSON that `load_story` reads back to an equal story; fields as in `story_yaml`."""
    text = json.dumps(_plain(story), ensure_ascii=False, indent=1)
    return NOT_SEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _plain(value: object) -> Plain:
    """Structs as mappings, tuples as lists, texts marked."""
    if isinstance(value, Text):
        return {"nl": _Said(value.nl), "en": _Said(value.en)}
    if isinstance(value, msgspec.Struct):
        fields = {
            field.encode_name: _plain(found)
            for field in msgspec.structs.fields(value)
            if (found := getattr(value, field.name)) != _default(field)
        }
        return _Line(fields) if isinstance(value, ON_ONE_LINE) else fields
    if isinstance(value, dict):
        return _Line({str(key): _plain(item) for key, item in value.items()})
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(type(value).__name__)


def _default(field: msgspec.structs.FieldInfo) -> object:
    """What a field is when nothing is written; something equal to nothing when it must be written."""
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default

"""What a path of a draft is called: a scene and a step by their numbers, a doll by its name."""

from __future__ import annotations

from collections.abc import Iterable

from schakelbord.editor.content import Content
from schakelbord.engine.text import Text

STORY = Text("het verhaal", "the story")
OTHERS = {"absent": Text("de lege stoelen", "the empty chairs"), "remarks": Text("een opmerking", "a remark")}


def place_words(content: Content, path: str) -> Text:
    """The part of the draft in which a path lies, for use within a sentence."""
    kind, _, rest = path.partition("/")
    key = rest.partition("/")[0]
    if kind == "scenes":
        return _scene(content, key, rest.partition("/")[2])
    if kind == "dolls":
        name = next((row.name for row in content.dolls if row.key == key), "")
        return Text(name or "een pop", name or "a doll")
    if kind == "places":
        names = [row.name for row in content.places if row.key == key and row.name.nl]
        return Text(names[0].nl, names[0].en or names[0].nl) if names else Text("een plaats", "a place")
    if kind == "deadlines":
        number = _number(content.deadlines, key)
        return Text(f"termijn {number}", f"deadline {number}") if number else Text("een termijn", "a deadline")
    return OTHERS.get(kind, STORY)


def _scene(content: Content, key: str, rest: str) -> Text:
    number = _number(content.scenes, key)
    if not number:
        return Text(nl="een scène", en="a scene")
    kind, _, after = rest.partition("/")
    step = _number(content.scenes[number - 1].beats, after.partition("/")[0]) if kind == "beats" else 0
    if kind == "beats" and not step:
        return Text(nl=f"een stap van scène {number}", en=f"a step of scene {number}")
    more = (f", stap {step}", f", step {step}") if step else ("", "")
    return Text(nl=f"scène {number}{more[0]}", en=f"scene {number}{more[1]}")


def _number(rows: Iterable[object], key: str) -> int:
    """The place of the item with this key, from 1; 0 when it is not there."""
    return next((place for place, row in enumerate(rows, start=1) if getattr(row, "key", "") == key), 0)

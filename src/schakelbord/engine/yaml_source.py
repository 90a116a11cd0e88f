"""Safe YAML, and JSON as a part of it: bytes become a tree of texts, lists and maps; each knows its line and column.

Nothing is built or run while reading: no tags, no anchors and aliases, no merge keys, no dates or numbers guessed from
how a text looks. What a text means (number, yes or no, date) is decided by the field it stands in (`decode.py`), so
`no`, `on`, `012` and `2023-07-01` never turn into something else by surprise. The tree is built from parser events,
without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from schakelbord.engine import limits
from schakelbord.engine import yaml_messages as messages
from schakelbord.engine.problems import Problem, Spot

_PARSER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HALVES: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class Node:
    """A value in a file: `line` and `column` count from 1."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column


class Scalar(Node):
    """A text as written. `plain` means without quotes; plain nothing, `~` and `null` say that there is no value."""

    __slots__ = ("plain", "text")

    def __init__(self, line: int, column: int, *, text: str, plain: bool) -> None:
        super().__init__(line, column)
        self.text = text
        self.plain = plain

    @property
    def nothing(self) -> bool:
        """Whether this says that there is no value."""
        return self.plain and self.text in _NULLS


class Sequence(Node):
    """A list of values."""

    __slots__ = ("items",)

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.items: list[Node] = []


class Mapping(Node):
    """Names with values, in the order of the file; `keys` holds where each name stands."""

    __slots__ = ("entries", "keys")

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}


class Fatal(Exception):  # noqa: N818 - carries a problem, never shown
    """Reading stops here; the last of the problems says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[-1].says.en)
        self.problems = problems


def read_bytes(path: Path, name: str) -> bytes:
    """The content of a file, as far as one byte over `limits.FILE_BYTES`: the rest is never read.

    Args:
        path: the file.
        name: what it is called in messages.

    Raises:
        Fatal: the file is not there, is no file, may not be read or is too large.
    """
    spot = Spot(name)
    try:
        if not path.is_file():
            raise Fatal(messages.no_file(path, spot))
        with path.open("rb") as stream:
            content = stream.read(limits.FILE_BYTES + 1)
    except OSError as trouble:
        raise Fatal(messages.unreadable(spot, trouble)) from None
    return content


def parse(content: bytes | str, name: str) -> tuple[Node, list[Problem]]:
    """The tree of a file, and the problems of its form that did not stop the reading.

    Args:
        content: the file; UTF-8, with or without a byte order mark, any kind of line ends.
        name: what the file is called in messages.

    Raises:
        Fatal: the content cannot be read at all (too large, not UTF-8, not YAML, empty, too deep).
    """
    text = _joined(_decoded(content, name))
    builder = _Builder(name)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        if "nesting depth" in str(trouble) and mark is not None:
            # The parser has a limit of its own, far above ours.
            raise Fatal(messages.too_deep(Spot(name, mark.line + 1, mark.column + 1))) from None
        raise Fatal(messages.syntax(trouble, text, name)) from None
    if builder.root is None or (isinstance(builder.root, Scalar) and builder.root.nothing):
        raise Fatal(messages.empty_file(Spot(name)))
    return builder.root, builder.problems


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _PARSER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _decoded(content: bytes | str, name: str) -> str:
    if len(content) > limits.FILE_BYTES:
        raise Fatal(messages.too_large(Spot(name)))
    if isinstance(content, str):
        return _whole_characters(content.removeprefix("\ufeff"), name)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Fatal(messages.not_utf8(Spot(name)))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        column = trouble.start - (content.rfind(b"\n", 0, trouble.start) + 1) + 1
        raise Fatal(messages.not_utf8(Spot(name, line, column))) from None


def _joined(text: str) -> str:
    """The text of a JSON file with characters put together that JSON writes as two escaped halves, which YAML lacks."""
    if not text.lstrip().startswith("{"):
        return text
    return _HALVES.sub(
        lambda found: found[1] + chr(0x10000 + ((int(found[2], 16) & 0x3FF) << 10) + (int(found[3], 16) & 0x3FF)), text
    )


def _whole_characters(text: str, name: str) -> str:
    """The text, when it has no half characters (lone surrogates), which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Fatal(messages.control_character(text, name)) from None
    return text


class _Builder:
    """Takes parser events one by one and builds the tree; keeps its own stack, so depth costs no recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._stack: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        self._values = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Add what this event says."""
        if isinstance(event, yaml.ScalarEvent):
            self._mark(event)
            self._add(Scalar(*_at(event), text=event.value, plain=event.style in (None, "")))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._new_document(event)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._mark(event)
        node = Mapping(*_at(event)) if isinstance(event, yaml.MappingStartEvent) else Sequence(*_at(event))
        self._add(node)
        if len(self._stack) >= limits.NESTING:
            raise Fatal(messages.too_deep(self._spot(event)))
        self._stack.append(node)
        self._keys.append(None)

    def _add(self, node: Node) -> None:
        self._values += 1
        if self._values > limits.VALUES:
            raise Fatal(messages.too_many(Spot(self.name, node.line, node.column)))
        if not self._stack:
            self.root = node
        elif isinstance(parent := self._stack[-1], Sequence):
            parent.items.append(node)
        else:
            self._add_to_map(parent, node)

    def _add_to_map(self, parent: Mapping, node: Node) -> None:
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._as_key(node)
            return
        self._keys[-1] = None
        if key.text in parent.entries:
            self._tell(messages.twice(Spot(self.name, key.line, key.column), key.text, parent.keys[key.text].line))
            return
        parent.entries[key.text] = node
        parent.keys[key.text] = key

    def _as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        raise Fatal(messages.odd_key(Spot(self.name, node.line, node.column)))

    def _new_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            raise Fatal(messages.second_document(self._spot(event)))

    def _mark(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._tell(messages.anchor(self._spot(event), f"&{event.anchor}"))
        if event.tag is not None:  # type: ignore[attr-defined]
            self._tell(messages.tag(self._spot(event)))

    def _tell(self, problem: Problem) -> None:
        if len(self.problems) >= limits.PROBLEMS:
            raise Fatal(*self.problems, messages.too_odd(problem.spot))
        self.problems.append(problem)

    def _refuse_alias(self, event: yaml.AliasEvent) -> None:
        self._tell(messages.anchor(self._spot(event), f"*{event.anchor}"))
        self._add(Scalar(*_at(event), text="", plain=True))

    def _spot(self, event: yaml.Event) -> Spot:
        return Spot(self.name, *_at(event))


def _at(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)

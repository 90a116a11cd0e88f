"""What is wrong in a draft and where, by the checks of the engine; and the story in it, as far as it can be used.

The draft becomes the tree that the engine reads from a file, with in place of a line number the number of the field,
so that every problem comes back with the path of its field.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Fields
from collections.abc import Sequence as Rows
from contextlib import suppress
from dataclasses import dataclass

from schakelbord.editor.content import (
    Content,
    DraftBeat,
    DraftDoll,
    DraftPlace,
    DraftToldChannel,
    DraftToldGap,
    DraftToldOrganisation,
    Number,
    Words,
)
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.check_story import check_story
from schakelbord.engine.decode import Document, Enough, decode_one
from schakelbord.engine.limits import HORIZON
from schakelbord.engine.problems import Level
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.yaml_source import Mapping, Node, Scalar, Sequence

NAME = "draft"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong (error) or probably not meant (warning) at the field or item of a path."""

    path: str
    level: Level
    code: str
    says: Text


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft, looked at. `story` is what can be used of it, whole only when there is no error."""

    story: Story | None
    troubles: tuple[Trouble, ...]

    @property
    def errors(self) -> tuple[Trouble, ...]:
        """What must be mended before this is a story."""
        return tuple(row for row in self.troubles if row.level == "error")

    @property
    def whole(self) -> Story | None:
        """The story, when nothing is wrong with it."""
        return None if self.errors else self.story


def check(content: Content, catalogue: Catalogue) -> Checked:
    """Read a draft as the engine reads a file."""
    tree = _Tree()
    document = Document(NAME, tree.content(content), [])
    story = None
    with suppress(Enough):
        story = decode_one(document, Story, instead={"id": "", "fictional": True, "horizon": HORIZON})
        if story is not None:
            check_story(document, story, catalogue)
    troubles = tuple(
        Trouble(tree.path(problem.spot.line), problem.level, problem.code, problem.says)
        for problem in sorted(document.problems, key=lambda row: row.order)
    )
    return Checked(story, troubles)


class _Tree:
    """Builds the tree and remembers which number stands for which path."""

    def __init__(self) -> None:
        self._paths: list[str] = []

    def path(self, number: int) -> str:
        """The path behind a number; the draft as a whole for 0."""
        return self._paths[number - 1] if 0 < number <= len(self._paths) else ""

    def content(self, content: Content) -> Mapping:
        """The whole draft."""
        fields: dict[str, Node] = {
            "id": self._text("", content.id),
            "title": self._words("title", content.title),
            "fictional": self._plain("", "true"),
            "horizon": self._number("horizon", content.horizon),
            "places": self._rows("places", [self._place(row) for row in content.places]),
            "dolls": self._rows("dolls", [self._doll(row) for row in content.dolls]),
            "scenes": self._rows("scenes", [self._scene(number, content) for number in range(len(content.scenes))]),
        }
        if content.deadlines:
            fields["deadlines"] = self._rows("deadlines", list(self._deadlines(content)))
        facts = dict(self._facts(content))
        if facts:
            fields["facts"] = self._map("", facts)
        if content.absent:
            chairs = [
                self._texts(f"absent/{row.key}", organisation=row.organisation, place=row.place)
                for row in content.absent
            ]
            fields["absent"] = self._rows("absent", chairs)
        return self._map("", fields)

    def _place(self, place: DraftPlace) -> Mapping:
        path = f"places/{place.key}"
        fields: dict[str, Node] = {
            "id": self._text(f"{path}/name/nl", place.id),
            "name": self._words(f"{path}/name", place.name),
        }
        if place.region:
            fields["region"] = self._text(f"{path}/region", place.region)
        if place.kind != "gemeente":
            fields["kind"] = self._text(f"{path}/kind", place.kind)
        return self._map(path, fields)

    def _doll(self, doll: DraftDoll) -> Mapping:
        path = f"dolls/{doll.key}"
        fields: dict[str, Node] = {
            "id": self._text(f"{path}/name", doll.id),
            "name": self._text(f"{path}/name", doll.name),
            "age": self._number(f"{path}/age", doll.age),
            "place": self._text(f"{path}/place", doll.place),
            "pattern": self._text(f"{path}/pattern", doll.pattern),
            "hue": self._text(f"{path}/hue", doll.hue),
        }
        if doll.birthday_on_day is not None:
            fields["birthday_on_day"] = self._number(f"{path}/birthday_on_day", doll.birthday_on_day)
        fields |= self._from_room(path, doll.from_room)
        return self._map(path, fields)

    def _scene(self, number: int, content: Content) -> Mapping:
        scene = content.scenes[number]
        path = f"scenes/{scene.key}"
        fields: dict[str, Node] = {
            "id": self._text(f"{path}/title/nl", scene.id),
            "title": self._words(f"{path}/title", scene.title),
            "beats": self._rows(path, [self._beat(f"{path}/beats/{beat.key}", beat) for beat in scene.beats]),
        }
        return self._map(path, fields)

    def _beat(self, path: str, beat: DraftBeat) -> Mapping:
        fields: dict[str, Node] = {"day": self._number(f"{path}/day", beat.day)}
        if beat.say.nl or beat.say.en:
            fields["say"] = self._words(f"{path}/say", beat.say)
        if beat.ask.nl or beat.ask.en:
            fields["ask"] = self._words(f"{path}/ask", beat.ask)
        if beat.sees:
            fields["sees"] = self._rows(f"{path}/sees", list(self._sees(path, beat)))
        if beat.happens:
            rows = [
                self._texts(f"{path}/happens/{row.key}", signal=row.signal, about=row.about) for row in beat.happens
            ]
            fields["happens"] = self._rows(f"{path}/happens", rows)
        if beat.asks:
            fields["asks"] = self._rows(f"{path}/asks", list(self._asks(path, beat)))
        if beat.move.dolls or beat.move.to:
            dolls: list[Node] = [self._text(f"{path}/move/dolls", doll) for doll in beat.move.dolls]
            move: dict[str, Node] = {
                "dolls": self._rows(f"{path}/move/dolls", dolls),
                "to": self._text(f"{path}/move/to", beat.move.to),
            }
            fields["move"] = self._map(f"{path}/move/dolls", move)
        for name, rows in (
            ("told_organisations", [self._told_organisation(path, row) for row in beat.told_organisations]),
            ("told_channels", [self._told_channel(path, row) for row in beat.told_channels]),
            ("told_gaps", [self._told_gap(path, row) for row in beat.told_gaps]),
        ):
            if rows:
                fields[name] = self._rows(path, rows)
        fields |= self._from_room(path, beat.from_room)
        return self._map(path, fields)

    def _told_organisation(self, beat: str, row: DraftToldOrganisation) -> Mapping:
        path = f"{beat}/told_organisations/{row.key}"
        fields: dict[str, Node] = {
            "id": self._text(f"{path}/name/nl", row.id),
            "name": self._words(f"{path}/name", row.name),
            "ring": self._text(f"{path}/ring", row.ring),
        }
        if row.place:
            fields["place"] = self._text(f"{path}/place", row.place)
        return self._map(path, fields | self._from_room(path, row.from_room))

    def _told_channel(self, beat: str, row: DraftToldChannel) -> Mapping:
        path = f"{beat}/told_channels/{row.key}"
        fields: dict[str, Node] = {
            "id": self._text(f"{path}/from_", row.id),
            "from": self._text(f"{path}/from_", row.from_),
            "to": self._text(f"{path}/to", row.to),
        }
        if row.ground:
            fields["ground"] = self._text(f"{path}/ground", row.ground)
        if row.works == "paper":
            fields["works"] = self._plain(f"{path}/works", "false")
        return self._map(path, fields | self._from_room(path, row.from_room))

    def _told_gap(self, beat: str, row: DraftToldGap) -> Mapping:
        path = f"{beat}/told_gaps/{row.key}"
        fields: dict[str, Node] = {
            "id": self._text(f"{path}/says/nl", row.id),
            "says": self._words(f"{path}/says", row.says),
        }
        for name, field, word in (("kind", "kind", row.kind), ("from", "from_", row.from_), ("to", "to", row.to)):
            if word:
                fields[name] = self._text(f"{path}/{field}", word)
        if row.causes:
            causes: list[Node] = [self._text(f"{path}/causes", cause) for cause in row.causes]
            fields["causes"] = self._rows(f"{path}/causes", causes)
        counts: dict[str, Node] = {
            name: self._number(path, number)
            for name in row.recognised.__struct_fields__
            if (number := getattr(row.recognised, name))
        }
        if counts:
            fields["recognised"] = self._map(path, counts)
        return self._map(path, fields | self._from_room(path, row.from_room))

    def _from_room(self, path: str, day: str) -> dict[str, Node]:
        return {"from_room": self._text(path, day)} if day else {}

    def _sees(self, path: str, beat: DraftBeat) -> Iterator[Mapping]:
        for row in beat.sees:
            yield self._texts(
                f"{path}/sees/{row.key}",
                organisation=row.organisation,
                place=row.place,
                signal=row.signal,
                about=row.about,
            )

    def _asks(self, path: str, beat: DraftBeat) -> Iterator[Mapping]:
        for row in beat.asks:
            yield self._texts(
                f"{path}/asks/{row.key}", organisation=row.organisation, place=row.place, of=row.of, about=row.about
            )

    def _deadlines(self, content: Content) -> Iterator[Mapping]:
        for row in content.deadlines:
            path = f"deadlines/{row.key}"
            fields: dict[str, Node] = {
                "pattern": self._text(f"{path}/pattern", row.pattern),
                "about": self._text(f"{path}/about", row.about),
                "by": self._number(f"{path}/by", row.by),
            }
            if row.also:
                also: list[Node] = [self._text(f"{path}/also", doll) for doll in row.also]
                fields["also"] = self._rows(f"{path}/also", also)
            yield self._map(path, fields)

    def _facts(self, content: Content) -> Iterator[tuple[str, Node]]:
        consent = {row.id: self._consent(row) for row in content.dolls if row.consent}
        acute = {row.id: self._fact(row, "acute_from") for row in content.dolls if row.acute_from is not None}
        measured = [row for row in content.dolls if (row.measure_from, row.measure_until) != (None, None)]
        for name, found in (("consent", consent), ("acute_from", acute)):
            if found:
                yield name, self._map("dolls", found)
        if measured:
            yield "measure", self._map("dolls", {row.id: self._measure(row) for row in measured})

    def _consent(self, doll: DraftDoll) -> Node:
        if doll.consent == "from":
            return self._fact(doll, "consent_from")
        return self._plain(f"dolls/{doll.key}/consent", "true" if doll.consent == "yes" else "false")

    def _measure(self, doll: DraftDoll) -> Node:
        days: list[Node] = [self._fact(doll, "measure_from"), self._fact(doll, "measure_until")]
        return self._rows(f"dolls/{doll.key}/measure_from", days)

    def _fact(self, doll: DraftDoll, name: str) -> Scalar:
        return self._number(f"dolls/{doll.key}/{name}", getattr(doll, name))

    def _words(self, path: str, words: Words) -> Mapping:
        dutch = words.nl or words.en
        return self._map(
            path,
            {"nl": self._text(f"{path}/nl", dutch), "en": self._text(f"{path}/en", words.en or dutch)},
        )

    def _texts(self, path: str, **texts: str) -> Mapping:
        return self._map(path, {name: self._text(f"{path}/{name}", text) for name, text in texts.items()})

    def _text(self, path: str, text: str) -> Scalar:
        return Scalar(self._number_of(path), 1, text=text, plain=False)

    def _number(self, path: str, number: Number) -> Scalar:
        return self._plain(path, "" if number is None else str(number))

    def _plain(self, path: str, text: str) -> Scalar:
        return Scalar(self._number_of(path), 1, text=text, plain=True)

    def _rows(self, path: str, rows: Rows[Node]) -> Sequence:
        found = Sequence(self._number_of(path), 1)
        found.items += rows
        return found

    def _map(self, path: str, fields: Fields[str, Node]) -> Mapping:
        number = self._number_of(path)
        found = Mapping(number, 1)
        found.entries.update(fields)
        found.keys.update({name: Scalar(number, 1, text=name, plain=True) for name in fields})
        return found

    def _number_of(self, path: str) -> int:
        self._paths.append(path)
        return len(self._paths)

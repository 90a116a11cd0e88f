"""What differs between two versions of a story, as people tell it: which scene, which step, which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from django.utils.translation import gettext as _

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Beat, Deadline, Doll, Scene, Story
from schakelbord.engine.text import Text
from schakelbord.errors import Language

RUN: Final = re.compile(r"\S+\s*|\s+")
"""A word with the space behind it, so that words that change together stay together."""

Part = tuple[Literal["same", "out", "in"], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where, what, and for a text its words as they stayed, went and came."""

    where: str
    what: str
    words: tuple[Part, ...] = ()


def differences(old: Story, new: Story, *, catalogue: Catalogue, language: Language) -> list[Difference]:
    """All differences, in the order of the story."""
    return list(_Comparison(old, new, catalogue, language).all())


def word_parts(old: str, new: str) -> tuple[Part, ...]:
    """The words of both texts, marked."""
    before, after = RUN.findall(old), RUN.findall(new)
    found: list[Part] = []
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[start:end])))
            continue
        if start < end:
            found.append(("out", "".join(before[start:end])))
        if first < last:
            found.append(("in", "".join(after[first:last])))
    return tuple(found)


class _Comparison:
    """Two stories side by side."""

    def __init__(self, old: Story, new: Story, catalogue: Catalogue, language: Language) -> None:
        self._old = old
        self._new = new
        self._language = language
        self._names = {row.id: row.name.get(language) for row in catalogue.organisations}
        self._names |= {row.id: row.name.get(language) for row in catalogue.signals}
        self._names |= {row.id: row.name.get(language) for row in catalogue.patterns}
        for story in (old, new):
            self._names |= {place.id: place.name.get(language) for place in story.places}
            self._names |= {doll.id: doll.name for doll in story.dolls}
            self._names |= {
                row.id: row.name.get(language)
                for scene in story.scenes
                for beat in scene.beats
                for row in beat.told_organisations
            }

    def all(self) -> Iterator[Difference]:
        """Everything, in order."""
        where = _("The story")
        yield from self._text(where, _("Title"), self._old.title, self._new.title)
        if self._old.horizon != self._new.horizon:
            yield Difference(where, _change(_("days"), self._old.horizon, self._new.horizon))
        yield from self._places()
        yield from self._dolls()
        yield from self._scenes()
        yield from self._sets(
            _("Who should have known?"),
            map(self._deadline, self._old.deadlines),
            map(self._deadline, self._new.deadlines),
        )
        chairs = (
            [f"{self._name(row.organisation)}, {self._name(row.place)}" for row in story.absent]
            for story in (self._old, self._new)
        )
        yield from self._sets(_("Empty chairs"), *chairs)

    def _places(self) -> Iterator[Difference]:
        yield from self._sets(
            _("Places"),
            (f"{row.name.get(self._language)} ({row.region or row.kind})" for row in self._old.places),
            (f"{row.name.get(self._language)} ({row.region or row.kind})" for row in self._new.places),
        )

    def _dolls(self) -> Iterator[Difference]:
        old, new = ({row.id: row for row in story.dolls} for story in (self._old, self._new))
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in new:
                yield Difference(_("Dolls"), _("%(name)s is gone.") % {"name": old[key].name})
            elif key not in old:
                yield Difference(_("Dolls"), _("%(name)s is new.") % {"name": new[key].name})
            else:
                yield from self._sets(old[key].name, self._doll(old[key], self._old), self._doll(new[key], self._new))

    def _doll(self, doll: Doll, story: Story) -> list[str]:
        """What is said of a doll, one line each."""
        facts = story.facts
        lines = [
            _("name: %(value)s") % {"value": doll.name},
            _("age: %(value)s") % {"value": doll.age},
            _("lives in: %(value)s") % {"value": self._name(doll.place)},
            _("look: %(value)s") % {"value": f"{doll.pattern}, {doll.hue}"},
        ]
        pairs: tuple[tuple[str, object], ...] = (
            (_("birthday on day: %(value)s"), doll.birthday_on_day),
            (_("consent: %(value)s"), facts.consent.get(doll.id)),
            (_("in danger from day: %(value)s"), facts.acute_from.get(doll.id)),
            (_("court measure: %(value)s"), facts.measure.get(doll.id)),
        )
        return lines + [words % {"value": self._fact(value)} for words, value in pairs if value is not None]

    def _scenes(self) -> Iterator[Difference]:
        old, new = ({row.id: row for row in story.scenes} for story in (self._old, self._new))
        for key, scene in old.items():
            if key not in new:
                yield Difference(_("Scenes"), _("Scene “%(title)s” is gone.") % {"title": self._title(scene)})
        for number, scene in enumerate(self._new.scenes, start=1):
            where = _("Scene %(number)s") % {"number": number}
            if scene.id not in old:
                yield Difference(where, _("Scene “%(title)s” is new.") % {"title": self._title(scene)})
                continue
            yield from self._text(where, _("Title"), old[scene.id].title, scene.title)
            yield from self._beats(where, old[scene.id].beats, scene.beats)
        common = [key for key in old if key in new]
        if common != [key for key in new if key in old]:
            yield Difference(_("Scenes"), _("The scenes stand in another order."))

    def _beats(self, where: str, old: Sequence[Beat], new: Sequence[Beat]) -> Iterator[Difference]:
        """Steps that are equal stay; of the others each is compared with the one at its place."""
        for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            pairs = min(end - start, last - first)
            for step in range(pairs):
                yield from self._beat(f"{where}, {_day(new[first + step])}", old[start + step], new[first + step])
            for beat in old[start + pairs : end]:
                yield Difference(f"{where}, {_day(beat)}", _("This step is gone."), self._told(beat, "out"))
            for beat in new[first + pairs : last]:
                yield Difference(f"{where}, {_day(beat)}", _("This step is new."), self._told(beat, "in"))

    def _beat(self, where: str, old: Beat, new: Beat) -> Iterator[Difference]:
        if old.day != new.day:
            yield Difference(where, _change(_("day"), old.day, new.day))
        yield from self._text(where, _("Told"), old.say, new.say)
        yield from self._text(where, _("Asked"), old.ask, new.ask)
        yield from self._sets(where, self._lines(old), self._lines(new))

    def _lines(self, beat: Beat) -> list[str]:
        """What happens in a step, one line each."""
        sees = _("%(who)s (%(place)s) sees %(what)s, about %(whom)s")
        lines = [
            sees
            % {
                "who": self._name(row.organisation),
                "place": self._name(row.place),
                "what": self._name(row.signal),
                "whom": self._name(row.about),
            }
            for row in beat.sees
        ]
        lines += [
            _("nobody sees %(what)s, about %(whom)s") % {"what": self._name(row.signal), "whom": self._name(row.about)}
            for row in beat.happens
        ]
        lines += [
            _("%(who)s asks %(other)s about %(whom)s")
            % {"who": self._name(row.organisation), "other": self._name(row.of), "whom": self._name(row.about)}
            for row in beat.asks
        ]
        if beat.move:
            names = ", ".join(map(self._name, beat.move.dolls))
            lines.append(_("%(names)s move to %(place)s") % {"names": names, "place": self._name(beat.move.to)})
        return lines + self._told_lines(beat)

    def _told_lines(self, beat: Beat) -> list[str]:
        """What the room told in a step, one line each."""
        lines = [
            _("organisation of the room: %(name)s") % {"name": row.name.get(self._language)}
            for row in beat.told_organisations
        ]
        lines += [
            _("channel of the room: %(one)s to %(other)s") % {"one": self._end(row.from_), "other": self._end(row.to)}
            for row in beat.told_channels
        ]
        lines += [_("gap of the room: %(text)s") % {"text": row.says.get(self._language)} for row in beat.told_gaps]
        return lines

    def _end(self, end: str) -> str:
        """An organisation with its place, or somebody of the story."""
        kind, at, area = end.partition("@")
        return f"{self._name(kind)} ({self._name(area)})" if at else self._name(end)

    def _text(self, where: str, what: str, old: Text | None, new: Text | None) -> Iterator[Difference]:
        for language, label in (("nl", what), ("en", _("%(what)s in English") % {"what": what})):
            before = getattr(old, language) if old else ""
            after = getattr(new, language) if new else ""
            is_copy = language == "en" and new is not None and new.en == new.nl
            if before != after and not is_copy:
                yield Difference(where, label, word_parts(before, after))

    def _sets(self, where: str, old: Iterable[str], new: Iterable[str]) -> Iterator[Difference]:
        before, after = list(old), list(new)
        for line in before:
            if line not in after:
                yield Difference(where, "", (("out", line),))
        for line in after:
            if line not in before:
                yield Difference(where, "", (("in", line),))

    def _told(self, beat: Beat, kind: Literal["out", "in"]) -> tuple[Part, ...]:
        text = beat.say or beat.ask
        return ((kind, text.get(self._language)),) if text else ()

    def _deadline(self, row: Deadline) -> str:
        words = {"what": self._name(row.pattern), "whom": self._name(row.about), "day": row.by}
        return _("%(what)s, about %(whom)s, by day %(day)s") % words

    def _title(self, scene: Scene) -> str:
        return scene.title.get(self._language)

    def _name(self, key: str) -> str:
        return self._names.get(key, key)

    def _fact(self, value: object) -> str:
        if value is True or value is False:
            return _("yes") if value else _("no")
        return "-".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _day(beat: Beat) -> str:
    return _("day %(day)s") % {"day": beat.day}


def _change(what: str, old: object, new: object) -> str:
    return _("%(what)s: %(old)s became %(new)s") % {"what": what, "old": old, "new": new}

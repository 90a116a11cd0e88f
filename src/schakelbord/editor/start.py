"""The guided start: five steps, a few questions each, the reading beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakelbord.accounts.actors import Actor
from schakelbord.editor.changing import content_before_last
from schakelbord.editor.checking import check
from schakelbord.editor.choices import pattern_choices
from schakelbord.editor.content import Content, DraftBeat, decode
from schakelbord.editor.fields import Field, Fields
from schakelbord.editor.forms import Section
from schakelbord.editor.models import Draft
from schakelbord.editor.page import ToDo, to_do
from schakelbord.editor.panels import sight_row
from schakelbord.editor.preview import Preview, preview_of
from schakelbord.errors import Language
from schakelbord.stories.library import the_catalogue

NAMES: tuple[Promise, ...] = (
    gettext_lazy("Whom is it about?"),
    gettext_lazy("Who sees what?"),
    gettext_lazy("What happens?"),
    gettext_lazy("Who should have known?"),
    gettext_lazy("Done"),
)
LAST = len(NAMES)
OPEN_PIECES = 3


@dataclass(frozen=True, slots=True)
class StartStep:
    """A step in the bar: a link once one has been there."""

    number: int
    name: Promise
    url: str
    past: bool
    now: bool


@dataclass(frozen=True, slots=True)
class StartPage:
    """One step of the guided start."""

    draft: Draft
    part: str
    number: int
    title: str
    hint: str
    sections: tuple[Section, ...]
    steps: tuple[StartStep, ...]
    preview: Preview
    todo: tuple[ToDo, ...]

    @property
    def url(self) -> str:
        """Where the form goes."""
        return reverse("editor:start", args=[self.draft.pk, self.number])


def start_page(draft: Draft, actor: Actor, number: int, *, now: dt.datetime, language: Language) -> StartPage:
    """A step of the guided start; `number` counts from 1."""
    content, catalogue = decode(draft.content), the_catalogue()
    checked = check(content, catalogue)
    fields = Fields(content, checked.troubles, catalogue=catalogue, language=language)
    title, hint, sections = _questions(number, fields)
    return StartPage(
        draft=draft,
        part="",
        number=number,
        title=title,
        hint=hint,
        sections=sections,
        steps=steps_of(draft, number),
        preview=preview_of(content, content_before_last(draft, actor), "", catalogue=catalogue, language=language),
        todo=to_do(draft, content, checked, language),
    )


def steps_of(draft: Draft | None, number: int) -> tuple[StartStep, ...]:
    """The bar of steps."""
    return tuple(
        StartStep(
            place,
            name,
            reverse("editor:start", args=[draft.pk, place]) if draft else "",
            past=place < number,
            now=place == number,
        )
        for place, name in enumerate(NAMES, start=1)
    )


Questions = tuple[str, str, tuple[Section, ...]]


def _questions(number: int, fields: Fields) -> Questions:
    makers = (_who, _sees, _happens, _known, _done)
    return makers[number - 1](fields)


def _who(fields: Fields) -> Questions:
    doll = fields.content.dolls[0] if fields.content.dolls else None
    if doll is None:
        return _("Whom is it about?"), "", ()
    path = f"dolls/{doll.key}"
    section = Section(
        "who",
        "",
        (
            fields.line(f"{path}/name", _("Name")).hinted(_("The name of a tree. It changes in all texts.")),
            fields.number(f"{path}/age", _("Age on day 0")),
        ),
    )
    return _("Whom is it about?"), _("An invented person, named after a tree."), (section,)


def _sees(fields: Fields) -> Questions:
    sections: list[Section] = []
    for path, beat in _beats(fields.content):
        if beat.sees:
            place = len(sections) + 1
            sections.append(
                Section(
                    f"piece-{beat.key}",
                    _("Piece %(number)s") % {"number": place},
                    _day_and_text(path, fields),
                    rows=tuple(sight_row(f"{path}/sees/{row.key}", fields) for row in beat.sees),
                    fold=place > OPEN_PIECES,
                )
            )
    hint = _("Every organisation sees its own piece of the puzzle. Change what is different in your story.")
    return _("Who sees what?"), hint, tuple(sections)


def _happens(fields: Fields) -> Questions:
    """What makes it go wrong: a move, a birthday, or people who do not agree to share."""
    content = fields.content
    moving = next(((path, beat) for path, beat in _beats(content) if beat.move.dolls), None)
    if moving is not None:
        path = moving[0]
        names = tuple(fields.line(f"places/{row.key}/name/nl", _("Name of the place")) for row in content.places)
        move = Section(
            "move",
            _("The move"),
            _day_and_text(path, fields),
        )
        return (
            _("What happens?"),
            _("The family moves. The old place closes the file."),
            (move, Section("n", "", names)),
        )
    doll = content.dolls[0] if content.dolls else None
    if doll is None:
        return _("What happens?"), "", ()
    if doll.birthday_on_day is not None:
        birthday = Section("birthday", "", (fields.number(f"dolls/{doll.key}/birthday_on_day", _("Birthday on day")),))
        return _("What happens?"), _("On the birthday some help stops and other help has not begun."), (birthday,)
    consent = {"": _("The story does not say"), "yes": _("Gives consent"), "no": _("Gives no consent")}
    may = fields.select(f"dolls/{doll.key}/consent", _("May organisations share?"), [("", consent)])
    share = Section("consent", "", (may,))
    return _("What happens?"), _("Everybody knows something. May they tell each other?"), (share,)


def _day_and_text(path: str, fields: Fields) -> tuple[Field, Field]:
    """The day of a step and what is told."""
    text = fields.text(f"{path}/say/nl", _("What do you tell?"), rows=2)
    return fields.number(f"{path}/day", _("On which day?")), text


def _known(fields: Fields) -> Questions:
    sections: list[Section] = []
    for row in fields.content.deadlines[:1]:
        path = f"deadlines/{row.key}"
        pattern = fields.select(f"{path}/pattern", _("What should somebody have seen?"), pattern_choices(fields))
        by = fields.number(f"{path}/by", _("On which day at the latest?"))
        sections.append(Section("deadline", "", (pattern.hinted(_("The system model says who must act on it.")), by)))
    hint = _("Choose what the pieces say together, and by when somebody should have known.")
    return _("Who should have known?"), hint, tuple(sections)


def _done(fields: Fields) -> Questions:
    asking = [(path, beat) for path, beat in _beats(fields.content) if beat.ask.nl]
    found = [fields.line("title/nl", _("Title")).hinted(_("One sentence that says what goes wrong."))]
    if asking:
        found.append(fields.text(f"{asking[-1][0]}/ask/nl", _("What do you ask the room?"), rows=2))
    hint = _("Everything is kept. Give it a title; after that you can change anything in the editor.")
    return _("Your first story is there"), hint, (Section("done", "", tuple(found)),)


def _beats(content: Content) -> list[tuple[str, DraftBeat]]:
    return [(f"scenes/{scene.key}/beats/{beat.key}", beat) for scene in content.scenes for beat in scene.beats]

"""The form of one part of a draft: the story, a scene, a step, a doll, a place, a deadline, the empty chairs."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from schakelbord.editor.choices import doll_choices, organisation_choices, place_choices, signal_choices
from schakelbord.editor.content import DraftBeat, DraftScene
from schakelbord.editor.fields import Field, Fields
from schakelbord.editor.forms import Panel, Row, Section
from schakelbord.editor.operations import Clash, item_at
from schakelbord.editor.panels_people import chairs_panel, deadline_panel, doll_panel, place_panel
from schakelbord.editor.panels_told import from_room, told_sections
from schakelbord.errors import InputError


def panel_at(path: str, fields: Fields) -> Panel:
    """The form of the part at a path, that of the story when there is no such part."""
    kind, depth = path.partition("/")[0], path.count("/")
    makers: dict[tuple[str, int], Callable[[str, Fields], Panel]] = {
        ("scenes", 1): _scene,
        ("scenes", 3): _beat,
        ("dolls", 1): doll_panel,
        ("places", 1): place_panel,
        ("deadlines", 1): deadline_panel,
    }
    maker = makers.get((kind, depth))
    try:
        if maker is not None:
            item_at(fields.content, path)
            return maker(path, fields)
    except (Clash, InputError):
        pass
    return chairs_panel(fields) if path == "absent" else _story(fields)


def sight_row(path: str, fields: Fields) -> Row:
    """Who sees what, where and about whom; where and whom only when there is a choice."""
    item = item_at(fields.content, path)[1]
    organisation = str(getattr(item, "organisation", ""))
    return Row(
        path,
        (
            fields.select(f"{path}/organisation", _("Organisation"), organisation_choices(fields, seeing=True)),
            fields.select(f"{path}/signal", _("Puzzle piece"), signal_choices(fields, organisation)),
            *_where_and_whom(path, fields),
        ),
        _("Remove this line"),
        fields.about(path),
    )


def _where_and_whom(path: str, fields: Fields) -> tuple[Field, ...]:
    found = []
    places, dolls = place_choices(fields), doll_choices(fields)
    if len(places) != 1 or fields.any_within(f"{path}/place"):
        found.append(fields.select(f"{path}/place", _("Where"), [("", places)]))
    if len(dolls) != 1 or fields.any_within(f"{path}/about"):
        found.append(fields.select(f"{path}/about", _("About whom"), [("", dolls)]))
    return tuple(found)


def _story(fields: Fields) -> Panel:
    about = Section(
        "story",
        "",
        (
            fields.line("title/nl", _("Title")).hinted(_("One sentence that says what goes wrong.")),
            fields.line("title/en", _("Title in English")).hinted(_("May stay empty.")),
            fields.number("horizon", _("How many days does the story last?")).hinted(_("At most ten years.")),
        ),
    )
    return Panel("", _("The story"), "", (about,), fields.about(""))


def _scene(path: str, fields: Fields) -> Panel:
    scene = next(row for row in fields.content.scenes if path == f"scenes/{row.key}")
    number = fields.content.scenes.index(scene) + 1
    title = Section(
        "title",
        "",
        (
            fields.line(f"{path}/title/nl", _("What is this scene called?")),
            fields.line(f"{path}/title/en", _("Title in English")).hinted(_("May stay empty.")),
        ),
    )
    steps = Section("steps", _("Steps"), add=f"{path}/beats", add_words=_("Step"), empty=_("No steps yet."))
    return Panel(
        path,
        scene.title.get_or(fields.language) or _("New scene"),
        _("scene %(number)s") % {"number": number},
        (title, steps),
        fields.about(path),
        _("Remove this scene"),
        may_move=True,
    )


def _beat(path: str, fields: Fields) -> Panel:
    scene = next(row for row in fields.content.scenes if path.startswith(f"scenes/{row.key}/"))
    place, beat = next((at, row) for at, row in enumerate(scene.beats) if path.endswith(f"/{row.key}"))
    words = {"scene": fields.content.scenes.index(scene) + 1, "step": place + 1}
    return Panel(
        path,
        scene.title.get_or(fields.language) or _("New scene"),
        _("scene %(scene)s, step %(step)s") % words,
        tuple(_beat_sections(path, fields, beat, hint=_day_hint(scene, place))),
        fields.about(path),
        _("Remove this step"),
        may_move=True,
        note=from_room(beat.from_room),
    )


def _day_hint(scene: DraftScene, place: int) -> str:
    if not place:
        return _("Day 0 is the beginning of the story.")
    words = {"step": place, "day": scene.beats[place - 1].day}
    return _("Day 0 is the beginning of the story. Step %(step)s is on day %(day)s.") % words


def _beat_sections(path: str, fields: Fields, beat: DraftBeat, *, hint: str) -> list[Section]:
    dolls, places = doll_choices(fields), place_choices(fields)
    moves = bool(beat.move.dolls or beat.move.to)
    english = bool(beat.say.en or beat.ask.en)
    return [
        Section("day", "", (fields.number(f"{path}/day", _("Day")).hinted(hint),), side=True),
        Section("say", "", (fields.text(f"{path}/say/nl", _("What do you tell?")),)),
        Section(
            "sees",
            _("Who sees something?"),
            rows=tuple(sight_row(f"{path}/sees/{row.key}", fields) for row in beat.sees),
            add=f"{path}/sees",
            add_words=_("Somebody else sees something") if beat.sees else _("Somebody sees something"),
            empty=_("Nobody sees anything in this step."),
        ),
        Section(
            "asks",
            _("Does anybody ask something?"),
            rows=tuple(_request_row(f"{path}/asks/{row.key}", fields) for row in beat.asks),
            add=f"{path}/asks",
            add_words=_("An organisation asks something"),
            empty=_("No, nobody asks anything. That is how the story is now."),
        ),
        Section(
            "more",
            _("Does somebody move?"),
            (
                fields.checks(f"{path}/move/dolls", _("Who moves?"), dolls),
                fields.select(f"{path}/move/to", _("Where to?"), [("", {"": _("Nobody moves")}), ("", places)]),
            ),
            fold=True,
            is_open=moves,
        ),
        Section(
            "happens",
            _("Does something happen that nobody sees?"),
            rows=tuple(_happening_row(f"{path}/happens/{row.key}", fields) for row in beat.happens),
            add=f"{path}/happens",
            add_words=_("Something happens"),
            fold=True,
            is_open=bool(beat.happens),
        ),
        *told_sections(path, fields, beat),
        Section(
            "ask",
            _("A question to the room"),
            (fields.text(f"{path}/ask/nl", _("What do you ask?"), rows=2),),
            fold=True,
            is_open=bool(beat.ask.nl),
        ),
        Section(
            "english",
            _("In English"),
            (
                fields.text(f"{path}/say/en", _("What do you tell, in English?")),
                fields.text(f"{path}/ask/en", _("What do you ask, in English?"), rows=2),
            ),
            fold=True,
            is_open=english,
        ),
    ]


def _request_row(path: str, fields: Fields) -> Row:
    organisations = organisation_choices(fields, seeing=False)
    return Row(
        path,
        (
            fields.select(f"{path}/organisation", _("Who asks?"), organisations),
            fields.select(f"{path}/of", _("Whom?"), organisations),
            *_where_and_whom(path, fields),
        ),
        _("Remove this question"),
        fields.about(path),
    )


def _happening_row(path: str, fields: Fields) -> Row:
    return Row(
        path,
        (
            fields.select(f"{path}/signal", _("What happens?"), signal_choices(fields, "")),
            fields.select(f"{path}/about", _("About whom"), [("", doll_choices(fields))]),
        ),
        _("Remove this line"),
        fields.about(path),
    )

"""What may be done with the system model: edit fields, add, copy and remove rows, import, undo, version, take into use.

Every edit names the value it was based on. Two people who change different fields, or different items of one list, both
keep their work; who changes what somebody else changed hears who that was. All of an edit happens, or nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from schakelbord.accounts.actors import Actor
from schakelbord.engine import load_story
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.story import Story
from schakelbord.engine.story_text import story_yaml
from schakelbord.engine.text import Text
from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.stories.library import all_stories, catalogue_with
from schakelbord.stories.models import InUse, ModelVersion
from schakelbord.system_model.columns import SECTIONS, Column, Row, column_of, same_value, tidy, value_at, with_value
from schakelbord.system_model.content import as_text, check, content_of
from schakelbord.system_model.merging import merged_list
from schakelbord.system_model.models import Draft, DraftRow, Edit
from schakelbord.system_model.rights import may_edit_model
from schakelbord.system_model.selectors import content_in, current_draft, next_number, row_in, usage_of

UNSEEN: Final = object()
AT_A_TIME: Final = 500
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One field that somebody wants to have another value. `before` is what they saw; UNSEEN when they saw nothing."""

    row: str
    field: str
    after: Any
    before: Any = UNSEEN


def edit(actor: Actor, section: str, changes: Sequence[Change], *, now: dt.datetime) -> int:
    """Change fields of rows of a section; gives how many really changed. Lists that two people changed are merged.

    Raises:
        RightError: this actor may not.
        InputError: a row or column does not exist.
        ConflictError: somebody else changed one of these fields since; nothing was changed.
    """
    user_id = require_editor(actor)
    with transaction.atomic():
        draft = current_draft(user_id, now=now)
        writer = _Writer(draft, user_id, now)
        for change in changes:
            writer.field(section, change)
        writer.save()
    return len(writer.edits)


def add_row(actor: Actor, section: str, row: Row, *, now: dt.datetime) -> str:
    """Add a row; gives its id.

    Raises:
        RightError: this actor may not.
        InputError: there is such a row already, or its id is none.
    """
    user_id = require_editor(actor)
    row_id = str(row.get("id") or "")
    with transaction.atomic():
        draft = current_draft(user_id, now=now)
        if not row_id or len(row_id) > 80:
            raise InputError("no_id", "id", nl="Geef de regel een id.", en="Give the row an id.")
        if row_in(draft, section, row_id) is not None:
            raise InputError(
                "row_exists",
                "id",
                nl=f"“{row_id}” bestaat al in dit onderdeel. Kies een ander id.",
                en=f"“{row_id}” exists already in this section. Choose another id.",
            )
        writer = _Writer(draft, user_id, now)
        writer.whole(section, row_id, tidy(section, row))
        writer.save()
    return row_id


def remove_row(actor: Actor, section: str, row_id: str, *, now: dt.datetime) -> None:
    """Take a row out, when nothing uses it.

    Raises:
        RightError: this actor may not.
        InputError: there is no such row.
        StateError: it is still used; says where.
    """
    user_id = require_editor(actor)
    with transaction.atomic():
        draft = current_draft(user_id, now=now)
        if row_in(draft, section, row_id) is None:
            raise no_row(row_id)
        used = usage_of(content_in(draft), section, row_id)
        if used.total:
            raise StateError(
                "row_used",
                row_id,
                nl=f"Dit kan nog niet weg: {used.words('nl')}. Haal het daar eerst weg.",
                en=f"This cannot go yet: {used.words('en')}. Take it out there first.",
            )
        writer = _Writer(draft, user_id, now)
        writer.whole(section, row_id, None)
        writer.save()


def replace_rows(actor: Actor, content: Mapping[str, Sequence[Row]], *, now: dt.datetime) -> int:
    """Put the rows of an import in place of those of the same sections: all of them, or none.

    Raises:
        RightError: this actor may not.
        InputError: a row is wrong; nothing was changed.
    """
    user_id = require_editor(actor)
    with transaction.atomic():
        draft = current_draft(user_id, now=now)
        writer = _Writer(draft, user_id, now)
        here = content_in(draft)
        for section, rows in content.items():
            wanted = {str(row["id"]): tidy(section, row) for row in rows}
            known = {str(row["id"]): row for row in here[section]}
            for row_id in known.keys() - wanted.keys():
                writer.whole(section, row_id, None)
            for row_id, row in wanted.items():
                if known.get(row_id) != row:
                    writer.whole(section, row_id, row)
        writer.save()
        if (checked := check(content_in(draft))).errors:
            first = next(trouble for trouble in checked.troubles if trouble.level == "error")
            raise InputError("import_wrong", f"{first.section} {first.row}", nl=first.says.nl, en=first.says.en)
    return len(writer.edits)


def undo(actor: Actor, *, now: dt.datetime) -> Edit:
    """Take back one's own last edit, with all that was changed together with it.

    Raises:
        RightError: this actor may not.
        StateError: there is none.
        ConflictError: somebody else changed the same since.
    """
    user_id = require_editor(actor)
    with transaction.atomic():
        draft = current_draft(user_id, now=now)
        last = draft.edits.filter(user_id=user_id, is_undone=False).order_by("-pk").first()
        if last is None:
            raise StateError(
                "nothing_to_undo",
                nl="U hebt hier niets gedaan dat u nog ongedaan kunt maken.",
                en="You have done nothing here that can still be undone.",
            )
        for done in draft.edits.filter(batch=last.batch).order_by("-pk"):
            _take_back(draft, done)
        draft.edits.filter(batch=last.batch).update(is_undone=True)
    return last


def name_version(actor: Actor, *, name: str, note: str, now: dt.datetime) -> ModelVersion:
    """Make a version of the draft, for good.

    Raises:
        RightError: this actor may not.
        InputError: it has no name.
        StateError: the draft has errors, or says the same as its version.
    """
    user_id = require_editor(actor)
    if not 1 <= len(name.strip()) <= 120:
        raise InputError("name", "name", nl="Geef deze versie een naam.", en="Give this version a name.")
    with transaction.atomic():
        draft = current_draft(user_id, now=now)
        content = content_in(draft)
        checked = check(content)
        if checked.catalogue is None:
            raise StateError(
                "draft_wrong",
                nl=f"Het concept heeft nog fouten ({checked.errors}). Los die eerst op.",
                en=f"The draft still has errors ({checked.errors}). Mend those first.",
            )
        if ModelVersion.objects.filter(digest=checked.catalogue.digest).exists():
            raise StateError(
                "nothing_new",
                nl="Dit concept zegt hetzelfde als een versie die er al is.",
                en="This draft says the same as a version that is there already.",
            )
        version = ModelVersion.objects.create(
            number=next_number(),
            name=name.strip(),
            note=note.strip(),
            content=as_text(content_of(checked.catalogue)),
            digest=checked.catalogue.digest,
            made_by_id=user_id,
            made_at=now,
        )
        draft.version = version
        draft.save(update_fields=["version"])
    return version


def take_into_use(actor: Actor, version: ModelVersion, *, now: dt.datetime) -> None:
    """From now on stories and new sessions are read with this version. Who decided so is kept.

    Raises:
        RightError: this actor may not.
        StateError: a story that people can see could not be read with it; says which and why.
    """
    user_id = require_editor(actor)
    _refuse_broken_stories(version)
    InUse.objects.create(version=version, by_id=user_id, at=now)


def require_editor(actor: Actor) -> int:
    """The key of the user; stops here when somebody may not edit."""
    if actor.user_id is None or not may_edit_model(actor):
        raise RightError(
            "model_not_yours",
            nl="Alleen de secretaris verandert het stelsel. U kunt het wel lezen en meenemen.",
            en="Only the secretary changes the system model. You can read it and take it along.",
        )
    return actor.user_id


def no_row(row_id: str) -> InputError:
    """What is asked for is not in the model."""
    return InputError(
        "no_row",
        row_id[:80],
        nl="Deze regel staat niet (meer) in het stelsel.",
        en="This row is not in the system model (any more).",
    )


def _refuse_broken_stories(version: ModelVersion) -> None:
    """Stop when a story that people can see names something that this version does not have."""
    catalogue = catalogue_with(version.digest)
    troubles = ((story.title, trouble_with(story, catalogue)) for story in all_stories().values())
    broken = [(title, why) for title, why in troubles if why is not None]
    if broken:
        raise StateError(
            "stories_break",
            nl="Deze versie kan niet in gebruik: een verhaal is dan niet meer te lezen. "
            + "; ".join(f"{title.nl}: {why.nl}" for title, why in broken[:MOST_NAMED]),
            en="This version cannot be taken into use: a story could no longer be read. "
            + "; ".join(f"{title.en}: {why.en}" for title, why in broken[:MOST_NAMED]),
        )


def trouble_with(story: Story, catalogue: Catalogue) -> Text | None:
    """Why a story cannot be read with a catalogue; None when it can."""
    try:
        load_story(story_yaml(story), catalogue)
    except ProblemsError as trouble:
        return next(problem.says for problem in trouble.problems if problem.level == "error")
    return None


class _Writer:
    """Edits of one batch, gathered and then kept together."""

    def __init__(self, draft: Draft, user_id: int, now: dt.datetime) -> None:
        self._draft = draft
        self._user_id = user_id
        self._now = now
        self._batch = secrets.token_hex(8)
        self.edits: list[Edit] = []
        self._rows: dict[tuple[str, str], Row | None] = {
            (section, str(row["id"])): row for section, rows in content_in(draft).items() for row in rows
        }

    def field(self, section: str, change: Change) -> None:
        """One field of one row."""
        column = column_of(section, change.field)
        row = self._row(section, change.row)
        if row is None:
            raise no_row(change.row)
        now = value_at(row, column)
        if same_value(now, change.after, column):
            return
        after = change.after
        if change.before is not UNSEEN and not same_value(change.before, now, column):
            after = _merged(column, base=change.before, mine=change.after, theirs=now)
            if after is None:
                raise _changed_by(self._draft, section, change.row, change.field)
            if same_value(now, after, column):
                return
        self._rows[section, change.row] = tidy(section, with_value(row, column, after))
        self._note(section, change.row, change.field, now, after)

    def whole(self, section: str, row_id: str, row: Row | None) -> None:
        """A row as a whole."""
        before = self._row(section, row_id)
        self._rows[section, row_id] = row
        self._note(section, row_id, "", before, row)

    def save(self) -> None:
        """Keep everything."""
        changed = [
            DraftRow(draft=self._draft, section=section, row=row_id, content=self._rows[section, row_id])
            for section, row_id in dict.fromkeys((edit.section, edit.row) for edit in self.edits)
        ]
        DraftRow.objects.bulk_create(
            changed,
            batch_size=AT_A_TIME,
            update_conflicts=True,
            unique_fields=["draft", "section", "row"],
            update_fields=["content"],
        )
        Edit.objects.bulk_create(self.edits, batch_size=AT_A_TIME)

    def _row(self, section: str, row_id: str) -> Row | None:
        if section not in SECTIONS:
            raise no_row(section)
        return self._rows.get((section, row_id))

    def _note(self, section: str, row_id: str, field: str, before: Any, after: Any) -> None:
        self.edits.append(
            Edit(
                draft=self._draft,
                section=section,
                row=row_id,
                field=field,
                before=before,
                after=after,
                batch=self._batch,
                user_id=self._user_id,
                at=self._now,
            )
        )


def _take_back(draft: Draft, done: Edit) -> None:
    row = row_in(draft, done.section, done.row)
    if done.field:
        column = column_of(done.section, done.field)
        if row is None:
            raise _changed_by(draft, done.section, done.row, done.field)
        now, back = value_at(row, column), done.before
        if not same_value(now, done.after, column):
            back = _merged(column, base=done.after, mine=done.before, theirs=now)
            if back is None:
                raise _changed_by(draft, done.section, done.row, done.field)
        new: Row | None = tidy(done.section, with_value(row, column, back))
    else:
        if row != done.after:
            raise _changed_by(draft, done.section, done.row, "")
        new = done.before
    DraftRow.objects.update_or_create(draft=draft, section=done.section, row=done.row, defaults={"content": new})


def _merged(column: Column, *, base: Any, mine: Any, theirs: Any) -> list[Any] | None:
    """A list in which two people changed different items; None for any other value, or the same item."""
    if column.kind not in {"list", "rows"}:
        return None
    return merged_list(base or [], mine or [], theirs or [])


def _changed_by(draft: Draft, section: str, row: str, field: str) -> ConflictError:
    edits: Iterable[Edit] = draft.edits.filter(section=section, row=row, is_undone=False).select_related("user")
    last = next((one for one in reversed(list(edits)) if one.field in {field, ""} or not field), None)
    who_nl, who_en = (last.user.name, last.user.name) if last else ("iemand anders", "somebody else")
    return ConflictError(
        "changed_meanwhile",
        f"{row} {field}".strip(),
        nl=f"{who_nl} veranderde dit veld ook. Wat u schreef staat er nog; kijk wat er nu staat en kies.",
        en=f"{who_en} changed this field as well. What you wrote is still there; look at what is there now and choose.",
    )

"""The list of drafts, versions and stories, and the page of one version."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from schakelbord.accounts.actors import Actor
from schakelbord.editor.difference import Difference, differences
from schakelbord.editor.models import Draft
from schakelbord.editor.preview import quick_reading
from schakelbord.editor.rights import may_approve_version, may_edit_stories, may_publish_version
from schakelbord.editor.versioning import STATE_CLASSES, STATE_ICONS, STATES, state_of
from schakelbord.engine import load_story
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.problems import ProblemsError
from schakelbord.engine.story import Story
from schakelbord.errors import Language
from schakelbord.guard import check as check_text
from schakelbord.stories.library import all_stories, catalogue_of, shipped, the_catalogue
from schakelbord.stories.models import StoryVersion

FLAGS_IN_VIEW = 12


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in a list."""

    version: StoryVersion
    state: str
    label: Promise
    icon: str
    look: str


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story that can be seen; `is_shipped` when it came with the product."""

    id: str
    title: str
    is_shipped: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What `/bewerken` shows."""

    drafts: tuple[Draft, ...]
    away: tuple[Draft, ...]
    waiting: tuple[VersionRow, ...]
    versions: tuple[VersionRow, ...]
    stories: tuple[StoryRow, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version: what changed, what the check of texts sees, and what can be done with it."""

    row: VersionRow
    title: str
    before: StoryVersion | None
    differences: tuple[Difference, ...]
    flags: tuple[str, ...]
    gaps: tuple[str, ...]
    readable: bool
    is_first: bool
    may_ask: bool
    may_approve: bool
    may_publish: bool
    is_own: bool


def shelf_of(actor: Actor, language: Language) -> Shelf:
    """Drafts, versions that wait, versions, and stories to begin from."""
    drafts = list(Draft.objects.select_related("changed_by", "made_by").order_by("-changed_at"))
    versions = [row_of(version) for version in _versions().order_by("-made_at")[:60]]
    return Shelf(
        drafts=tuple(draft for draft in drafts if draft.put_away_at is None),
        away=tuple(draft for draft in drafts if draft.put_away_at is not None),
        waiting=tuple(row for row in versions if row.state in {"asked", "approved"}),
        versions=tuple(row for row in versions if row.state not in {"asked", "approved"}),
        stories=tuple(
            StoryRow(story.id, story.title.get(language), story == shipped().get(story.id))
            for story in all_stories().values()
        ),
        may_edit=may_edit_stories(actor),
    )


def versions_of(story_id: str) -> tuple[VersionRow, ...]:
    """The versions of one story, the newest in front."""
    return tuple(row_of(version) for version in _versions().filter(story=story_id).order_by("-number"))


def row_of(version: StoryVersion) -> VersionRow:
    """A version with its state in words."""
    state = state_of(version)
    return VersionRow(version, state, STATES[state], STATE_ICONS[state], STATE_CLASSES[state])


def version_page(version: StoryVersion, actor: Actor, language: Language) -> VersionPage:
    """The page of a version, compared with the one before it, or with the shipped story."""
    row = row_of(version)
    before = _versions().filter(story=version.story, number__lt=version.number).order_by("-number").first()
    model = catalogue_of(version)
    new = story_in(version.content, model)
    old = story_in(before.content, catalogue_of(before)) if before else shipped().get(version.story)
    found = differences(old, new, catalogue=model, language=language) if old and new else []
    return VersionPage(
        row=row,
        title=new.title.get(language) if new else version.story,
        before=before,
        differences=tuple(found),
        flags=_flags(new, language) if new else (),
        gaps=tuple(gap.sentence.get(language) for gap in quick_reading(new, model).findings) if new else (),
        readable=new is not None,
        is_first=old is None,
        may_ask=may_edit_stories(actor) and row.state in {"named", "returned"},
        may_approve=may_approve_version(actor, version) and row.state == "asked",
        may_publish=may_publish_version(actor, version) and row.state == "approved",
        is_own=actor.user_id == version.made_by_id,
    )


def draft_differences(draft_story: Story | None, story_id: str, language: Language) -> tuple[Difference, ...]:
    """What a draft changes beside the last version of its story, or the shipped story."""
    last = _versions().filter(story=story_id).order_by("-number").first()
    old = story_in(last.content, catalogue_of(last)) if last else shipped().get(story_id)
    if old is None or draft_story is None:
        return ()
    return tuple(differences(old, draft_story, catalogue=the_catalogue(), language=language))


def _versions() -> QuerySet[StoryVersion]:
    return StoryVersion.objects.select_related("made_by", "approved_by", "model_version")


def story_in(content: str, model: Catalogue) -> Story | None:
    """The story in a version, None when its system model cannot read it (any more)."""
    try:
        return load_story(content, model)
    except ProblemsError:
        return None


def _flags(story: Story, language: Language) -> tuple[str, ...]:
    """What the check of texts sees in a story, each once."""
    texts = [story.title, *(scene.title for scene in story.scenes)]
    texts += [text for scene in story.scenes for beat in scene.beats for text in (beat.say, beat.ask) if text]
    found: dict[str, None] = {}
    for text in texts:
        for flag in (*check_text(text.nl), *check_text(text.en)):
            found[flag.nl if language == "nl" else flag.en] = None
    for doll in story.dolls:
        found.update({(flag.nl if language == "nl" else flag.en): None for flag in check_text(doll.name)})
    return tuple(found)[:FLAGS_IN_VIEW]

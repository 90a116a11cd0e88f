"""Named versions of stories: they never change, somebody else approves them, then they are published."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schakelbord.accounts.actors import Actor
from schakelbord.editor.entry import require_editor
from schakelbord.editor.models import Draft
from schakelbord.editor.rights import may_approve_version, may_publish_version
from schakelbord.editor.services import export_story
from schakelbord.errors import InputError, RightError, StateError
from schakelbord.stories.library import model_in_use
from schakelbord.stories.models import StoryVersion

LONGEST_NAME = 120
LONGEST_REASON = 2000
STATES: dict[str, Promise] = {
    "named": _("kept"),
    "asked": _("waits for a second pair of eyes"),
    "returned": _("returned"),
    "approved": _("approved"),
    "published": _("published"),
}
STATE_ICONS = {"named": "notitie", "asked": "wacht", "returned": "terug", "approved": "vink", "published": "openbaar"}
STATE_CLASSES = {"named": "", "asked": "waiting", "returned": "late", "approved": "agreed", "published": "done"}


def state_of(version: StoryVersion) -> str:
    """Where a version stands: named, asked, returned, approved or published."""
    if version.published_at:
        return "published"
    if version.approved_at:
        return "approved"
    if version.asked_at:
        return "asked"
    return "returned" if version.returned_because else "named"


def name_version(actor: Actor, draft: Draft, name: str, *, now: dt.datetime) -> StoryVersion:
    """Keep the draft as it is now under a name, for good.

    Raises:
        RightError: this actor does not write stories.
        InputError: there is no name, or it is too long.
        StateError: the draft is not a whole story yet, or is the same as the last version.
    """
    require_editor(actor)
    clean = " ".join(name.split())
    if not 0 < len(clean) <= LONGEST_NAME:
        raise InputError(
            "version_name",
            nl="Geef deze versie een naam van hoogstens 120 tekens, bijvoorbeeld “voor de bijeenkomst in mei”.",
            en="Give this version a name of at most 120 characters, for instance “for the meeting in May”.",
        )
    model = model_in_use()
    content = export_story(draft)
    _refuse_same(draft, content, model)
    for _attempt in range(3):
        try:
            with transaction.atomic():
                return _new_version(actor, draft, clean, content=content, model=model, now=now)
        except IntegrityError:
            continue
    raise StateError(
        "version_busy",
        nl="Iemand anders bewaarde net een versie van dit verhaal. Probeer het nog eens.",
        en="Somebody else just kept a version of this story. Try once more.",
    )


def ask_four_eyes(actor: Actor, version: StoryVersion, *, now: dt.datetime) -> None:
    """Ask somebody else to look at a version.

    Raises:
        RightError: this actor does not write stories.
        StateError: it was asked or approved already.
    """
    require_editor(actor)
    open_ones = StoryVersion.objects.filter(pk=version.pk, asked_at=None, approved_at=None)
    if not open_ones.update(asked_at=now, returned_because=""):
        raise _wrong_state(version, "gevraagd", "asked")


def approve(actor: Actor, version: StoryVersion, *, now: dt.datetime) -> None:
    """Approve a version that somebody else made.

    Raises:
        RightError: this actor made it, or may not approve.
        StateError: nobody asked for it, or it was approved already.
    """
    if not may_approve_version(actor, version):
        raise _other_eyes(actor, version)
    waiting = StoryVersion.objects.filter(pk=version.pk, asked_at__isnull=False, approved_at=None)
    if not waiting.update(approved_by_id=actor.user_id, approved_at=now):
        raise _wrong_state(version, "goedgekeurd", "approved")


def return_version(actor: Actor, version: StoryVersion, reason: str, *, now: dt.datetime) -> None:
    """Give a version back to who made it, with a reason. A better one becomes a new version.

    Raises:
        RightError: this actor made it, or may not approve.
        InputError: there is no reason.
        StateError: nobody asked for it, or it was approved already.
    """
    if not may_approve_version(actor, version):
        raise _other_eyes(actor, version)
    clean = reason.strip()
    if not 0 < len(clean) <= LONGEST_REASON:
        raise InputError(
            "reason",
            nl="Schrijf waarom u dit teruggeeft, in hoogstens 2000 tekens. Dan weet de maker wat er moet gebeuren.",
            en="Write why you return this, in at most 2000 characters. Then the maker knows what to do.",
        )
    waiting = StoryVersion.objects.filter(pk=version.pk, asked_at__isnull=False, approved_at=None)
    if not waiting.update(asked_at=None, returned_because=f"{actor.name}: {clean}"):
        raise _wrong_state(version, "teruggegeven", "returned")


def publish(actor: Actor, version: StoryVersion, *, now: dt.datetime) -> None:
    """Publish a version that somebody else approved: it stands on the home page and can be shown to a room.

    Raises:
        RightError: this actor does not write stories, or nobody approved it yet.
        StateError: it was published before.
    """
    if not may_publish_version(actor, version):
        require_editor(actor)
        raise _wrong_state(version, "gepubliceerd", "published")
    if not StoryVersion.objects.filter(pk=version.pk, published_at=None, approved_at__isnull=False).update(
        published_at=now
    ):
        raise _wrong_state(version, "gepubliceerd", "published")


def _new_version(
    actor: Actor, draft: Draft, name: str, *, content: str, model: int | None, now: dt.datetime
) -> StoryVersion:
    last = StoryVersion.objects.filter(story=draft.story).aggregate(last=Max("number"))["last"] or 0
    version = StoryVersion.objects.create(
        story=draft.story,
        number=last + 1,
        name=name,
        content=content,
        digest=f"sha256:{sha256(content.encode()).hexdigest()}",
        model_version_id=model,
        made_by_id=require_editor(actor),
        made_at=now,
    )
    Draft.objects.filter(pk=draft.pk).update(based_on=version)
    return version


def _refuse_same(draft: Draft, content: str, model: int | None) -> None:
    last = StoryVersion.objects.filter(story=draft.story).order_by("-number").first()
    if last is not None and last.content == content and last.model_version_id == model:
        raise StateError(
            "version_same",
            nl=f"Er is niets veranderd sinds versie {last.number}, “{last.name}”.",
            en=f"Nothing changed since version {last.number}, “{last.name}”.",
        )


def _other_eyes(actor: Actor, version: StoryVersion) -> RightError:
    if actor.user_id == version.made_by_id:
        return RightError(
            "same_eyes",
            nl="U maakte deze versie zelf. Iemand anders kijkt mee; dat zijn de vier ogen.",
            en="You made this version yourself. Somebody else looks as well; that makes four eyes.",
        )
    return RightError(
        "may_not_approve",
        nl="U kunt een versie niet goedkeuren. Dat doen een secretaris, een voorzitter of een verteller.",
        en="You cannot approve a version. A secretary, a chair or a presenter does.",
    )


def _wrong_state(version: StoryVersion, dutch: str, english: str) -> StateError:
    now = state_of(StoryVersion.objects.get(pk=version.pk))
    is_nl = {
        "named": "bewaard, en nog niet gevraagd om vier ogen",
        "asked": "in afwachting van vier ogen",
        "returned": "teruggegeven",
        "approved": "goedgekeurd",
        "published": "gepubliceerd",
    }
    is_en = {
        "named": "kept, and not yet asked for four eyes",
        "asked": "waiting for four eyes",
        "returned": "returned",
        "approved": "approved",
        "published": "published",
    }
    return StateError(
        "version_state",
        nl=f"Deze versie kan nu niet worden {dutch}: zij is {is_nl[now]}.",
        en=f"This version cannot be {english} now: it is {is_en[now]}.",
    )

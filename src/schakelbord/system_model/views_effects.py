"""The page that says which gaps change with a version or with the draft, while and after that is computed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language
from schakelbord.core.numbers import whole_number
from schakelbord.engine.catalogue import Catalogue
from schakelbord.errors import Language, StateError
from schakelbord.stories.library import all_stories, the_catalogue
from schakelbord.stories.models import ModelVersion
from schakelbord.system_model import effects as work
from schakelbord.system_model.rights import may_edit_model
from schakelbord.system_model.selectors import catalogue_of, checked_now, content_now

DRAFT = "concept"


@require_safe
def effects(request: HttpRequest, which: str) -> HttpResponse:
    """Which gaps change, as far as computed; while somebody computes, the page asks again every second."""
    catalogue = _catalogue(which)
    all_stories()
    found = work.effects_of(catalogue.digest, now=timezone.now())
    language = current_language()
    is_part = request.headers.get("HX-Request") == "true"
    context = {
        "which": which,
        "is_part": is_part,
        "found": found,
        "total": len(found.stories),
        "left": len(found.stories) - found.done,
        "stories": [
            (story.id, story.title.get(language), _shown(effect, language) if effect else None)
            for story, effect in found.stories
        ],
        "is_in_use": catalogue.digest == the_catalogue().digest,
        "may_edit": may_edit_model(actor_of(request.user)),
    }
    return render(request, f"system_model/{'_effects' if is_part else 'effects'}.html", context)


@require_POST
def begin(request: HttpRequest, which: str) -> HttpResponse:
    """Let it be computed, or go on."""
    work.begin(actor_of(request.user), _catalogue(which), now=timezone.now())
    return redirect("system_model:effects", which)


@require_POST
def stop(request: HttpRequest, which: str) -> HttpResponse:
    """Stop computing; what was computed stays."""
    work.stop(actor_of(request.user), _catalogue(which).digest)
    return redirect("system_model:effects", which)


def _shown(effect: work.Effect, language: Language) -> dict[str, object]:
    """The effect on a story in words of the reader."""

    def lines(gaps: tuple[work.Gap, ...]) -> list[tuple[str, str]]:
        return [(gap.title.get(language), gap.sentence.get(language)) for gap in gaps]

    return {
        "gone": lines(effect.gone),
        "new": lines(effect.new),
        "different": [
            (after.title.get(language), before.day, after.day, after.sentence.get(language))
            for before, after in effect.different
        ],
        "same": effect.same,
        "trouble": effect.trouble.get(language) if effect.trouble else "",
        "changes": bool(effect.gone or effect.new or effect.different or effect.trouble),
    }


def _catalogue(which: str) -> Catalogue:
    """The catalogue of a version by its number, or of the draft.

    Raises:
        StateError: the draft has errors.
    """
    if number := whole_number(which):
        return catalogue_of(get_object_or_404(ModelVersion, number=number))
    if which != DRAFT:
        raise Http404
    checked = checked_now(content_now())
    if checked.catalogue is None:
        raise StateError(
            "draft_wrong",
            nl="Het concept heeft nog fouten; wij kunnen er niet mee rekenen.",
            en="The draft still has errors; we cannot compute with it.",
        )
    return checked.catalogue

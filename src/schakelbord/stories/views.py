"""Home, the page of a story, paper and files.

Views are synchronous: the ASGI server runs each in a thread, never in the event loop.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language
from schakelbord.engine.story import Story
from schakelbord.engine.story_text import story_yaml
from schakelbord.errors import RightError
from schakelbord.stories import files
from schakelbord.stories.address import read_address
from schakelbord.stories.home import home_page, story_links
from schakelbord.stories.library import find_story, nearest_story
from schakelbord.stories.page import StoryPage, story_page
from schakelbord.stories.rights import may_download_reading, may_read_story

PART_HEADER = "X-Schakelbord-Part"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the stories, three questions."""
    return render(request, "stories/home.html", {"home": home_page(current_language())})


@require_safe
@vary_on_headers(PART_HEADER)
def story(request: HttpRequest, story_id: str) -> HttpResponse:
    """The stage of a story at one moment; only its parts when the player asks."""
    page = _page(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    shell = "stories/_bare.html" if PART_HEADER in request.headers else "core/base.html"
    return render(request, "stories/story.html", {"page": page, "shell": shell})


@require_safe
def paper(request: HttpRequest, story_id: str) -> HttpResponse:
    """A moment of a story, ready to print."""
    page = _page(request, story_id)
    return render(request, "stories/paper.html", {"page": page}) if page else unknown_story(request, story_id)


@require_safe
def findings_file(request: HttpRequest, story_id: str) -> HttpResponse:
    """The gaps of a story as a table."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    return download(files.findings_csv(page), "text/csv; charset=utf-8", _("%(story)s-gaps.csv") % {"story": story_id})


@require_safe
def reading_file(request: HttpRequest, story_id: str) -> HttpResponse:
    """The whole reading as JSON."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    return download(files.reading_json(page), "application/json", _("%(story)s-reading.json") % {"story": story_id})


@require_safe
def story_file(request: HttpRequest, story_id: str) -> HttpResponse:
    """The story itself, as people write it."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    return download(story_yaml(page.moment.story), "application/yaml; charset=utf-8", f"{story_id}.yaml")


def unknown_story(request: HttpRequest, wanted: str) -> HttpResponse:
    """404 with the story that was probably meant."""
    near = nearest_story(wanted[:80])
    links = story_links(current_language())
    meant = next((link for link in links if near is not None and link.id == near.id), None)
    context = {"wanted": wanted[:80], "meant": meant, "stories": links}
    return render(request, "stories/unknown_story.html", context, status=HTTPStatus.NOT_FOUND)


def _page(request: HttpRequest, story_id: str) -> StoryPage | None:
    """The page at the address asked for, or None when there is no such story."""
    found = find_story(story_id)
    if found is None:
        return None
    _require(may_read_story(actor_of(request.user), found), found)
    address, notes = read_address(request.GET, found)
    return story_page(found, address, notes=notes, language=current_language())


def page_to_take_along(request: HttpRequest, story_id: str) -> StoryPage | None:
    """The page at the address asked for, for somebody who may take it along; None when there is no such story."""
    found = find_story(story_id)
    if found is not None:
        _require(may_download_reading(actor_of(request.user), found), found)
    return _page(request, story_id)


def _require(allowed: bool, story: Story) -> None:
    """Stop here when somebody may not."""
    if not allowed:
        raise RightError(
            "story_not_yours",
            story.id,
            nl="Dit verhaal kunt u niet zien. Vraag de secretaris.",
            en="You cannot see this story. Ask the secretary.",
        )


def download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    """A file with a name."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

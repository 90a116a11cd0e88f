"""Documents and files of a story.

Views are synchronous: the ASGI server runs each in a thread, never in the event loop. What takes long is made by the
press, in a thread of its own; who asks for it sees that it is being made.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schakelbord.engine.story_text import story_json
from schakelbord.reports import orders
from schakelbord.reports.flat_stage import flat_svg
from schakelbord.reports.graphml import graphml
from schakelbord.reports.network import network_of
from schakelbord.reports.serving import CSV, PDF, PNG, Back, made, site_of
from schakelbord.reports.tables import actors_csv, channels_csv
from schakelbord.stories.page import StoryPage
from schakelbord.stories.views import download, page_to_take_along, unknown_story


@require_safe
def story_pdf(request: HttpRequest, story_id: str) -> HttpResponse:
    """The whole story on paper."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    order = orders.whole_story(page.moment, site=site_of(request), made_on=timezone.localdate())
    return _made(request, page, order, kind=PDF, name=_("%(story)s-story.pdf") % {"story": story_id})


@require_safe
def scene_pdf(request: HttpRequest, story_id: str) -> HttpResponse:
    """One moment on paper: a picture and a list."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    order = orders.one_scene(page.moment, site=site_of(request), made_on=timezone.localdate())
    name = _("%(story)s-scene-%(number)s.pdf") % {"story": story_id, "number": page.scene.number}
    return _made(request, page, order, kind=PDF, name=name)


@require_safe
def stage_svg(request: HttpRequest, story_id: str) -> HttpResponse:
    """The drawing of a moment, for every drawing program."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    name = _("%(story)s-scene-%(number)s.svg") % {"story": story_id, "number": page.scene.number}
    return download(flat_svg(page.stage.drawing), "image/svg+xml", name)


@require_safe
def stage_png(request: HttpRequest, story_id: str) -> HttpResponse:
    """The drawing of a moment as an image, for slides."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    widths = {str(width): width for width in orders.PNG_WIDTHS}
    width = widths.get(request.GET.get("breed", ""), orders.PNG_WIDTHS[0])
    words = {"story": story_id, "number": page.scene.number, "width": width}
    name = _("%(story)s-scene-%(number)s-%(width)s.png") % words
    return _made(request, page, orders.stage_image(page.moment, width=width), kind=PNG, name=name)


@require_safe
def actors(request: HttpRequest, story_id: str) -> HttpResponse:
    """Everybody in the story as a table."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    return download(actors_csv(network_of(page.moment)), CSV, _("%(story)s-actors.csv") % {"story": story_id})


@require_safe
def channels(request: HttpRequest, story_id: str) -> HttpResponse:
    """The channels that were used as a table."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    return download(channels_csv(network_of(page.moment)), CSV, _("%(story)s-channels.csv") % {"story": story_id})


@require_safe
def network(request: HttpRequest, story_id: str) -> HttpResponse:
    """The story as a network."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    name = _("%(story)s-network.graphml") % {"story": story_id}
    return download(graphml(network_of(page.moment)), "application/xml; charset=utf-8", name)


@require_safe
def story_file(request: HttpRequest, story_id: str) -> HttpResponse:
    """The story itself as JSON: what comes out goes in again."""
    page = page_to_take_along(request, story_id)
    if page is None:
        return unknown_story(request, story_id)
    return download(story_json(page.moment.story), "application/json", f"{story_id}.json")


def _made(request: HttpRequest, page: StoryPage, order: orders.Order, *, kind: str, name: str) -> HttpResponse:
    """The document of a story, or the page that says that it is being made."""
    back = Back(page.title, page.address.url, _("Back to the stage"))
    return made(request, order, kind=kind, name=name, back=back)

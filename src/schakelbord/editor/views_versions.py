"""The list of drafts and versions, what begins a draft, and what becomes of a version."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.editor import services, versioning
from schakelbord.editor.checking import check
from schakelbord.editor.content import decode
from schakelbord.editor.entry import require_editor, require_reader
from schakelbord.editor.models import Draft
from schakelbord.editor.rights import may_see_versions
from schakelbord.editor.shelf import draft_differences, shelf_of, version_page, versions_of
from schakelbord.errors import SchakelbordError
from schakelbord.stories.library import find_story, the_catalogue
from schakelbord.stories.models import StoryVersion

MOST_SHOWN = 200_000


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Drafts, versions, and stories to begin from."""
    actor = _reader(request)
    return render(request, "editor/stories.html", {"shelf": shelf_of(actor, current_language())})


@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    """Begin with an empty page."""
    title = request.POST.get("title", "")
    found = services.empty_draft(actor_of(request.user), title, now=timezone.now())
    return redirect("editor:draft", pk=found.pk)


@require_POST
def from_story(request: HttpRequest, story_id: str, verb: str) -> HttpResponse:
    """Begin with a story that is there: change it, or copy it."""
    actor, story, now = actor_of(request.user), find_story(story_id), timezone.now()
    begin = {"bewerk": services.edit_story, "kopieer": services.copy_story}.get(verb)
    if story is None or begin is None:
        raise Http404
    return redirect("editor:draft", pk=begin(actor, story, now=now).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a YAML file in; what cannot be used stays on the page, with the sentence that says why."""
    actor = actor_of(request.user)
    require_editor(actor)
    if request.method != "POST":
        return render(request, "editor/import.html", {})
    file = request.FILES.get("bestand")
    content = file.read(services.MOST_FILE_BYTES + 1) if file else request.POST.get("tekst", "").encode()
    name = (file.name if file else "") or services.NAME_OF_FILE
    try:
        found = services.import_story(actor, content, now=timezone.now(), name=name[:80])
    except SchakelbordError as problem:
        text = content[:MOST_SHOWN].decode("utf-8", errors="replace").replace("\x00", "�")
        context = {"problem": problem.sentence(current_language()), "text": text}
        return render(request, "editor/import.html", context, status=HTTPStatus.BAD_REQUEST)
    return redirect("editor:draft", pk=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a draft as a named version, and ask for four eyes."""
    actor = actor_of(request.user)
    require_editor(actor)
    found = _draft(pk)
    if request.method == "POST":
        try:
            version = versioning.name_version(actor, found, request.POST.get("name", ""), now=timezone.now())
            if request.POST.get("do") == "vraag":
                versioning.ask_four_eyes(actor, version, now=timezone.now())
        except SchakelbordError as problem:
            return _keep_page(request, found, problem)
        return redirect("editor:version", pk=version.pk)
    return _keep_page(request, found, None)


@require_POST
def away(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft away, or bring it back."""
    actor, found = actor_of(request.user), _draft(pk)
    if found.put_away_at is None:
        services.put_away(actor, found, now=timezone.now())
        messages.info(request, _("“%(title)s” is put away. You find it at the bottom of this page.") % {"title": found})
        return redirect("editor:stories")
    services.bring_back(actor, found)
    return redirect("editor:draft", pk=pk)


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what changed, and what can be done with it."""
    actor = _reader(request)
    page = version_page(_version(pk), actor, current_language())
    return render(request, "editor/version.html", {"page": page})


@require_safe
def version_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as YAML."""
    _reader(request)
    found = _version(pk)
    name = f"{found.story}-{found.number}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found.content, content_type="application/yaml; charset=utf-8", headers=headers)


@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Ask for four eyes, approve, return, or publish."""
    actor, found = actor_of(request.user), _version(pk)
    try:
        _decide(actor, found, verb, request.POST.get("reason", ""))
    except SchakelbordError as problem:
        page = version_page(_version(pk), actor, current_language()) if may_see_versions(actor) else None
        if page is None:
            raise
        sentence = said(problem)
        context = {"page": page, "problem": sentence, "reason": request.POST.get("reason", "")}
        return render(request, "editor/version.html", context, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(reverse("editor:version", args=[pk]))


def _decide(actor: Actor, found: StoryVersion, verb: str, reason: str) -> None:
    at = timezone.now()
    if verb == "vraag":
        versioning.ask_four_eyes(actor, found, now=at)
    elif verb == "keur-goed":
        versioning.approve(actor, found, now=at)
    elif verb == "geef-terug":
        versioning.return_version(actor, found, reason, now=at)
    elif verb == "publiceer":
        versioning.publish(actor, found, now=at)
    else:
        raise Http404


def _keep_page(request: HttpRequest, found: Draft, problem: SchakelbordError | None) -> HttpResponse:
    language = current_language()
    story = check(decode(found.content), the_catalogue()).whole
    context = {
        "draft": found,
        "versions": versions_of(found.story),
        "differences": draft_differences(story, found.story, language),
        "whole": story is not None,
        "problem": said(problem) if problem else "",
        "name": request.POST.get("name", ""),
    }
    return render(request, "editor/keep.html", context, status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK)


def _reader(request: HttpRequest) -> Actor:
    """Who may see drafts and versions."""
    actor = actor_of(request.user)
    require_reader(actor)
    return actor


def _draft(pk: int) -> Draft:
    found = Draft.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _version(pk: int) -> StoryVersion:
    found = StoryVersion.objects.select_related("made_by", "approved_by", "model_version").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

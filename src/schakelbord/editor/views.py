"""The page of a draft: a form that works by itself, and what its modules ask for."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from contextlib import nullcontext
from hashlib import sha256
from http import HTTPStatus

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number
from schakelbord.editor import changing
from schakelbord.editor.changing import Asked
from schakelbord.editor.content import decode
from schakelbord.editor.entry import require_editor, require_reader
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import Clash, Operation, Set
from schakelbord.editor.outline import note_at_work, part_url, people_at_work
from schakelbord.editor.page import editor_page
from schakelbord.editor.posting import Wish, operations_of, read_fields, read_wish
from schakelbord.editor.preview import usable_of
from schakelbord.editor.repairs import repair_rows
from schakelbord.editor.services import export_story, whole_story
from schakelbord.editor.shelf import story_in
from schakelbord.editor.turns import TURNS, turn_of
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story
from schakelbord.errors import InputError, SchakelbordError
from schakelbord.live.http import Asked as AskedByBrowser
from schakelbord.live.http import command_view
from schakelbord.live.journal import Payload
from schakelbord.stories.address import read_address
from schakelbord.stories.library import catalogue_of, the_catalogue
from schakelbord.stories.models import StoryVersion
from schakelbord.stories.page import story_page

PART_HEADER = "X-Schakelbord-Part"
TURN_HEADER = "X-Schakelbord-Turn"


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers(PART_HEADER)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor at one part of a draft; posting changes it."""
    actor = actor_of(request.user)
    require_editor(actor)
    found = _draft(pk)
    part = request.GET.get("bij", "")[:200]
    if request.method == "POST":
        return _post(request, found, actor, part)
    now = timezone.now()
    if PART_HEADER in request.headers:
        return _parts(request, found, actor, part, now)
    note_at_work(found, actor, part, now=now)
    return _show(request, found, actor, part, now=now)


def _parts(request: HttpRequest, found: Draft, actor: Actor, part: str, now: dt.datetime) -> HttpResponse:
    """The parts of the page; a question with a turn is answered only when no newer one of that tab came."""
    turn = request.headers.get(TURN_HEADER)
    tab, number = turn_of(turn or "")
    mine = TURNS.take((found.pk, f"{actor.user_id}:{tab}"), number) if turn else nullcontext(lambda: True)
    with mine as is_last:
        if not is_last():
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        page = editor_page(found, actor, part, now=now, language=current_language())
    return render(request, "editor/_parts.html", {"page": page})


@command_view
def change_fields(request: HttpRequest, asked: AskedByBrowser, pk: int) -> Payload:
    """Fields that somebody is typing in."""
    actor = actor_of(request.user)
    require_editor(actor)
    try:
        raw = asked.fields().get("operations")
        operations = msgspec.convert(raw, list[Set])
    except msgspec.ValidationError:
        raise InputError(
            "bad_form",
            nl="Dit bericht kunnen wij niet lezen. Open de pagina opnieuw.",
            en="We cannot read this message. Open the page anew.",
        ) from None
    outcome = changing.change(_draft(pk), operations, Asked(actor, asked.key))
    return {"seq": outcome.seq, "beside": list(outcome.beside), "values": outcome.values}


@require_POST
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is at a part of the draft; who else is there."""
    actor = actor_of(request.user)
    require_editor(actor)
    found, now = _draft(pk), timezone.now()
    try:
        part = str(json.loads(request.body or b"{}").get("part", ""))
    except (ValueError, AttributeError):
        part = ""
    note_at_work(found, actor, part, now=now)
    people = people_at_work(found, actor, decode(found.content), now=now, language=current_language())
    return JsonResponse({"people": people})


@require_safe
def repairs(request: HttpRequest, pk: int) -> HttpResponse:
    """What would close the gaps: looked for apart, because it takes longer than finding them."""
    actor = actor_of(request.user)
    require_editor(actor)
    tab, number = turn_of(request.headers.get(TURN_HEADER, ""))
    with TURNS.take((pk, f"repairs:{actor.user_id}:{tab}"), number) as is_last:
        if not is_last():
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        usable = usable_of(decode(_draft(pk).content), the_catalogue())
        rows = repair_rows(usable.story, current_language()) if usable else ()
    return render(request, "editor/_repairs.html", {"rows": rows})


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as YAML."""
    require_editor(actor_of(request.user))
    found = _draft(pk)
    return HttpResponse(
        export_story(found),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.story}.yaml"'},
    )


@require_safe
@vary_on_headers(PART_HEADER)
def play(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft on the stage, as a room would see it."""
    require_editor(actor_of(request.user))
    return _on_stage(request, whole_story(_draft(pk)), f"concept-{pk}")


@require_safe
@vary_on_headers(PART_HEADER)
def play_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version on the stage, for whoever is to approve it."""
    require_reader(actor_of(request.user))
    version = StoryVersion.objects.filter(pk=pk).first()
    story = story_in(version.content, catalogue_of(version)) if version else None
    if version is None or story is None:
        raise Http404
    return _on_stage(request, story, f"versie-{pk}", catalogue_of(version))


def _on_stage(request: HttpRequest, story: Story, name: str, model: Catalogue | None = None) -> HttpResponse:
    """The page of a story under an address of its own."""
    shown = msgspec.structs.replace(story, id=name)
    address, notes = read_address(request.GET, shown)
    page = story_page(shown, address, notes=notes, language=current_language(), catalogue=model)
    shell = "stories/_bare.html" if PART_HEADER in request.headers else "core/base.html"
    return render(request, "stories/story.html", {"page": page, "shell": shell})


def _draft(pk: int) -> Draft:
    found = Draft.objects.select_related("made_by", "changed_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest,
    found: Draft,
    actor: Actor,
    part: str,
    *,
    now: dt.datetime,
    problem: SchakelbordError | None = None,
    kept: tuple[Set, ...] = (),
) -> HttpResponse:
    """The whole page; with a problem also what somebody wrote that could not be kept."""
    page = editor_page(found, actor, part, now=now, language=current_language())
    sentence = said(problem) if problem else ""
    context = {"page": page, "problem": sentence, "unkept": [row for row in kept if isinstance(row.new, str)]}
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "editor/draft.html", context, status=status)


def _post(request: HttpRequest, found: Draft, actor: Actor, part: str) -> HttpResponse:
    """Fields first, then what the button asks for; a refusal shows the page with what was written."""
    fields: list[Set] = []
    try:
        fields = read_fields(request.POST)
        wish = read_wish(request.POST)
        seen = whole_number(request.POST.get("gezien"))
        if fields:
            outcome = changing.change(found, fields, Asked(actor, _key(request, "velden")))
            fields = []
            if outcome.beside:
                messages.info(request, _both_kept())
        return HttpResponseRedirect(_carry_out(request, found, actor, wish, part=part, seen=seen))
    except SchakelbordError as problem:
        fresh = _draft(found.pk)
        return _show(request, fresh, actor, part, now=timezone.now(), problem=problem, kept=tuple(fields))


def _carry_out(request: HttpRequest, found: Draft, actor: Actor, wish: Wish, *, part: str, seen: int) -> str:
    """Do what the button asks for; gives the address to go on to."""
    asked = Asked(actor, _key(request, "knop"))
    if wish.verb == "ongedaan":
        changing.undo(found, asked)
    elif wish.verb == "opnieuw":
        changing.redo(found, asked)
    elif wish.verb != "bewaar":
        fresh = _draft(found.pk)
        try:
            operations = operations_of(fresh, decode(fresh.content), wish, actor=actor, seen=seen)
        except Clash:
            raise _gone() from None
        if operations:
            changing.change(found, operations, asked)
        return _next(found, wish, operations, part)
    return part_url(found, part)


def _next(found: Draft, wish: Wish, operations: list[Operation], part: str) -> str:
    """A new part opens itself; a part that went leads to what holds it."""
    first = operations[0] if operations else None
    if wish.verb == "voeg" and wish.path.rpartition("/")[2] in {"scenes", "beats", "dolls", "places", "deadlines"}:
        key = str(getattr(first, "item", {}).get("key", ""))
        return part_url(found, f"{wish.path}/{key}")
    if wish.verb == "haal" and f"{part}/".startswith(f"{wish.path}/"):
        holder = wish.path.rpartition("/")[0].rpartition("/")[0]
        return part_url(found, holder)
    return part_url(found, part)


def _key(request: HttpRequest, what: str) -> str:
    """The key of the form, so that pressing twice does it once; a fresh one when the form has none."""
    given = request.POST.get("sleutel", "")
    if not given.isalnum() or len(given) > 40:
        return secrets.token_urlsafe(12)
    body = json.dumps([list(pair) for pair in sorted(request.POST.lists())])
    return f"{given}-{what}-{sha256(body.encode()).hexdigest()[:16]}"


def _both_kept() -> str:
    """Two texts for one field."""
    return (
        "Iemand anders schreef hier ook. Beide teksten zijn bewaard; kies hieronder welke blijft."
        if current_language() == "nl"
        else "Somebody else wrote here as well. Both texts are kept; choose below which one stays."
    )


def _gone() -> InputError:
    return InputError(
        "gone",
        nl="Dit is er niet meer: iemand haalde het net weg.",
        en="This is not there any more: somebody has just removed it.",
    )

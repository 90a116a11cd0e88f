"""The guided start, page by page; works without scripts."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.editor import changing
from schakelbord.editor.beginnings import BEGINNINGS, begin_with, rename
from schakelbord.editor.blanks import ALL_TREES
from schakelbord.editor.changing import Asked
from schakelbord.editor.content import decode
from schakelbord.editor.entry import require_editor
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import Operation
from schakelbord.editor.posting import read_fields
from schakelbord.editor.start import LAST, start_page, steps_of
from schakelbord.errors import InputError, SchakelbordError

PART_HEADER = "X-Schakelbord-Part"


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose what the story is about, and who it is about."""
    actor = actor_of(request.user)
    require_editor(actor)
    data = request.POST
    context: dict[str, object] = {
        "beginnings": BEGINNINGS,
        "trees": ALL_TREES,
        "steps": steps_of(None, 1),
        "chosen": data.get("begin", BEGINNINGS[0].id),
        "name": data.get("name", ALL_TREES[7]),
        "age": data.get("age", ""),
    }
    if request.method != "POST":
        return render(request, "editor/begin.html", context)
    try:
        found = begin_with(
            actor, data.get("begin", ""), name=data.get("name", ""), age=data.get("age", ""), now=timezone.now()
        )
    except InputError as problem:
        sentence = said(problem)
        context |= {"problem": sentence, "where": problem.where}
        return render(request, "editor/begin.html", context, status=HTTPStatus.BAD_REQUEST)
    return redirect("editor:start", pk=found.pk, step=2)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers(PART_HEADER)
def step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """One step; going on or back keeps what was filled in."""
    actor = actor_of(request.user)
    require_editor(actor)
    found = Draft.objects.filter(pk=pk).first()
    if found is None or not 1 <= step <= LAST:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            _keep(request, found, actor)
            return redirect("editor:start", pk=pk, step=_next(request.POST.get("do", ""), step))
        except SchakelbordError as refused:
            problem = said(refused)
            found = Draft.objects.get(pk=pk)
    page = start_page(found, actor, step, now=timezone.now(), language=current_language())
    template = "editor/_start_parts.html" if PART_HEADER in request.headers else "editor/start.html"
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, template, {"page": page, "problem": problem, "last": LAST}, status=status)


def _keep(request: HttpRequest, found: Draft, actor: Actor) -> None:
    """Keep the fields; a new name goes into all texts."""
    content = decode(Draft.objects.get(pk=found.pk).content)
    operations: list[Operation] = []
    for row in read_fields(request.POST):
        doll = next((doll for doll in content.dolls if row.path == f"dolls/{doll.key}/name"), None)
        renames = doll is not None and isinstance(row.new, str) and row.new.strip() and doll.name == row.old
        if doll is not None and renames:
            operations += rename(content, doll, str(row.new).strip())
        else:
            operations.append(row)
    if operations:
        changing.change(found, operations, Asked(actor))


def _next(wish: str, step: int) -> int:
    if wish == "terug":
        return max(step - 1, 1)
    return min(step + 1, LAST) if wish == "verder" else step

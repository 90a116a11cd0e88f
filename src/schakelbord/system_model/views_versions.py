"""Versions of the system model: name one, compare two, take one into use; and files both ways."""

from __future__ import annotations

import secrets
from typing import Final

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number
from schakelbord.errors import SchakelbordError, StateError
from schakelbord.stories.library import all_stories
from schakelbord.stories.models import ModelVersion
from schakelbord.system_model import exchange, graphml, services
from schakelbord.system_model.columns import SECTIONS, Row
from schakelbord.system_model.content import check, from_text
from schakelbord.system_model.pages import trouble_words
from schakelbord.system_model.rights import may_edit_model
from schakelbord.system_model.selectors import (
    RowChange,
    checked_now,
    content_now,
    differences,
    open_draft,
    version_in_use,
)
from schakelbord.system_model.words import SECTION_WORDS, choice_words, label_of

KEPT_SECONDS: Final = 30 * 60
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """What the draft changes, what is wrong with it, and naming a version of it."""
    actor = actor_of(request.user)
    problem = ""
    if request.method == "POST":
        try:
            version = services.name_version(
                actor, name=request.POST.get("naam", ""), note=request.POST.get("toelichting", ""), now=timezone.now()
            )
        except StateError as refusal:
            problem = said(refusal)
        else:
            messages.success(request, _("Version %(number)s is kept for good.") % {"number": version.number})
            return redirect("system_model:version", version.number)
    found = open_draft()
    content = content_now()
    checked = checked_now(content)
    context = {
        "draft": found,
        "changes": _in_words(differences(from_text(found.base.content), content)) if found else [],
        "troubles": [
            (row.section, row.row, *trouble_words([row], current_language())[0]) for row in checked.troubles[:50]
        ],
        "errors": checked.errors,
        "problem": problem,
        "typed": request.POST,
        "may_edit": may_edit_model(actor),
    }
    return render(request, "system_model/draft.html", context, status=400 if problem else 200)


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """A version, beside another one."""
    found = get_object_or_404(ModelVersion.objects.select_related("made_by"), number=number)
    other = ModelVersion.objects.filter(number=whole_number(request.GET.get("met"))).first()
    other = other or ModelVersion.objects.filter(number__lt=number).order_by("-number").first()
    changes = differences(from_text(other.content), from_text(found.content)) if other else ()
    context = {
        "version": found,
        "other": other,
        "versions": ModelVersion.objects.order_by("-number"),
        "changes": _in_words(changes),
        "in_use": version_in_use(),
        "may_edit": may_edit_model(actor_of(request.user)),
        "stories": [(story.id, story.title.get(current_language())) for story in all_stories().values()],
    }
    return render(request, "system_model/version.html", context)


@require_POST
def use(request: HttpRequest, number: int) -> HttpResponse:
    """Take a version into use."""
    found = get_object_or_404(ModelVersion, number=number)
    services.take_into_use(actor_of(request.user), found, now=timezone.now())
    messages.success(request, _("Version %(number)s is in use from now on.") % {"number": number})
    return redirect("system_model:version", number)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """The model as a file; of a version with `versie`, else as it is edited now."""
    number = request.GET.get("versie", "")
    version_ = ModelVersion.objects.filter(number=whole_number(number)).first()
    content = from_text(version_.content) if version_ else content_now()
    stem, _dot, ending = name.rpartition(".")
    made: dict[str, tuple[bytes | str, str]] = {}
    if stem == "stelsel" and ending == "xlsx":
        made[name] = (exchange.as_xlsx(content), XLSX)
    elif stem == "stelsel" and ending == "zip":
        made[name] = (exchange.as_yaml_zip(content), "application/zip")
    elif stem == "stelsel" and ending == "graphml":
        made[name] = (graphml.as_graphml(content, current_language()), "application/graphml+xml")
    elif stem in SECTIONS and ending == "csv":
        made[name] = (exchange.as_csv(stem, content[stem]), "text/csv; charset=utf-8")
    elif stem in SECTIONS and ending == "yaml":
        made[name] = (exchange.as_yaml(stem, content[stem]), "application/yaml; charset=utf-8")
    if name not in made:
        raise Http404
    body, kind = made[name]
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Import: first what the file says and every trouble in it, then all of it or nothing."""
    actor = actor_of(request.user)
    user_id = services.require_editor(actor)
    context: dict[str, object] = {"sections": [(name, SECTION_WORDS[name][0]) for name in SECTIONS]}
    if request.method != "POST":
        return render(request, "system_model/import.html", context)
    token = request.POST.get("bewaard", "")
    kept = cache.get(f"model-import:{user_id}:{token}") if token else None
    try:
        if kept is not None and request.POST.get("doe") == "ja":
            count = services.replace_rows(actor, kept, now=timezone.now())
            messages.success(request, _("%(count)s rows came into the draft. You can undo this.") % {"count": count})
            return redirect("system_model:draft")
        upload = request.FILES.get("bestand")
        if upload is None:
            context["problem"] = _("Choose a file first.")
            return render(request, "system_model/import.html", context, status=400)
        found = exchange.read_file(upload.name or "", upload.read())
    except SchakelbordError as refusal:
        context["problem"] = said(refusal)
        return render(request, "system_model/import.html", context, status=400)
    context |= _preview(found, user_id)
    return render(request, "system_model/import.html", context, status=400 if found.wrong else 200)


def _preview(found: exchange.Import, user_id: int) -> dict[str, object]:
    """What an import would change, and what is wrong with it."""
    here = content_now()
    whole: dict[str, list[Row]] = here | found.content
    language = current_language()
    checked = check(whole)
    errors = [trouble for trouble in checked.troubles if trouble.level == "error"]
    token = secrets.token_hex(8)
    if not found.wrong and not errors:
        cache.set(f"model-import:{user_id}:{token}", found.content, KEPT_SECONDS)
    return {
        "wrong": [(row.place, row.column, said(row)) for row in found.wrong[:200]],
        "errors": [(SECTION_WORDS[row.section][0], row.row, row.says.get(language)) for row in errors[:200]],
        "changes": _in_words(differences(here, whole)),
        "counts": [(SECTION_WORDS[name][0], len(rows)) for name, rows in found.content.items()],
        "token": "" if found.wrong or errors else token,
    }


def _in_words(changes: tuple[RowChange, ...]) -> list[tuple[str, str, str, str, list[tuple[str, str, str]]]]:
    """Changes for a page: section and its name, row, kind, and fields with before and after in words."""
    found = []
    for change in changes[:400]:
        fields = []
        for one in change.fields:
            words = [
                choice_words(one.column, text) if one.column.kind == "choice" else text
                for text in (one.before, one.after)
            ]
            fields.append((label_of(one.column), words[0], words[1]))
        found.append((change.section, str(SECTION_WORDS[change.section][0]), change.row, change.kind, fields))
    return found

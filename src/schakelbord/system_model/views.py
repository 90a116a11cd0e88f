"""Pages of the system model. Everything works with plain links and forms; scripts only make it quicker."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.errors import ConflictError, InputError, SchakelbordError
from schakelbord.stories.models import ModelVersion
from schakelbord.system_model import services
from schakelbord.system_model.columns import (
    SECTIONS,
    Column,
    Plain,
    Row,
    column_of,
    columns_of,
    in_form,
    read,
    shown,
    value_at,
    with_value,
)
from schakelbord.system_model.content import from_text
from schakelbord.system_model.models import Edit
from schakelbord.system_model.pages import (
    NOTHING_TYPED,
    Asked,
    FieldView,
    Typed,
    fields_of,
    groups_of,
    name_of,
    table_of,
    trouble_words,
)
from schakelbord.system_model.rights import may_edit_model
from schakelbord.system_model.selectors import (
    checked_now,
    content_now,
    differences,
    history_of_use,
    open_draft,
    usage_of,
    version_in_use,
)
from schakelbord.system_model.words import PLACES, SECTION_WORDS, label_of

MOST_TOGETHER = 500
LAST_EDITS = 8


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The sections, the draft, the versions, and which one is in use."""
    content = content_now()
    checked = checked_now(content)
    sections = [(name, *SECTION_WORDS[name], len(content[name])) for name in SECTIONS]
    draft = open_draft()
    context = {
        "sections": sections,
        "draft": draft,
        "changes": len(differences(from_text(draft.base.content), content)) if draft else 0,
        "versions": ModelVersion.objects.select_related("made_by").order_by("-number"),
        "in_use": version_in_use(),
        "history": history_of_use()[:20],
        "errors": checked.errors,
        "may_edit": may_edit_model(actor_of(request.user)),
        "last_edits": edits_in_words(Edit.objects.all()),
    }
    return render(request, "system_model/overview.html", context)


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    """One section as a table."""
    _known(section)
    content = content_now()
    asked = asked_of(request.GET, section)
    table = table_of(content, checked_now(content), section, asked, current_language())
    context = {
        "table": table,
        "words": SECTION_WORDS[section],
        "sections": [(name, SECTION_WORDS[name][0]) for name in SECTIONS],
        "may_edit": may_edit_model(actor_of(request.user)),
        "columns": [(column.name, str(field.label)) for column, field in _labelled(section)],
        "query": _kept(request.GET, without={"blad"}),
    }
    template = "system_model/_table.html" if request.headers.get("HX-Request") else "system_model/section.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, section: str, row_id: str) -> HttpResponse:
    """One row: all its fields, where it is used, what is wrong with it."""
    _known(section)
    content = content_now()
    found = next((one for one in content[section] if one["id"] == row_id), None)
    if found is None:
        raise services.no_row(row_id)
    typed = NOTHING_TYPED
    if request.method == "POST":
        typed = _save_row(request, section, found)
        if not typed.problems:
            messages.success(
                request, _("%(name)s is kept in the draft.") % {"name": name_of(found, current_language())}
            )
            return redirect("system_model:row", section, row_id)
    return _row_page(request, section, found, content, typed)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, section: str) -> HttpResponse:
    """Add a row, empty or as a copy of another one."""
    _known(section)
    services.require_editor(actor_of(request.user))
    content = content_now()
    source = next((one for one in content[section] if one["id"] == request.GET.get("van")), {})
    found: Row = dict(source) | {"id": ""} if source else {}
    typed = NOTHING_TYPED
    if request.method == "POST":
        found, problems = typed_row(section, found, request.POST)
        if not problems:
            try:
                row_id = services.add_row(actor_of(request.user), section, found, now=timezone.now())
            except SchakelbordError as refusal:
                problems = {_field_of(refusal, section) or "id": said(refusal)}
            else:
                return redirect("system_model:row", section, row_id)
        typed = Typed(_texts(section, request.POST), {}, problems)
    return _row_page(request, section, found, content, typed, new=True)


@require_POST
def remove(request: HttpRequest, section: str, row_id: str) -> HttpResponse:
    """Take a row out."""
    _known(section)
    services.remove_row(actor_of(request.user), section, row_id, now=timezone.now())
    messages.success(request, _("%(name)s is out of the draft. You can undo this.") % {"name": row_id})
    return redirect("system_model:section", section)


@require_POST
def together(request: HttpRequest, section: str) -> HttpResponse:
    """Change one field of many rows: first what will change, then do it."""
    _known(section)
    actor = actor_of(request.user)
    services.require_editor(actor)
    chosen = list(dict.fromkeys(request.POST.getlist("regel")))[:MOST_TOGETHER]
    column = column_of(section, request.POST.get("veld", ""))
    typed = request.POST.get("waarde", "")
    problem = ""
    value = None
    if not chosen:
        problem = _("Choose at least one row.")
    else:
        try:
            value = read(typed, column)
        except InputError as refusal:
            problem = said(refusal)
    rows = [one for one in content_now()[section] if one["id"] in chosen]
    if not problem and request.POST.get("doe") == "ja":
        seen = dict(zip(request.POST.getlist("regel"), request.POST.getlist("was"), strict=False))
        changes = [
            services.Change(str(one["id"]), column.name, value, read(seen[str(one["id"])], column))
            if str(one["id"]) in seen
            else services.Change(str(one["id"]), column.name, value)
            for one in rows
        ]
        count = services.edit(actor, section, changes, now=timezone.now())
        messages.success(request, _("%(count)s rows changed in the draft. You can undo this.") % {"count": count})
        return redirect("system_model:section", section)
    before = [(one, name_of(one, current_language()), shown(value_at(one, column), column)) for one in rows]
    label = next(str(field.label) for one, field in _labelled(section) if one == column)
    context = {
        "section": section,
        "words": SECTION_WORDS[section],
        "rows": before,
        "field": column.name,
        "label": label,
        "typed": typed,
        "after": shown(value, column) if value is not None else "",
        "problem": problem,
        "columns": [(one.name, str(field.label)) for one, field in _labelled(section)],
    }
    return render(request, "system_model/together.html", context, status=400 if problem else 200)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back one's own last edit."""
    done = services.undo(actor_of(request.user), now=timezone.now())
    messages.success(request, _("Undone: %(row)s.") % {"row": f"{SECTION_WORDS[done.section][0]}, {done.row}"})
    return redirect(request.POST.get("next") or "system_model:overview")


def asked_of(query: QueryDict, section: str) -> Asked:
    """What somebody asks of a table; what does not fit is left out."""
    known = {column.name: column for column in columns_of(section)}
    page = query.get("blad", "1")
    filters = [
        (name, value)
        for name, column in known.items()
        if column.kind == "choice" and (value := query.get(name, "")) in column.choices
    ]
    sort = query.get("sorteer", "")
    return Asked(
        words=query.get("zoek", "")[:80].strip(),
        filters=tuple((name, str(value)) for name, value in filters),
        sort=sort.lstrip("-") if sort.lstrip("-") in known else "",
        down=sort.startswith("-"),
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


def typed_row(section: str, row: Row, typed: Mapping[str, str]) -> tuple[Row, dict[str, str]]:
    """A row with what was typed in its form, and what is wrong with that by the name of the column."""
    problems: dict[str, str] = {}
    for column in columns_of(section):
        if column.name not in typed:
            continue
        try:
            row = with_value(row, column, read(typed[column.name], column))
        except InputError as refusal:
            problems[column.name] = said(refusal)
    return row, problems


def _save_row(request: HttpRequest, section: str, row: Row) -> Typed:
    """Keep what was changed in a form: only the fields that differ from what the form began with.

    What could not be kept comes back as it was typed. A field that somebody else changed meanwhile begins anew with
    what stands there now, so that who keeps it a second time chose so.
    """
    texts = _texts(section, request.POST)
    began = _texts(section, request.POST, "was.")
    problems = typed_row(section, row, request.POST)[1]
    changes = []
    for column in columns_of(section):
        name = column.name
        if name == "id" or name not in texts or name in problems:
            continue
        before = began.get(name, in_form(value_at(row, column), column))
        if texts[name].strip() != before.strip():
            changes.append(
                services.Change(str(row["id"]), name, read(texts[name], column), _before(before, column, row))
            )
    if problems:
        return Typed(texts, began, problems)
    try:
        services.edit(actor_of(request.user), section, changes, now=timezone.now())
    except SchakelbordError as refusal:
        field = _field_of(refusal, section)
        problem = said(refusal)
        if field and isinstance(refusal, ConflictError):
            column = column_of(section, field)
            here = next((one for one in content_now()[section] if one["id"] == row["id"]), row)
            began[field] = in_form(value_at(here, column), column)
            problem += " " + _("Now there is: %(value)s.") % {"value": began[field] or "–"}
        return Typed(texts, began, {field: problem})
    return Typed(texts, began)


def _before(text: str, column: Column, row: Row) -> Plain:
    """The value that a form began with; what the row has when that text is none (a row can hold what does not fit)."""
    here = value_at(row, column)
    return here if text.strip() == in_form(here, column).strip() else read(text, column)


def _texts(section: str, posted: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """What was posted for each column."""
    names = [column.name for column in columns_of(section)]
    return {name: posted[prefix + name].replace("\r\n", "\n") for name in names if prefix + name in posted}


def _field_of(refusal: SchakelbordError, section: str) -> str:
    """The column that a refusal is about, the last word of its place; "" when it is about the row."""
    name = refusal.where.rpartition(" ")[2]
    return name if any(column.name == name for column in columns_of(section)) else ""


def _row_page(
    request: HttpRequest,
    section: str,
    row: Row,
    content: dict[str, list[Row]],
    typed: Typed,
    *,
    new: bool = False,
) -> HttpResponse:
    language = current_language()
    row_id = "" if new else str(row.get("id") or "")
    usage = usage_of(content, section, row_id) if row_id else None
    troubles = checked_now(content).of(section, row_id) if row_id else ()
    fields = fields_of(row, section, language, typed, troubles)
    context = {
        "section": section,
        "words": SECTION_WORDS[section],
        "row": row,
        "row_id": row_id,
        "name": name_of(row, language) if row_id else "",
        "groups": groups_of(fields),
        "wrong": [field for field in fields if field.problems],
        "problem": typed.problems.get("", ""),
        "refused": bool(typed.problems),
        "usage": usage,
        "usage_lines": [(place, PLACES[place], ids) for place, ids in usage.places.items()] if usage else [],
        "usage_words": usage.words(language) if usage else "",
        "troubles": trouble_words([trouble for trouble in troubles if not trouble.field], language),
        "edits": edits_in_words(Edit.objects.filter(section=section, row=row_id)),
        "may_edit": may_edit_model(actor_of(request.user)),
        "new": new,
    }
    return render(request, "system_model/row.html", context, status=400 if typed.problems else 200)


def _labelled(section: str) -> list[tuple[Column, FieldView]]:
    return [(field.column, field) for field in fields_of({}, section, current_language())]


def edits_in_words(edits: QuerySet[Edit]) -> list[tuple[Edit, str, str]]:
    """The last edits, each with its section and its field in words; "" for the row as a whole."""
    last = edits.select_related("user").order_by("-pk")[:LAST_EDITS]
    return [(one, str(SECTION_WORDS[one.section][0]), _field_words(one)) for one in last]


def _field_words(edit: Edit) -> str:
    column = next((column for column in columns_of(edit.section) if column.name == edit.field), None)
    return label_of(column) if column else edit.field


def _kept(query: QueryDict, *, without: set[str]) -> str:
    """The query of a table without some of its names, for links to other pages of it."""
    kept = query.copy()
    for name in without:
        kept.pop(name, None)
    return kept.urlencode()


def _known(section: str) -> None:
    if section not in SECTIONS:
        raise Http404

"""The table plan: tables, who sits where, a proposal, and what a change would cost."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.dossiers.models import Issue, Theme
from schakelbord.dossiers.sources import keep_file
from schakelbord.errors import InputError, RightError, SchakelbordError
from schakelbord.live.journal import Payload
from schakelbord.meetings import services
from schakelbord.meetings.acts import Act
from schakelbord.meetings.codes import WishKind
from schakelbord.meetings.models import SEATS_A_TABLE, AgendaItem, Attendance, Meeting, SeatingProposal, Table, Wish
from schakelbord.meetings.proposing import propose, stop_proposal, take_over_plan
from schakelbord.meetings.seating_plan import best_swap, lay_out, move_in_words, reasons_of, words_of_move
from schakelbord.meetings.selectors import participants, rounds_of, table_rows, without_seat
from schakelbord.meetings.views_common import key_of_form, meeting_to_read, prepared


@never_cache
@require_safe
def plan(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The tables, and who sits where."""
    found = meeting_to_read(request, meeting_id)
    return render(request, "meetings/plan.html", _plan_context(request, found))


@require_POST
def tables(request: HttpRequest, meeting_id: int, verb: str) -> HttpResponse:
    """Add or change a table, or give somebody a seat."""
    found = meeting_to_read(request, meeting_id)
    given = request.POST

    def deed(act: Act) -> Payload:
        TABLE_DEEDS[verb](act, request)
        return {}

    if verb not in TABLE_DEEDS:
        raise Http404
    back = f"{reverse('meetings:plan', args=[found.pk])}?ronde={whole_number(given.get('round'))}"
    again = (lambda: ("meetings/plan.html", _plan_context(request, found))) if verb in {"nieuw", "rollen"} else None
    return prepared(request, found, f"table-{verb}", deed, back=back, again=again)


def _plan_context(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    rounds = rounds_of(found)
    wanted = whole_number(request.POST.get("round") or request.GET.get("ronde"))
    item = next((each for each in rounds if each.pk == wanted), rounds[0] if rounds else None)
    rows = table_rows(found, item)
    return {
        **_proposal_context(request, found, item),
        "meeting": found,
        "tab": "plan",
        "rounds": rounds,
        "item": item,
        "rows": rows,
        "seated": sum(len(row.people) for row in rows),
        "loose": without_seat(found, item),
        "themes": found.dossier.themes.order_by("order"),
        "issues": found.dossier.issues.exclude(state__in=["returned", "parked"]).order_by("code"),
        "everybody": participants(found),
        "key": secrets.token_hex(12),
        "chosen_issues": request.POST.getlist("issues"),
    }


def _new_table(act: Act, request: HttpRequest) -> None:
    given = request.POST
    theme = Theme.objects.filter(pk=whole_number(given.get("theme")), dossier=act.meeting.dossier).first()
    if theme is None:
        raise InputError("theme", "theme", nl="Kies een thema.", en="Choose a theme.")
    chosen = whole_numbers(given.getlist("issues"))
    issues = list(Issue.objects.filter(pk__in=chosen, dossier=act.meeting.dossier))
    services.add_table(
        act,
        theme=theme,
        issues=issues,
        capacity=whole_number(given.get("capacity", "").strip() or str(SEATS_A_TABLE)),
        question=given.get("question", ""),
        place=given.get("place", ""),
        is_accessible=bool(given.get("accessible")),
    )


def _roles(act: Act, request: HttpRequest) -> None:
    given = request.POST
    table = _table(act, given.get("table"))
    host, pitcher = _attendance(act, given.get("host")), _attendance(act, given.get("pitcher"))
    if pitcher is not None and pitcher.pk == table.host_id:
        services.set_host(act, table, None)
    if table.pitcher_id != (pitcher.pk if pitcher else None):
        services.set_pitcher(act, table, pitcher)
    if table.host_id != (host.pk if host else None):
        services.set_host(act, table, host)
    if given.get("pitch_title", "").strip() or given.get("pitch_text", "").strip():
        services.set_pitch(act, table, title=given.get("pitch_title", ""), text=given.get("pitch_text", ""))
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        title = given.get("pitch_title", "") or file.name or ""
        table.pitch_source = keep_file(
            act.meeting.dossier, title=title, name=file.name or "", content=file.read(), now=act.now
        )
        table.save(update_fields=["pitch_source"])


def _take_seat(act: Act, request: HttpRequest) -> None:
    given = request.POST
    item = act.meeting.agenda.filter(pk=whole_number(given.get("round"))).first()
    one = _attendance(act, given.get("attendance"))
    if item is None or one is None:
        raise InputError("attendance", nl="Kies iemand en een ronde.", en="Choose somebody and a round.")
    services.seat(act, item, _table(act, given.get("table")), one)


def _fix(act: Act, request: HttpRequest) -> None:
    table = _table(act, request.POST.get("table"))
    table.is_fixed = not table.is_fixed
    table.save(update_fields=["is_fixed"])


def _table(act: Act, key: str | None) -> Table:
    found = act.meeting.tables.filter(pk=whole_number(key)).first()
    if found is None:
        raise InputError("table", "table", nl="Deze tafel is er niet (meer).", en="This table is not there (any more).")
    return found


def _attendance(act: Act, key: str | None) -> Attendance | None:
    return act.meeting.attendances.filter(key=key).first() if key else None


TABLE_DEEDS: dict[str, Callable[[Act, HttpRequest], None]] = {
    "nieuw": _new_table,
    "rollen": _roles,
    "plaats": _take_seat,
    "vast": _fix,
}


def _wish(act: Act, request: HttpRequest) -> None:
    """Two people sit apart or together; the same again takes it away."""
    given = request.POST
    one, other = _attendance(act, given.get("one")), _attendance(act, given.get("other"))
    if one is None or other is None or one.pk == other.pk or given.get("kind") not in WishKind.values:
        raise InputError("wish", nl="Kies twee mensen.", en="Choose two people.")
    first, second = sorted((one, other), key=lambda each: each.pk)
    known = Wish.objects.filter(meeting=act.meeting, one=first, other=second)
    if not known.filter(kind=given["kind"]).delete()[0]:
        known.delete()
        Wish.objects.create(meeting=act.meeting, one=first, other=second, kind=given["kind"])


def _swap(act: Act, request: HttpRequest) -> None:
    """Two people change places."""
    given = request.POST
    item = act.meeting.agenda.filter(pk=whole_number(given.get("round"))).first()
    one, other = _attendance(act, given.get("one")), _attendance(act, given.get("other"))
    seats = {seat.attendance_id: seat for seat in item.seats.all()} if item else {}
    if one is None or other is None or one.pk not in seats or other.pk not in seats:
        raise InputError("swap", nl="Kies twee mensen die een plaats hebben.", en="Choose two people who have a seat.")
    here, there = seats[one.pk].table, seats[other.pk].table
    seats[one.pk].delete()
    seats[other.pk].delete()
    services.seat(act, seats[one.pk].item, there, one)
    services.seat(act, seats[other.pk].item, here, other)


TABLE_DEEDS |= {"wens": _wish, "wissel": _swap}


@require_POST
def proposal(request: HttpRequest, meeting_id: int, verb: str) -> HttpResponse:
    """Make, stop or take over a proposal."""
    found = meeting_to_read(request, meeting_id)
    actor = actor_of(request.user)
    try:
        if verb in {"maak", "herstel"}:
            propose(actor, found, again=verb == "herstel", now=timezone.now())
        else:
            kept = SeatingProposal.objects.filter(meeting=found, pk=whole_number(request.POST.get("proposal"))).first()
            if kept is None:
                raise Http404
            if verb == "stop":
                stop_proposal(actor, kept)
            elif verb == "neem-over":
                take_over_plan(actor, kept, key=key_of_form(request))
            else:
                raise Http404
    except RightError:
        raise
    except SchakelbordError as refusal:
        messages.error(request, said(refusal))
    return redirect(f"{reverse('meetings:plan', args=[found.pk])}?ronde={whole_number(request.POST.get('round'))}")


def _proposal_context(request: HttpRequest, found: Meeting, item: AgendaItem | None) -> dict[str, Any]:
    """The newest proposal, why the plan is as it is, and what a change that somebody thinks of would cost."""
    language = current_language()
    newest = found.proposals.exclude(state=SeatingProposal.State.TAKEN).order_by("-pk").first()
    context: dict[str, Any] = {
        "proposal": newest,
        "proposal_words": newest.words.get(language, []) if newest else [],
        "reasons": [(one.text.get(language), one.good) for one in reasons_of(found, item)],
        "wishes": found.wishes.select_related("one__person", "other__person"),
    }
    laid = lay_out(found)
    order = {item.pk: place for place, item in enumerate(laid.rounds)}
    if item is None or item.pk not in order:
        return context
    at = order[item.pk]
    who, to, swap = request.GET.get("wie", ""), request.GET.get("naar", ""), request.GET.get("wissel", "")
    if who in laid.plan[at] and (to in laid.tables or swap in laid.plan[at]):
        move = words_of_move(laid, at, who, table="" if swap else to, swap=swap)
        context["thought"] = {
            "one": laid.people[who],
            "table": laid.tables.get(to),
            "other": laid.people.get(swap),
            "words": [text.get(language) for text in move_in_words(move)],
            "broken": bool(move.broken),
        }
    context["swaps"] = {
        key: found_swap
        for key in _clashing(laid.plan[at], laid.problem.people)
        if (found_swap := best_swap(laid, at, key)) is not None
    }
    return context


def _clashing(seats: Any, people: Any) -> list[str]:
    """One of each two people of one organisation at a table, at most ten."""
    orgs = {person.id: person.org for person in people}
    seen: set[tuple[str, str]] = set()
    found = []
    for key, table in seats.items():
        place = (table, orgs[key])
        if place in seen:
            found.append(key)
        seen.add(place)
    return found[:10]

"""The thread of a code: a page, a row, JSON, and a reminder for who is on turn."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.chain.acts import day_of
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.rights import may_lead_chain, may_read_chain, may_read_thread, sits_in_dossier, source_levels
from schakelbord.chain.threads.files import csv_of, json_of, row_text
from schakelbord.chain.threads.outside import for_outsiders
from schakelbord.chain.threads.reminders import remind
from schakelbord.chain.threads.shown import page_of
from schakelbord.chain.threads.thread import Thread, thread_of
from schakelbord.chain.threads.turns import to_remind, turns_of
from schakelbord.core.languages import said
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.rights import may_read_dossier
from schakelbord.errors import RightError, SchakelbordError
from schakelbord.meetings.models import Meeting


@require_safe
def thread(request: HttpRequest, code: str) -> HttpResponseBase:
    """The thread of a code; a meeting and the account of a year have pages of their own."""
    elsewhere = _elsewhere(code)
    if elsewhere:
        return redirect(elsewhere)
    found, actor = _to_read(request, code)
    if code != found.here:
        return redirect("chain:thread", found.here)
    names = may_read_chain(actor)
    context = {
        "thread": found,
        "page": page_of(found, today=day_of(timezone.now())),
        "row": row_text(found, shows_names=names),
        "shows_names": names,
        "source_levels": source_levels(actor),
        "shows_words": names,
        "may_remind": may_lead_chain(actor),
        "may_see_loose": may_read_chain(actor),
        "sees": _who_sees(found),
        "key": fresh_key(),
    }
    return render(request, "chain/thread.html", context)


@require_safe
def thread_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same as JSON."""
    found, actor = _to_read(request, code)
    names = may_read_chain(actor)
    return JsonResponse(json_of(found, shows_names=names, shows_words=names), json_dumps_params={"ensure_ascii": False})


@require_safe
def thread_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The row of a thread for a spreadsheet."""
    found, actor = _to_read(request, code)
    content = csv_of(found, shows_names=may_read_chain(actor))
    headers = {"Content-Disposition": f'attachment; filename="{found.here}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def thread_remind(request: HttpRequest, code: str) -> HttpResponse:
    """A mail for who is on turn, once a day."""
    found, actor = _to_read(request, code)
    given, today = request.POST, day_of(timezone.now())
    wanted = (given.get("node", ""), given.get("row", ""))
    turn = next((row for row in turns_of(found, today=today) if (row.node, str(row.row or 0)) == wanted), None)
    if turn is None:
        messages.info(request, _("This waits no longer; nobody was reminded."))
        return redirect("chain:thread", found.here)
    try:
        key = form_key(given)
        answer = remind(actor, found.dossier, turn, to_remind(turn, today=today), today=today, key=key)
    except RightError:
        raise
    except SchakelbordError as refusal:
        messages.error(request, said(refusal))
    else:
        count = int(str(answer["count"]))
        told = ngettext("A reminder goes to %(count)s person.", "A reminder goes to %(count)s people.", count)
        again = _("They got a reminder today already.")
        messages.success(request, told % {"count": count} if count else again)
    return redirect("chain:thread", found.here)


def _to_read(request: HttpRequest, code: str) -> tuple[Thread, Actor]:
    """The thread, for who may read it.

    Raises:
        Http404: nothing has this code.
        RightError: this is not for them.
    """
    found, actor = thread_of(code), actor_of(request.user)
    if found is None:
        raise Http404
    if may_read_dossier(actor, found.dossier):
        shown = found if may_read_chain(actor) else for_outsiders(found)
        if shown is None:
            raise _refusal()
        return shown, actor
    sits = sits_in_dossier(actor, found.dossier, day_of(timezone.now()))
    if not may_read_thread(actor, found.dossier, sits=sits, has_part=_has_part(found, actor)):
        raise _refusal()
    return found, actor


def _refusal() -> RightError:
    return RightError(
        "not_a_reader",
        nl="Dit kunt u niet zien. Deze draad is voor wie in dit dossier voorbereidt, besluit, uitvoert of controleert.",
        en="You cannot see this. This thread is for who prepares, decides, carries out or checks in this dossier.",
    )


def _has_part(found: Thread, actor: Actor) -> bool:
    """Whether somebody owns an action of a thread, or serves a body that was asked to take one on."""
    if actor.user_id is None:
        return False
    people = [row.owner.person for row in found.actions if row.owner]
    bodies = [row.body for row in found.placements] + [row.body for row in found.actions if row.body]
    people += [body.secretary for body in bodies if body.secretary]
    return any(person.user_id == actor.user_id for person in people)


def _elsewhere(code: str) -> str:
    """The page of a meeting or of the account of a year, "" for what has a thread."""
    letter, _dash, rest = code.strip().upper().partition("-")
    if letter == "M":
        meeting = Meeting.objects.filter(code=f"M-{rest}").values_list("pk", flat=True).first()
        return f"/bijeenkomsten/{meeting}" if meeting else ""
    if letter == "J" and rest.isascii() and rest.isdecimal() and len(rest) == 4:
        return f"/verantwoording/{rest}"
    return ""


def _who_sees(found: Thread) -> str:
    if found.dossier.confidentiality == Confidentiality.PUBLIC:
        return _("Everybody sees this page, without names of people.")
    if found.dossier.confidentiality == Confidentiality.BODIES:
        return _("The bodies of this dossier see this page.")
    return _("Who prepares and checks sees this page.")

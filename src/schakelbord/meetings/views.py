"""Preparing a meeting: agenda, participants, invitations, tables; and the page on which somebody answers."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.models import Body
from schakelbord.bodies.names import key_of
from schakelbord.bodies.services import organisation_named, person_named
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.dossiers.models import Dossier, Theme
from schakelbord.errors import InputError, RightError, SchakelbordError, StateError
from schakelbord.live.journal import Payload
from schakelbord.meetings import services
from schakelbord.meetings.acts import Act, carry_out, require
from schakelbord.meetings.codes import ItemKind, Layer, LetterKind, MeetingState, ReplyKind
from schakelbord.meetings.intake import keep_intake, preview_of, take_members, take_over
from schakelbord.meetings.letters import send_again, when_words
from schakelbord.meetings.links import attendance_of_secret
from schakelbord.meetings.making import make_from_form
from schakelbord.meetings.models import Attendance, Intake, Letter, Meeting, Table
from schakelbord.meetings.plans import PLANS
from schakelbord.meetings.post_office import POST_OFFICE
from schakelbord.meetings.reading_lists import rows_of_file, rows_of_text
from schakelbord.meetings.rights import may_change_meeting, may_prepare_meetings, may_see_addresses
from schakelbord.meetings.selectors import (
    layers_of,
    letters_by_state,
    letters_for_later,
    meeting_groups,
    participants,
    replies_of,
    troubled_letters,
)
from schakelbord.meetings.views_common import key_of_form, meeting_to_read, prepared
from schakelbord.showing.reading import one_line_of
from schakelbord.stories.library import all_stories

LETTERS_IN = {
    "reminder": {MeetingState.CONVENED, MeetingState.OPEN},
    "change": {MeetingState.CONVENED, MeetingState.OPEN},
    "outcome": {MeetingState.CLOSED, MeetingState.ADOPTED, MeetingState.ARCHIVED},
}
"""In which states of a meeting a letter to everybody makes sense."""


@never_cache
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings, and a form to make one."""
    actor = actor_of(request.user)
    require(may_prepare_meetings(actor), actor)
    context = _list_context(request) | {"typed": {"dossier": request.GET.get("dossier", "")}}
    return render(request, "meetings/meetings.html", context)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a meeting; what was typed stays when something is missing."""
    actor = actor_of(request.user)
    require(may_prepare_meetings(actor), actor)
    try:
        made = make_from_form(actor, request.POST.dict(), request.POST.getlist("bodies"), current_language())
    except InputError as refusal:
        context = _list_context(request) | {"problem": said(refusal), "where": refusal.where, "typed": request.POST}
        context["chosen_bodies"] = request.POST.getlist("bodies")
        return render(request, "meetings/meetings.html", context, status=400)
    return redirect("meetings:meeting", made.pk)


@never_cache
@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting: what is still needed, its agenda, and what can be done with it."""
    found = meeting_to_read(request, meeting_id)
    return render(request, "meetings/meeting.html", _meeting_context(request, found))


@require_POST
def step(request: HttpRequest, meeting_id: int, verb: str) -> HttpResponse:
    """Agree, convene, open, close: the steps of a meeting."""
    found = meeting_to_read(request, meeting_id)
    actor, key = actor_of(request.user), key_of_form(request)
    try:
        if verb == "akkoord":
            body = found.bodies.filter(pk=whole_number(request.POST.get("body"))).first()
            if body is None:
                raise Http404
            services.agree(actor, found, body, key=key)
        elif verb == "schrijf-uit":
            invited = int(str(services.convene(actor, found, key=key)["invited"]))
            POST_OFFICE.hurry()
            messages.success(
                request,
                ngettext("%(count)s invitation goes out.", "%(count)s invitations go out.", invited)
                % {"count": invited},
            )
        elif verb == "open":
            services.open_meeting(actor, found, key=key)
            return redirect(f"/bijeenkomsten/{found.pk}/regie")
        elif verb == "sluit":
            services.close_meeting(actor, found, key=key)
        else:
            raise Http404
    except RightError:
        raise
    except SchakelbordError as refusal:
        messages.error(request, said(refusal))
    return redirect("meetings:meeting", found.pk)


@require_POST
def agenda(request: HttpRequest, meeting_id: int, verb: str) -> HttpResponse:
    """Add, change, move or take off a point of the agenda."""
    found = meeting_to_read(request, meeting_id)
    given = request.POST

    def deed(act: Act) -> Payload:
        if verb == "nieuw":
            services.add_item(
                act,
                kind=given.get("kind", ""),
                title=given.get("title", ""),
                minutes=whole_number(given.get("minutes")),
                presenter=given.get("presenter", ""),
                story=given.get("story", ""),
            )
            return {}
        item = act.meeting.agenda.filter(pk=whole_number(given.get("item"))).first()
        if item is None:
            raise InputError(
                "item", "item", nl="Dit onderdeel is er niet meer.", en="This point is not there any more."
            )
        if verb == "weg":
            services.remove_item(act, item)
        elif verb == "verhaal":
            services.set_story(act, item, given.get("story", ""))
        elif verb in {"omhoog", "omlaag"}:
            order = list(act.meeting.agenda.order_by("order").values_list("pk", flat=True)).index(item.pk)
            services.move_item(act, item, to=order + (1 if verb == "omlaag" else -1))
        else:
            raise Http404
        return {}

    return prepared(
        request,
        found,
        f"agenda-{verb}",
        deed,
        back=reverse("meetings:meeting", args=[found.pk]),
        again=(lambda: ("meetings/meeting.html", _meeting_context(request, found))) if verb == "nieuw" else None,
    )


@never_cache
@require_safe
def people(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The participants of a meeting."""
    found = meeting_to_read(request, meeting_id)
    return render(request, "meetings/people.html", _people_context(request, found))


@require_POST
def add_person(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One participant by hand."""
    found = meeting_to_read(request, meeting_id)
    given = request.POST

    def deed(act: Act) -> Payload:
        person = person_named(given.get("name", ""), email=given.get("email", ""), now=act.now)
        one = services.add_participant(act, person=person, **_about(given, act))
        if act.meeting.state == MeetingState.CONVENED:
            services.post(act, one, LetterKind.INVITATION)
        return {}

    answer = prepared(
        request,
        found,
        "add-person",
        deed,
        back=reverse("meetings:people", args=[found.pk]),
        again=lambda: ("meetings/people.html", _people_context(request, found)),
    )
    POST_OFFICE.hurry()
    return answer


@require_POST
def add_members(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put the members of the bodies that convene on the list."""
    found = meeting_to_read(request, meeting_id)

    def deed(act: Act) -> Payload:
        count = take_members(act)
        if act.meeting.state == MeetingState.CONVENED:
            services.invite(act)
        return {"count": count}

    answer = prepared(request, found, "add-members", deed, back=reverse("meetings:people", args=[found.pk]))
    POST_OFFICE.hurry()
    return answer


@require_POST
def set_reply(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What somebody answered by phone."""
    found = meeting_to_read(request, meeting_id)
    given = request.POST

    def deed(act: Act) -> Payload:
        one = _listed(act, given.get("attendance", ""))
        if given.get("reply") not in ReplyKind.values:
            raise _not_listed()
        answer(act, one, given["reply"])
        return {}

    return prepared(request, found, "set-reply", deed, back=reverse("meetings:people", args=[found.pk]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: HttpRequest, meeting_id: int, attendance: str) -> HttpResponse:
    """What the list says about one participant, to put right, or to take them off it."""
    found = meeting_to_read(request, meeting_id)
    actor = actor_of(request.user)
    require(may_see_addresses(actor, found), actor)
    one = found.attendances.select_related("person", "organisation").filter(key=attendance).first()
    if one is None:
        raise Http404
    given = request.POST

    def page() -> tuple[str, dict[str, Any]]:
        listed = {
            "name": one.called,
            "email": one.person.email if one.person else "",
            "organisation": one.organisation.name if one.organisation else "",
            "function": one.function,
            "layer": one.layer,
            "accessible": one.needs_accessible,
        }
        context = {"meeting": found, "tab": "people", "one": one, "typed": listed, "layer_choices": Layer.choices}
        return "meetings/person.html", {**context, "key": secrets.token_hex(12)}

    if request.method != "POST":
        return render(request, *page())

    def deed(act: Act) -> Payload:
        now = _listed(act, one.key)
        if "remove" in given:
            services.remove_participant(act, now)
        else:
            name, email = given.get("name", ""), given.get("email", "")
            services.correct_participant(act, now, name=name, email=email, **_about(given, act))
        return {}

    back = reverse("meetings:people", args=[found.pk])
    if "remove" in given:
        return prepared(request, found, "remove-participant", deed, back=back)
    return prepared(request, found, "correct-participant", deed, back=back, again=page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Bring a list of participants in: a file or pasted, then a preview."""
    found = meeting_to_read(request, meeting_id)
    actor = actor_of(request.user)
    user_id = require(may_see_addresses(actor, found), actor)
    problem, text = "", request.POST.get("text", "")
    if request.method == "POST":
        require(may_change_meeting(actor, found), actor)
        file = request.FILES.get("file")
        try:
            rows = rows_of_file(file.name or "", file.read()) if isinstance(file, UploadedFile) else rows_of_text(text)
            preview_of(found, rows)
        except InputError as refusal:
            problem = said(refusal)
        else:
            kept = keep_intake(found, rows, user_id=user_id, now=timezone.now())
            return redirect("meetings:preview", found.pk, kept.pk)
    context = {"meeting": found, "tab": "people", "problem": problem, "text": text}
    return render(request, "meetings/intake.html", context, status=400 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, meeting_id: int, intake_id: int) -> HttpResponse:
    """What a list would become; then all of it is taken over, or nothing."""
    found = meeting_to_read(request, meeting_id)
    actor = actor_of(request.user)
    require(may_see_addresses(actor, found), actor)
    kept = Intake.objects.filter(pk=intake_id, meeting=found).first()
    if kept is None:
        messages.error(request, _("This list was taken over already, or is more than a day old. Bring it in again."))
        return redirect("meetings:people", found.pk)
    names = [name for name in request.POST if name.startswith("org:")]
    choices = {key_of(name.removeprefix("org:")): whole_number(request.POST.get(name)) for name in names}
    shown = preview_of(found, kept.rows, choices=choices)
    if request.method == "POST" and request.POST.get("then") == "take-over":
        taken = 0

        def deed(act: Act) -> Payload:
            count = take_over(act, preview_of(act.meeting, kept.rows, choices=choices))
            Intake.objects.filter(pk=kept.pk).delete()
            if act.meeting.state == MeetingState.CONVENED:
                services.invite(act)
            return {"count": count}

        try:
            answered = services.prepare(
                actor, found, "take-over", deed, key=secrets.token_hex(12), asked={"intake": kept.pk}
            )
            taken = int(str(answered["count"]))
        except RightError:
            raise
        except SchakelbordError as refusal:
            messages.error(request, said(refusal))
        else:
            POST_OFFICE.hurry()
            words = ngettext("%(count)s participant is on the list.", "%(count)s participants are on the list.", taken)
            messages.success(request, words % {"count": taken})
            return redirect("meetings:people", found.pk)
    context = {"meeting": found, "tab": "people", "preview": shown, "intake": kept}
    return render(request, "meetings/preview.html", context)


@never_cache
@require_safe
def invitations(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """How far the letters are, and who answered."""
    found = meeting_to_read(request, meeting_id)
    context = {
        "meeting": found,
        "tab": "invitations",
        "replies": replies_of(found),
        "letters": letters_by_state(found, now=timezone.now()),
        "later": letters_for_later(found, now=timezone.now()),
        "troubled": troubled_letters(found),
        "when": when_words(found),
    }
    return render(request, "meetings/invitations.html", context)


@require_POST
def post(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Remind who did not answer, tell of a change, or send a letter again."""
    found = meeting_to_read(request, meeting_id)
    kind = request.POST.get("kind", "")
    hour = int(timezone.now().strftime("%Y%m%d%H"))

    def deed(act: Act) -> Payload:
        if kind in LETTERS_IN and act.meeting.state not in LETTERS_IN[kind]:
            raise StateError(
                "letter_too_early",
                nl="Deze brief past nu niet: de bijeenkomst is nog niet uitgeschreven, of nog niet (of al) geweest.",
                en="This letter does not fit now: the meeting is not convened yet, or was not held yet (or was).",
            )
        rows = act.meeting.attendances.filter(person__isnull=False).exclude(person__email="")
        if kind == "reminder":
            return {"count": services.remind_now(act)}
        if kind == "change":
            chosen, letter, mark = rows.exclude(reply=ReplyKind.NO), LetterKind.CHANGE, hour
        elif kind == "outcome":
            chosen, letter, mark = rows.filter(present_at__isnull=False), LetterKind.OUTCOME, 1
        else:
            raise InputError("kind", "kind", nl="Kies wat u wilt sturen.", en="Choose what to send.")
        count = sum(services.post(act, one, letter, number=mark) for one in chosen)
        return {"seq": act.note("letters.posted", kind=kind, count=count), "count": count}

    if kind == "again":
        letter = Letter.objects.filter(pk=whole_number(request.POST.get("letter")), meeting=found).first()
        if letter is not None:
            send_again(letter)
    else:
        prepared(request, found, f"post-{kind}", deed, back="")
    POST_OFFICE.hurry()
    return redirect("meetings:invitations", found.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, secret: str) -> HttpResponse:
    """Say whether one comes, without an account; afterwards what became of one's table."""
    one = attendance_of_secret(secret)
    if one is None:
        return render(request, "meetings/reply_unknown.html", status=404)
    found, problem = one.meeting, ""
    may_answer = found.state in {MeetingState.CONVENED, MeetingState.OPEN}
    if request.method == "POST" and may_answer:
        given = request.POST

        def deed(act: Act) -> Payload:
            fresh = act.meeting.attendances.get(pk=one.pk)
            themes = Theme.objects.filter(dossier=act.meeting.dossier, pk__in=whole_numbers(given.getlist("theme")))
            fresh.prefers = [theme.pk for theme in themes][:3]
            fresh.needs_accessible = bool(given.get("accessible"))
            fresh.reply_note = one_line_of(given.get("note", ""))[:300]
            answer(act, fresh, given.get("reply", ""))
            return {}

        try:
            if given.get("reply") not in {ReplyKind.YES, ReplyKind.NO}:
                raise InputError("reply", "reply", nl="Kies of u komt.", en="Choose whether you come.")
            carry_out(
                found,
                deed,
                who=f"a-{one.key}",
                device=f"reply-{one.key}",
                key=key_of_form(request),
                asked={"verb": "reply", "reply": given.get("reply", ""), "note": given.get("note", "")},
            )
            return redirect("meetings:reply", secret)
        except SchakelbordError as refusal:
            problem = said(refusal)
    context = {
        "one": one,
        "meeting": found,
        "secret": secret,
        "may_answer": may_answer,
        "themes": found.dossier.themes.order_by("order"),
        "when": when_words(found),
        "key": secrets.token_hex(12),
        "problem": problem,
        "typed": request.POST,
        "chosen_themes": request.POST.getlist("theme") if problem else [str(pk) for pk in one.prefers],
        "at": one.seats.select_related("table__theme", "item").order_by("item__order").first(),
    }
    return render(request, "meetings/reply.html", context, status=400 if problem else 200)


def answer(act: Act, one: Attendance, kind: str) -> None:
    """Somebody comes or not; who does not come leaves their seat free."""
    one.reply, one.replied_at = kind, act.now
    one.save(update_fields=["reply", "replied_at", "reply_note", "prefers", "needs_accessible"])
    if kind == ReplyKind.NO:
        one.seats.all().delete()
    act.note("participant.answered", node=one.key, reply=kind)


def _list_context(request: HttpRequest) -> dict[str, Any]:
    language = current_language()
    return {
        "groups": meeting_groups(),
        "dossiers": Dossier.objects.order_by("title"),
        "bodies": Body.objects.filter(active_to=None).order_by("kind", "name"),
        "plans": [(key, plan.title.get(language), plan.about.get(language)) for key, plan in PLANS.items()],
        "earlier": Meeting.objects.order_by("-starts_at")[:20],
        "typed": {},
        "chosen_bodies": [],
    }


def _meeting_context(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    agenda = list(found.agenda.order_by("order"))
    return {
        "meeting": found,
        "tab": "agenda",
        "agenda": agenda,
        "minutes": sum(item.minutes for item in agenda),
        "planned": int((found.ends_at - found.starts_at).total_seconds() // 60),
        "convenings": found.convenings.select_related("body", "agreed_by").order_by("order"),
        "replies": replies_of(found),
        "kinds": ItemKind.choices,
        "stories": [(story.id, story.title.get(current_language())) for story in all_stories().values()],
        "when": when_words(found),
        "tables": found.tables.count(),
        "unready": _unready(found),
        "is_over": found.state in {MeetingState.CLOSED, MeetingState.ADOPTED, MeetingState.ARCHIVED},
        "is_today": timezone.localdate(found.starts_at) == timezone.localdate(),
        "key": secrets.token_hex(12),
    }


def _unready(found: Meeting) -> list[Table]:
    rows = found.tables.prefetch_related("table_issues").order_by("number")
    return [row for row in rows if row.host_id is None or row.pitcher_id is None or not row.table_issues.all()]


def _listed(act: Act, key: str) -> Attendance:
    one = act.meeting.attendances.select_related("person", "organisation").filter(key=key).first()
    if one is None:
        raise _not_listed()
    return one


def _not_listed() -> InputError:
    return InputError("attendance", nl="Deze deelnemer staat niet op de lijst.", en="This participant is not listed.")


def _about(given: QueryDict, act: Act) -> dict[str, Any]:
    """What the form says of a participant beside name and address."""
    organisation = given.get("organisation", "").strip()
    return {
        "organisation": organisation_named(organisation, now=act.now) if organisation else None,
        "function": given.get("function", ""),
        "layer": given.get("layer", ""),
        "needs_accessible": bool(given.get("accessible")),
    }


def _people_context(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    actor = actor_of(request.user)
    search = request.GET.get("zoek", "").strip()[:80]
    return {
        "meeting": found,
        "tab": "people",
        "people": participants(found, search=search),
        "search": search,
        "replies": replies_of(found),
        "layers": layers_of(found),
        "layer_choices": Layer.choices,
        "may_correct": may_see_addresses(actor, found),
        "key": secrets.token_hex(12),
    }

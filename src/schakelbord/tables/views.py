"""The screens of a meeting that goes on: taking part, phone, host, console and big screen, and the commands of all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from schakelbord.accounts.rights import may_choose_demo_role
from schakelbord.accounts.selectors import actor_of
from schakelbord.core.languages import current_language, said
from schakelbord.dossiers.sources import TYPES
from schakelbord.errors import InputError, RightError, SchakelbordError, StateError
from schakelbord.live.devices import device_of, give_device
from schakelbord.live.http import KEY, Asked, command_view
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import require
from schakelbord.meetings.codes import Layer, MeetingState
from schakelbord.meetings.links import attendance_of_secret
from schakelbord.meetings.models import Meeting, Table
from schakelbord.meetings.rights import may_change_meeting, may_read_meeting
from schakelbord.showing import views_phone
from schakelbord.showing.guessing import count_wrong, refuse_guessing
from schakelbord.showing.joining import is_code_of_session
from schakelbord.showing.views_common import address_of
from schakelbord.stories.views import PART_HEADER
from schakelbord.tables import commands, joining
from schakelbord.tables.admission import WALL_KEY
from schakelbord.tables.advice import FIELDS, questions_about
from schakelbord.tables.afterwards import my_tables, type_notes
from schakelbord.tables.codes import Kind, Mode
from schakelbord.tables.here import Here, round_now
from schakelbord.tables.models import LONGEST_TEXT
from schakelbord.tables.pages import clock_of, console_page, read_out_harvests, wall_page
from schakelbord.tables.pulse_page import pulse_page
from schakelbord.tables.rights import may_confirm_as_host, may_confirm_as_pitcher, may_contest, may_lead, may_see_table
from schakelbord.tables.selectors import going_on, open_statements, people_of, table_view
from schakelbord.tables.story_item import begin_story, story_now
from schakelbord.tables.tour import tour_of
from schakelbord.tables.views_common import here_of, meeting_or_404, seq_of, shell_of, table_or_404
from schakelbord.tables.words import KIND_HINTS

CODE: Final = re.compile(r"[0-9]{6}")
WHOLE: Final = re.compile(r"-?[0-9]{1,17}")
ENTER_KEY: Final = "schakelbord_meeting_code"
"""In the session of who was let into a meeting, by its code or by a personal link: its key."""
NUMBERS: Final = frozenset({"table", "item", "version", "minutes", "page", "value"})
LISTS: Final = frozenset({"addressees", "contributions"})
SWITCHES: Final = frozenset({"sure", "present", "first"})
MOST_SHOWN: Final = 60
TYPED: Final = frozenset(
    {
        *("text", "source", "assignment", "reason", "readback_note", "note", "title", "name", "organisation"),
        *("for_whom", "by_when", "seen_by", "unit", "baseline", "target"),
    }
)
"""Fields of which somebody wants their words back when a plain form is refused."""
NOT_FIELDS: Final = frozenset({"csrfmiddlewaretoken", "key", "next", "verb"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, code: str = "") -> HttpResponse:
    """The one address for a code: of a meeting here, of a story in the room there. Who guesses waits, as there."""
    typed = "".join((request.POST.get("code") or code).split())
    if CODE.fullmatch(typed):
        address, device, now = address_of(request), device_of(request), timezone.now()
        try:
            refuse_guessing(address, device, now=now)
        except SchakelbordError:
            # The page of codes says how long to wait.
            return views_phone.join(request, code) if code else views_phone.join(request)
        meeting = joining.meeting_of_code(typed)
        if meeting is not None:
            request.session[ENTER_KEY] = meeting.pk
            return redirect("tables:enter", meeting.pk)
        if request.method != "POST" and not is_code_of_session(typed, now=now):
            # A form counts its own wrong codes; an address that is opened tells as much as a form does.
            count_wrong(address, device, now=now)
    return views_phone.join(request, code) if code else views_phone.join(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Take part: choose one's name, or only the layer. Only with the code of the screen, or a personal link."""
    meeting = meeting_or_404(meeting_id)
    if meeting.state != MeetingState.OPEN:
        return _ended(request, meeting)
    entrance = joining.Entrance(
        claims=request.POST.get("claims", ""),
        layer=request.POST.get("layer", ""),
        pin=request.POST.get("pin", ""),
        secret=request.POST.get("secret", "") or request.GET.get("sleutel", ""),
    )
    if not _has_key(request, meeting, entrance):
        return redirect("tables:take_part")
    sentence = ""
    if request.method == "POST":
        response = redirect("tables:phone", meeting.pk)
        device = give_device(request, response)
        try:
            refuse_guessing(address_of(request), device, now=timezone.now())
            joining.join(meeting, entrance, device=device, key=request.POST.get("key") or uuid4().hex)
        except SchakelbordError as refusal:
            if refusal.code == "pin" and entrance.pin:
                count_wrong(address_of(request), device, now=timezone.now())
            sentence = said(refusal)
        else:
            request.session[ENTER_KEY] = meeting.pk
            return response
    context = {
        "meeting": meeting,
        "people": people_of(meeting),
        "layers": Layer.choices,
        "typed": entrance,
        "problem": sentence,
        "key": uuid4().hex,
    }
    return render(request, "tables/enter.html", context, status=400 if sentence else 200)


def _has_key(request: HttpRequest, meeting: Meeting, entrance: joining.Entrance) -> bool:
    """Whether somebody gave the code, holds a personal link of this meeting, or takes part already."""
    if request.session.get(ENTER_KEY) == meeting.pk or here_of(request, meeting).takes_part:
        return True
    one = attendance_of_secret(entrance.secret) if entrance.secret else None
    return one is not None and one.meeting_id == meeting.pk


@never_cache
@require_safe
@vary_on_headers(PART_HEADER)
def phone(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """My table on my phone."""
    meeting = meeting_or_404(meeting_id)
    here = here_of(request, meeting)
    if not here.takes_part:
        return redirect("tables:enter", meeting.pk) if meeting.state == MeetingState.OPEN else _ended(request, meeting)
    return render(request, "tables/phone.html", _phone_context(request, meeting, here))


@never_cache
@require_safe
@vary_on_headers(PART_HEADER)
def host(request: HttpRequest, meeting_id: int, number: int) -> HttpResponse:
    """The screen of the host of a table."""
    meeting = meeting_or_404(meeting_id)
    table = table_or_404(meeting, number)
    here = here_of(request, meeting)
    if not may_lead(here, meeting, table):
        if meeting.state not in {MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.OPEN}:
            return _ended(request, meeting)
        if may_see_table(here, table):
            return redirect("tables:phone", meeting.pk)
        raise RightError(
            "not_your_table",
            nl=f"Dit kunt u niet zien. Het is alleen voor tafel {table.number}.",
            en=f"You cannot see this. It is only for table {table.number}.",
        )
    return render(request, "tables/host.html", _table_context(request, meeting, table, here))


@never_cache
@require_safe
@vary_on_headers(PART_HEADER)
def console(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The console of who runs the meeting."""
    meeting = meeting_or_404(meeting_id)
    actor = actor_of(request.user)
    require(may_change_meeting(actor, meeting), actor)
    seq = seq_of(meeting)
    here = here_of(request, meeting)
    context = {
        "page": console_page(meeting, here, now=timezone.now()),
        "meeting": meeting,
        "shell": shell_of(request),
        "seq": seq,
        "people": people_of(meeting),
        "layers": Layer.choices,
        "join_address": f"{request.get_host()}/mee",
    }
    return render(request, "tables/console.html", context)


@never_cache
@require_safe
@vary_on_headers(PART_HEADER)
def wall(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The big screen of a meeting; opened by who runs it, it goes on when they log out."""
    meeting = meeting_or_404(meeting_id)
    actor = actor_of(request.user)
    if request.session.get(WALL_KEY) != meeting.pk:
        require(may_change_meeting(actor, meeting), actor)
        request.session[WALL_KEY] = meeting.pk
    seq = seq_of(meeting)
    context = {
        "page": wall_page(meeting, now=timezone.now()),
        "meeting": meeting,
        "shell": shell_of(request),
        "seq": seq,
        "join_address": f"{request.get_host()}/mee",
    }
    return render(request, "tables/wall.html", context)


@never_cache
@require_safe
def pitch(request: HttpRequest, meeting_id: int, number: int) -> HttpResponse:
    """The file of a pitch, as a download, for whoever sees the table."""
    meeting = meeting_or_404(meeting_id)
    table = table_or_404(meeting, number)
    source = table.pitch_source
    allowed = may_see_table(here_of(request, meeting), table) or may_read_meeting(actor_of(request.user), meeting)
    if source is None or not source.file or not allowed:
        raise Http404
    ending = "." + str(source.file.name).rpartition(".")[2]
    # Whole, because requests run in threads that give whole answers; it is at most 20 MB.
    with source.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type=TYPES.get(ending, "application/octet-stream"))
    answer.headers["Content-Disposition"] = f'attachment; filename="inleiding-tafel-{table.number}{ending}"'
    return answer


@require_POST
def tell_story(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Begin the story of a point of the agenda, and go to its desk."""
    meeting = meeting_or_404(meeting_id)
    item = meeting.agenda.select_related("session").filter(pk=item_id).first()
    if item is None:
        raise Http404
    try:
        session = begin_story(actor_of(request.user), meeting, item, now=timezone.now())
    except RightError:
        raise
    except SchakelbordError as refusal:
        messages.error(request, said(refusal))
        return redirect("tables:console", meeting.pk)
    return redirect("showing:desk", session.pk)


@require_POST
def do(request: HttpRequest, meeting_id: int, verb: str) -> HttpResponse:
    """A command of a meeting: as JSON of a script, or as a plain form that comes back to its page."""
    if request.content_type == "application/json":
        return _do_json(request, meeting_id, verb)
    return _do_plainly(request, meeting_id, verb)


@command_view
def _do_json(request: HttpRequest, asked: Asked, meeting_id: int, verb: str) -> Payload:
    meeting = meeting_or_404(meeting_id)
    actor = actor_of(request.user)
    return commands.perform(meeting, actor, device=asked.device, verb=verb, body=asked.body, key=asked.key)


def _do_plainly(request: HttpRequest, meeting_id: int, verb: str) -> HttpResponse:
    meeting = meeting_or_404(meeting_id)
    key = request.POST.get("key", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("tables:phone", args=[meeting.pk])
    try:
        body = json.dumps(fields_of(request.POST)).encode()
        key = key if KEY.fullmatch(key) else uuid4().hex
        commands.perform(meeting, actor_of(request.user), device=device_of(request), verb=verb, body=body, key=key)
    except SchakelbordError as refusal:
        sentence = said(refusal)
        typed = [value for name, value in request.POST.items() if name in TYPED]
        context = {"sentence": sentence, "typed": [text for text in typed if text], "back": back}
        return render(request, "tables/refused.html", context, status=400)
    return redirect(back)


def fields_of(posted: QueryDict) -> dict[str, Any]:
    """The fields of a plain form as a command wants them: numbers, lists and switches."""
    fields: dict[str, Any] = {}
    for name in posted:
        if name in NOT_FIELDS:
            continue
        values = posted.getlist(name)
        if name in LISTS:
            fields[name] = [_number(value) if name == "addressees" else value for value in values if value]
        elif name in SWITCHES:
            fields[name] = values[-1] not in {"", "0", "false"}
        elif name in NUMBERS:
            fields[name] = _number(values[-1])
        elif values[-1] or name not in {"by_when", "baseline", "target"}:
            fields[name] = values[-1]
    return fields


def _number(value: str) -> int | str:
    return int(value) if WHOLE.fullmatch(value) else value


def _phone_context(request: HttpRequest, meeting: Meeting, here: Here) -> Mapping[str, Any]:
    seq = seq_of(meeting)
    tables = meeting.tables.select_related("theme", "host__person", "pitcher__person", "pitch_source")
    at = sorted(here.at)
    table = tables.filter(pk__in=at).order_by("number").first() if at else None
    context: dict[str, Any] = {
        "meeting": meeting,
        "here": here,
        "shell": shell_of(request),
        "seq": seq,
        "clock": clock_of(going_on(meeting), now=timezone.now()),
        "now": going_on(meeting),
        "asks": open_statements(meeting, here),
        "told": story_now(meeting),
        "harvests": read_out_harvests(meeting),
        "message": str(meeting.shown.get("message") or ""),
        "kinds": _kinds(),
        "modes": Mode.choices,
        "me": meeting.attendances.select_related("person").filter(pk=here.attendance_id or 0).first(),
        "key": uuid4().hex,
        "address": request.path,
    }
    if table is not None:
        context |= _table_parts(meeting, table, here) | _how_many(request)
    return context


def _table_context(request: HttpRequest, meeting: Meeting, table: Table, here: Here) -> Mapping[str, Any]:
    parts = _table_parts(meeting, table, here)
    wanted = request.GET.get("stelling", "")
    return {
        "asking": next((note for note in parts["view"].notes if note.key == wanted), None),
        "meeting": meeting,
        "here": here,
        "shell": shell_of(request),
        "seq": seq_of(meeting),
        "clock": clock_of(going_on(meeting), now=timezone.now()),
        "message": str(meeting.shown.get("message") or ""),
        "kinds": _kinds(),
        "key": uuid4().hex,
        "address": request.path,
        "merging": request.GET.get("samen", ""),
        **_how_many(request),
        **parts,
    }


def _table_parts(meeting: Meeting, table: Table, here: Here) -> dict[str, Any]:
    return {
        "table": table,
        "view": table_view(meeting, table, here),
        "is_host": may_confirm_as_host(here, table),
        "is_pitcher": may_confirm_as_pitcher(here, table),
        "may_contest": may_contest(here, table),
        "round": round_now(meeting),
    }


def _how_many(request: HttpRequest) -> dict[str, Any]:
    """How many contributions of a group are shown before somebody asks for all."""
    shows_all = "alles" in request.GET
    return {"most": MOST_SHOWN, "rest": not shows_all, "shown": ":" if shows_all else f":{MOST_SHOWN}"}


def _kinds() -> list[tuple[str, str, str]]:
    return [(kind.value, str(kind.label), str(KIND_HINTS[kind])) for kind in Kind]


def _ended(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """After the end, what the tables ask is for who was let in, or may read the meeting; nobody else."""
    if meeting.state in {MeetingState.DRAFT, MeetingState.CONVENED}:
        raise StateError(
            "meeting_not_begun",
            nl="Deze bijeenkomst is nog niet begonnen. Open deze pagina weer als het zover is.",
            en="This meeting has not begun yet. Open this page again when it has.",
        )
    actor = actor_of(request.user)
    was_let_in = request.session.get(ENTER_KEY) == meeting.pk or (
        actor.user_id is not None and meeting.attendances.filter(person__user_id=actor.user_id).exists()
    )
    may_read = was_let_in or may_read_meeting(actor, meeting)
    harvests = read_out_harvests(meeting) if may_read else ()
    return render(request, "tables/ended.html", {"meeting": meeting, "harvests": harvests, "may_read": may_read})


@never_cache
@require_POST
def advise(request: HttpRequest, meeting_id: int, field: str) -> JsonResponse:
    """Questions that help with a text; nothing is kept."""
    if field not in FIELDS:
        raise Http404
    text = request.POST.get("text", "")[:LONGEST_TEXT]
    language = current_language()
    return JsonResponse({"questions": [question.get(language) for question in questions_about(field, text)]})


@never_cache
@require_safe
def my_table(request: HttpRequest, meeting_id: int, secret: str) -> HttpResponse:
    """What became of the table of a participant, by the link of their invitation; once the meeting has closed."""
    one = attendance_of_secret(secret)
    if one is None or one.meeting_id != meeting_id:
        raise Http404
    if one.meeting.state not in {MeetingState.CLOSED, MeetingState.ADOPTED, MeetingState.ARCHIVED}:
        return redirect("meetings:reply", secret)
    return render(request, "tables/my_table.html", {"meeting": one.meeting, "one": one, "tables": my_tables(one)})


@never_cache
@require_safe
def pulse(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The outcome of the reading votes: three lists, and groups when somebody asks for them."""
    meeting = meeting_or_404(meeting_id)
    actor = actor_of(request.user)
    require(may_read_meeting(actor, meeting), actor)
    language = current_language()
    page = pulse_page(meeting, wants_groups="groepen" in request.GET)
    lists = [
        ("shared", page.shared),
        ("divided", page.divided),
        ("unknown", page.unknown),
    ]
    groups = None if page.groups is None else [text.get(language) for text in page.groups]
    context = {"meeting": meeting, "page": page, "lists": lists, "groups": groups, "asked": "groepen" in request.GET}
    return render(request, "tables/pulse.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Type handwritten notes of a table in, one a line."""
    meeting = meeting_or_404(meeting_id)
    actor = actor_of(request.user)
    require(may_change_meeting(actor, meeting), actor)
    text, problem, kept = request.POST.get("text", ""), "", 0
    if request.method == "POST":
        table = meeting.tables.filter(pk=_key_of(request.POST.get("table", ""))).first()
        item = meeting.agenda.filter(pk=_key_of(request.POST.get("item", "")), started_at__isnull=False).first()
        try:
            if table is None or item is None:
                raise InputError("table", nl="Kies een tafel en een ronde.", en="Choose a table and a round.")
            kept = type_notes(actor, meeting, table, item, text, key=request.POST.get("key") or uuid4().hex)
            text = ""
        except SchakelbordError as refusal:
            problem = said(refusal)
    context = {
        "meeting": meeting,
        "tables": meeting.tables.select_related("theme").order_by("number"),
        "rounds": meeting.agenda.filter(kind="table_round", started_at__isnull=False).order_by("order"),
        "text": text,
        "problem": problem,
        "kept": kept,
        "chosen": request.POST.get("table", ""),
        "key": uuid4().hex,
    }
    return render(request, "tables/notes.html", context, status=400 if problem else 200)


def _key_of(text: str) -> int:
    found = _number(text)
    return found if isinstance(found, int) else 0


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """The afternoon in five minutes; only in a demo, where everybody may play every role."""
    if not may_choose_demo_role(actor_of(request.user), demo_roles=settings.SCHAKELBORD_DEMO_ROLES):
        raise Http404
    return render(request, "tables/tour.html", {"stops": tour_of()})

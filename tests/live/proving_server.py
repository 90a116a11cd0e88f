"""The real server with one more app that has rooms: notes for any audience, and readers whose role a file tells.

Run as a process: `proving_server.py PORT`. A reader is known by the cookie `proef`; `roles.json` in the data folder
says what it may see, and can be changed while it is connected.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from schakelbord.site.start import set_up_django

if __name__ == "__main__":
    set_up_django()

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from schakelbord.live import gateway
from schakelbord.live.devices import give_device
from schakelbord.live.frames import Admission, RoomsOf
from schakelbord.live.http import Asked, command_view
from schakelbord.live.journal import Journal, Payload
from schakelbord.live.models import Event, Room
from schakelbord.live.rooms import open_room
from schakelbord.live.writer import Command

ROLES = "roles.json"


def roles() -> dict[str, list[str]]:
    """The audiences of each reader."""
    file = Path(os.environ["SCHAKELBORD_DATA"]) / ROLES
    found: dict[str, list[str]] = json.loads(file.read_text()) if file.exists() else {}
    return found


def admit(request: HttpRequest, room_id: int) -> Admission | None:
    """What the file says of this reader; the meeting for everybody whose name begins with reader."""
    name = request.COOKIES.get("proef", "")
    audiences = roles().get(name) or (["meeting"] if name.startswith("reader") else [])
    if not audiences or not Room.objects.filter(pk=room_id, name__startswith="proef").exists():
        return None
    return Admission(frozenset(audiences), "en" if request.COOKIES.get("taal") == "en" else "nl")


def render(event: Event, language: str) -> dict[str, str]:
    """A fragment that names its language, so that a wrong one is seen."""
    return {"note": f"<p lang={language}>{event.seq}</p>"} if event.verb == "noted" else {}


@csrf_exempt
@command_view
def note(request: HttpRequest, asked: Asked, room_id: int) -> Payload:
    """Keep a note."""
    fields = asked.fields()

    def work(journal: Journal) -> Payload:
        text = {"text": fields["text"], "sent": fields.get("sent", 0)}
        return {"seq": journal.append("noted", audience=fields.get("audience", "meeting"), payload=text)}

    who = request.COOKIES.get("proef", "")
    return gateway.perform(Command(room_id, who, who, asked.key, {"text": fields["text"]}, work))


@csrf_exempt
def role(request: HttpRequest, room_id: int) -> JsonResponse:
    """Give a reader another role; the file changes in one step."""
    asked: dict[str, Any] = json.loads(request.body)
    file = Path(os.environ["SCHAKELBORD_DATA"]) / ROLES
    new = file.with_name(f"{ROLES}.{os.getpid()}")
    new.write_text(json.dumps(roles() | {asked["name"]: asked["audiences"]}))
    new.rename(file)
    gateway.close_readers(room_id)
    return JsonResponse({})


@csrf_exempt
def room(request: HttpRequest) -> JsonResponse:
    """A new room."""
    return JsonResponse({"room": open_room("proef", now=timezone.now()).pk})


def snapshot(request: HttpRequest, room_id: int) -> JsonResponse:
    """The state of a room as one reader may see it."""
    found = admit(request, room_id)
    if found is None:
        return JsonResponse({}, status=404)
    with transaction.atomic():
        seq = Room.objects.get(pk=room_id).last_seq
        events = Event.objects.filter(room_id=room_id, seq__lte=seq, audience__in=found.audiences).order_by("seq")
        return JsonResponse({"seq": seq, "notes": list(events.values_list("seq", flat=True))})


def device(request: HttpRequest) -> JsonResponse:
    """A device for who has none."""
    response = JsonResponse({})
    give_device(request, response)
    return response


urlpatterns = [
    path("proef/toestel", device),
    path("proef", room),
    path("proef/<int:room_id>/noteer", note),
    path("proef/<int:room_id>/rol", role),
    path("proef/<int:room_id>/stand", snapshot),
    path("", include("schakelbord.site.urls")),
]


def main() -> None:
    """Serve, with these rooms beside those of the apps."""
    from schakelbord.cli import serve  # noqa: PLC0415 - the modules that it brings must come after the settings
    from schakelbord.site import rooms  # noqa: PLC0415

    sys.modules["proving_server"] = sys.modules["__main__"]
    settings.ROOT_URLCONF = "proving_server"
    rooms.ROOMS = (*rooms.ROOMS, RoomsOf(admit=admit, render=render))
    faults = os.environ.get("PROVING_FAULTS")
    if faults:
        import faults as bad_disk  # noqa: PLC0415 - only when asked for

        bad_disk.install(Path(faults))
    if os.environ.get("PROVING_SILENT"):
        from schakelbord.live import writer  # noqa: PLC0415 - only when asked for

        writer.notify = lambda: None  # type: ignore[assignment]
    serve.run(port=int(sys.argv[1]))


if __name__ == "__main__":
    main()

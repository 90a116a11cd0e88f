"""A meeting in which everything happened that minutes must tell or keep silent about."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client

from meeting_world import NOW, World
from schakelbord.bodies.models import Person
from schakelbord.live.models import Event, Reply
from schakelbord.meetings.models import Attendance, Meeting
from schakelbord.meetings.services import close_meeting
from schakelbord.tables.models import Contribution, Harvest

ClientInRole = Callable[[str], Client]
HOST, PITCHER, GUEST, FOURTH, OTHER = 0, 1, 2, 3, 4
NAMED = "Ik nam dit zelf op en niemand belde terug."
SECRET = "De kaart lag drie weken in een la."
HIDDEN = "Dit hoort hier niet te staan."
HELD = "Vraag het aan Jan Jansen van de gemeente."
LEFT = "Wie belt er eigenlijk wie?"
FACT = "In 2025 kwam er geen enkele melding door."
FORMULA = '=HYPERLINK("http://voorbeeld.example","klik")'


@dataclass
class Minuted:
    """The meeting after it closed, with what nobody may find out of its minutes."""

    world: World
    silent: set[str] = field(default_factory=set)

    @property
    def meeting(self) -> Meeting:
        """As it is now."""
        return self.world.fresh()


def hold(world: World) -> Minuted:
    """Talk at two tables, a harvest, votes, and closing."""
    one, two = (table.pk for table in world.tables)
    own = secrets.token_hex(16)
    said = {
        name: str(world.by(person, "say", table=table, text=text, kind=kind, mode=mode, **more)["contribution"])
        for name, person, table, text, kind, mode, more in (
            ("named", GUEST, one, NAMED, "experience", "named", {}),
            ("secret", FOURTH, one, SECRET, "experience", "anonymous", {"own": own}),
            ("fact", GUEST, one, FACT, "fact", "table_only", {"source": "Jaarverslag 2025, blz. 3"}),
            ("again", GUEST, one, f"{SECRET} Echt.", "experience", "anonymous", {}),
            ("hidden", FOURTH, one, HIDDEN, "wish", "named", {}),
            ("aside", FOURTH, one, LEFT, "wish", "anonymous", {}),
            ("held", OTHER, two, HELD, "experience", "anonymous", {"sure": True}),
            ("formula", OTHER, two, FORMULA, "wish", "anonymous", {}),
        )
    }
    world.by(HOST, "merge", table=one, contribution=said["again"], into=said["secret"])
    world.by(HOST, "hide", table=one, contribution=said["hidden"], reason="gaat over een collega")
    world.by(HOST, "set-aside", table=one, contribution=said["aside"], reason="komt de volgende keer")
    world.by(HOST, "save-result", table=one, result="r1", text="Elke school krijgt antwoord.", by_when="2027-07-01")
    world.by(
        HOST,
        "save-harvest",
        table=one,
        version=Harvest.objects.get().version,
        assignment="Regel één nummer voor alle scholen.",
        addressees=[world.bodies[1].pk],
        contributions=[said["secret"], said["fact"]],
    )
    world.by(HOST, "read-back", table=one)
    world.by(HOST, "confirm", table=one)
    world.by(PITCHER, "confirm", table=one)
    world.by(HOST, "make-statement", statement="s1", table=one, text="Eén nummer helpt.", contributions=[said["fact"]])
    world.run("open-statement", statement="s1")
    for person in range(6):
        world.by(person, "vote", statement="s1", value=1 if person else -1)
    world.run("close-statement", statement="s1")
    stay_away(world)
    found = Minuted(world, _silent(world, own))
    close_meeting(world.secretary, world.fresh(), key=secrets.token_hex(8))
    return found


def stay_away(world: World) -> None:
    """One lets know that they do not come, one just does not, one takes part without a name, with a bad name."""
    rows = [row.pk for row in world.people[-2:]]
    Attendance.objects.filter(pk=rows[0]).update(present_at=None, device="", reply="no")
    Attendance.objects.filter(pk=rows[1]).update(present_at=None, device="")
    Attendance.objects.create(
        meeting=world.meeting,
        key=secrets.token_hex(8),
        pseudonym="deelnemer",
        layer="experience",
        present_at=NOW,
        made_at=NOW,
    )
    Person.objects.filter(attendances=world.people[FOURTH].pk).update(name="=1+1 Specht")


def _silent(world: World, own: str) -> set[str]:
    """Devices, keys and secrets of this meeting, as they are just before it closes."""
    found = {own}
    for row in Attendance.objects.filter(meeting=world.meeting):
        found |= {row.device, row.key, row.person.email if row.person else ""}
    for note in Contribution.objects.filter(table__meeting=world.meeting):
        found |= {note.key, note.own}
    for statement in world.meeting.statements.all():
        found |= {vote.token for vote in statement.votes.all()}
    found |= {row.device for row in Reply.objects.filter(room_id=world.meeting.room_id)}
    found |= {str(row.hash) for row in Event.objects.filter(room_id=world.meeting.room_id)}
    found |= {table.host_pin for table in world.tables}
    return {word for word in found if len(word) > 5} | {HIDDEN, HELD, "Jan Jansen"}


def unpacked(content: bytes) -> bytes:
    """All that a file holds: of an office file its parts, with their names."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"\n".join(name.encode() + b"\n" + packed.read(name) for name in packed.namelist())

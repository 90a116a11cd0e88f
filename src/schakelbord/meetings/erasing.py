"""What of a person stands in meetings besides their row: lists that are being brought in, notes with an answer."""

from __future__ import annotations

from schakelbord.bodies.models import Person
from schakelbord.meetings.models import Attendance, Intake, Letter


def erase_from_meetings(person: Person) -> None:
    """Take somebody out of lists, answers and letters that wait; that they took part stays."""
    for intake in Intake.objects.all():
        kept = [row for row in intake.rows if not _names(row, person)]
        if len(kept) != len(intake.rows):
            intake.rows = kept
            intake.save(update_fields=["rows"])
    Attendance.objects.filter(person=person).update(reply_note="", device="")
    Letter.objects.filter(attendance__person=person, state__in=["waiting", "failed", "unsure"]).update(
        state="needless", trouble=""
    )


def _names(row: list[str], person: Person) -> bool:
    cells = {cell.strip().casefold() for cell in row}
    return person.name.casefold() in cells or bool(person.email and person.email.casefold() in cells)

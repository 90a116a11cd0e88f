"""Personal links: whoever holds one is the participant it was sent to. Nothing of it is kept: it is made of a key."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from schakelbord.meetings.models import Attendance

SALT = "schakelbord.meetings.personal"


def secret_of(attendance: Attendance) -> str:
    """The secret in the links of a participant; the same each time."""
    return Signer(salt=SALT, sep=".").sign(attendance.key)


def attendance_of_secret(secret: str) -> Attendance | None:
    """Whose link this is; None when we did not make it."""
    try:
        key = Signer(salt=SALT, sep=".").unsign(secret)
    except BadSignature:
        return None
    found = Attendance.objects.select_related("meeting", "person", "organisation").filter(key=key)
    return found.first()

"""The people of the demo: one for each role, invented, named after birds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schakelbord.accounts.actors import Role
from schakelbord.accounts.models import RoleGrant, User

DOMAIN = "demo.schakelbord.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to be in the demo: a name, a role, what that role does in one line, and its picture in icons.svg."""

    name: str
    role: Role
    does: Promise
    icon: str

    @property
    def email(self) -> str:
        """The address of this person, which reaches nobody."""
        return f"{self.role.value.replace('_', '-')}@{DOMAIN}"


PEOPLE = (
    DemoPerson("M. Merel", Role.SECRETARY, _("prepares, keeps the thread"), "mensen"),
    DemoPerson("A. Aalscholver", Role.CHAIR, _("consents for a body"), "besluit"),
    DemoPerson("S. Spreeuw", Role.PRESENTER, _("shows the story"), "scherm"),
    DemoPerson("T. Tureluur", Role.TABLE_HOST, _("leads the talk at a table"), "tafel"),
    DemoPerson("W. Wielewaal", Role.PITCHER, _("opens the talk in five minutes"), "gesprek"),
    DemoPerson("K. Kievit", Role.PARTICIPANT, _("joins in, on a phone"), "telefoon"),
    DemoPerson("B. Buizerd", Role.ACTION_OWNER, _("tells how it goes"), "actie"),
    DemoPerson("G. Grutto", Role.BODY_SECRETARY, _("accepts an action, or not"), "platform"),
    DemoPerson("V. Valk", Role.AUDITOR, _("sees who did what"), "zicht"),
    DemoPerson("L. Leeuwerik", Role.READER, _("reads what is public"), "openbaar"),
    DemoPerson("R. Roodborst", Role.TECHNICAL_ADMIN, _("keeps it running, reads nothing"), "slot"),
)
PERSON_OF = {person.role: person for person in PEOPLE}


def make_demo_people() -> None:
    """Make the people of the demo; harmless when they are there."""
    with transaction.atomic():
        for person in PEOPLE:
            demo_user(person.role)


def demo_user(role: Role) -> User:
    """The user that plays `role`, made when it is not there yet."""
    person = PERSON_OF[role]
    user = User.objects.filter(email=person.email).first() or User.objects.create_user(person.email, name=person.name)
    RoleGrant.objects.get_or_create(user=user, role=role)
    return user

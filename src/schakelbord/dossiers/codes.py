"""The words of dossiers and issues as the code knows them, with what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidentiality(models.TextChoices):
    """Who may read something: the four levels of the product."""

    TABLE = "table", _("this table")
    MEETING = "meeting", _("this meeting")
    BODIES = "bodies", _("the bodies")
    PUBLIC = "public", _("public")


class IssueKind(models.TextChoices):
    """A gap or a dilemma."""

    GAP = "gap", _("gap")
    DILEMMA = "dilemma", _("dilemma")


class Origin(models.TextChoices):
    """Where an issue comes from."""

    COMPUTED = "computed", _("computed from a story")
    TOLD = "told", _("told in the room")
    BROUGHT = "brought", _("brought in by a body")


class IssueState(models.TextChoices):
    """How far an issue is."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("brought in")
    ACCEPTED = "accepted", _("taken up")
    ON_TABLE = "on_table", _("on the table")
    HARVESTED = "harvested", _("harvested")
    RESOLVED = "resolved", _("resolved")
    RETURNED = "returned", _("given back")
    PARKED = "parked", _("kept for later")


class Urgency(models.TextChoices):
    """How soon something must happen."""

    NOW = "now", _("now")
    THIS_YEAR = "year", _("this year")
    LATER = "later", _("later")

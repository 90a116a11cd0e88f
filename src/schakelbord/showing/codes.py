"""The words of a session as the code knows them, with what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionState(models.TextChoices):
    """How far a session is."""

    PREPARED = "prepared", _("prepared")
    OPEN = "open", _("open")
    ENDED = "ended", _("ended")


class Mode(models.TextChoices):
    """What the room is doing."""

    TELL = "tell", _("tell")
    BUILD = "build", _("build")
    TABLE = "table", _("table talk")
    PAUSE = "pause", _("break")


class GapState(models.TextChoices):
    """The life of a gap."""

    SUBMITTED = "submitted", _("brought in")
    VISIBLE = "visible", _("visible")
    RECOGNISED = "recognised", _("recognised")
    IN_TALK = "in_talk", _("in talk")
    ASSIGNED = "assigned", _("placed with a body")
    CLOSED = "closed", _("closed")
    ACCEPTED = "accepted", _("accepted as it is")


class ItemKind(models.TextChoices):
    """What a phone sends."""

    GAP = "gap", _("gap")
    ADDITION = "addition", _("addition to a gap")
    MISSING = "missing", _("who was missing")
    CAUSE = "cause", _("why this happens")
    QUESTION = "question", _("question")


class ItemState(models.TextChoices):
    """What became of it."""

    NEW = "new", pgettext_lazy("message from the room", "new")
    SHOWN = "shown", _("shown to the room")
    MERGED = "merged", _("merged")
    PARKED = "parked", _("kept for later")
    REFUSED = "refused", _("not shown")
    ASKED = "asked", _("asked for other words")
    REWORDED = "reworded", _("said in other words")


class AdditionKind(models.TextChoices):
    """What a presenter puts on the stage."""

    ORGANISATION = "organisation", _("organisation")
    CHANNEL = "channel", _("channel")
    DOLL = "doll", _("doll")
    QUESTION = "question", _("question")


class Knowledge(models.TextChoices):
    """Where somebody knows a gap from."""

    LAW = "law", _("from a law")
    FIGURE = "figure", _("from a figure")
    PRACTICE = "practice", _("from practice")
    SUSPICION = "suspicion", _("I suspect it")


class ToldKind(models.TextChoices):
    """Kinds of gaps that a room may tell."""

    NO_HANDOVER = "border", _("no handover")
    NO_GROUND = "no_ground", _("no legal ground")
    NO_OWNER = "unowned", _("nobody's task")
    NO_FEEDBACK = "no_feedback", _("no word back")
    WAITING_LIST = "late", _("waiting list")
    KNOWLEDGE = "practice", _("not known or not done")
    NO_CHANNEL = "no_channel", _("no channel")


class Layer(models.TextChoices):
    """From where somebody looks: the layer."""

    UITVOERING = "uitvoering", _("front line")
    BELEID = "beleid", _("policy")
    BESTUUR = "bestuur", _("administration")


class Field(models.TextChoices):
    """From where somebody looks: the kind of organisation, never a name."""

    EDUCATION = "education", _("education")
    MUNICIPALITY = "municipality", _("municipality")
    POLICE = "police", _("police and justice")
    CARE = "care", _("care")
    YOUTH = "youth", _("youth and family")
    OTHER = "other", _("something else")

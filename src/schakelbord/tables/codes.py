"""The words of the talk at a table as the code knows them, with what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What sort of contribution it is."""

    EXPERIENCE = "experience", _("Experience")
    FACT = "fact", _("Fact")
    ASSUMPTION = "assumption", _("Assumption")
    WISH = "wish", _("Wish")


class Mode(models.TextChoices):
    """Under which name it stands. Only *named* keeps who said it."""

    NAMED = "named", _("with my name")
    TABLE_ONLY = "table_only", _("from this table")
    ANONYMOUS = "anonymous", _("without a name")


class ContributionState(models.TextChoices):
    """What became of a contribution."""

    NOTED = "noted", pgettext_lazy("contribution", "noted")
    USED = "used", pgettext_lazy("contribution", "used in the harvest")
    MERGED = "merged", pgettext_lazy("contribution", "merged")
    SET_ASIDE = "set_aside", pgettext_lazy("contribution", "set aside")
    HIDDEN = "hidden", pgettext_lazy("contribution", "hidden")


class StatementState(models.TextChoices):
    """How far a statement of the reading vote is."""

    DRAFT = "draft", _("draft")
    OPEN = "open", pgettext_lazy("vote", "open")
    CLOSED = "closed", pgettext_lazy("vote", "closed")


class HarvestState(models.TextChoices):
    """How far a harvest is."""

    DRAFT = "draft", _("draft")
    READ_BACK = "read_back", _("read out")
    CONFIRMED = "confirmed", pgettext_lazy("harvest", "confirmed")
    CONTESTED = "contested", _("goes to everybody")


class Phase(models.TextChoices):
    """Where a table is in its round."""

    PITCH = "pitch", _("Pitch")
    TALK = "talk", _("Talk")
    GROUP = "group", _("Group")
    HARVEST = "harvest", _("Harvest")
    READBACK = "readback", _("Read out")

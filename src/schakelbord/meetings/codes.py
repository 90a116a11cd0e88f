"""The words of a meeting as the code knows them, with what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """How far a meeting is."""

    DRAFT = "draft", _("being prepared")
    CONVENED = "convened", _("convened")
    OPEN = "open", pgettext_lazy("meeting", "open")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    ADOPTED = "adopted", pgettext_lazy("minutes", "adopted")
    ARCHIVED = "archived", _("archived")


class ItemKind(models.TextChoices):
    """What happens at a point of the agenda."""

    PLENARY = "plenary", _("all together")
    STORY = "story", _("a story on the stage")
    PITCH = "pitch", _("pitch")
    TABLE_ROUND = "table_round", _("talk at the tables")
    HARVEST = "harvest", _("harvest")
    DECISION = "decision", pgettext_lazy("agenda", "decision")
    PAUSE = "pause", _("break")


class Layer(models.TextChoices):
    """From which layer somebody takes part; as it is on the day."""

    OFFICIAL = "official", _("official")
    ADMINISTRATIVE = "administrative", _("administrative")
    BOTH = "both", _("both layers")
    EXPERIENCE = "experience", _("own experience")


class ReplyKind(models.TextChoices):
    """What somebody answered to the invitation."""

    NONE = "none", _("no answer yet")
    YES = "yes", _("comes")
    NO = "no", _("does not come")


class WishKind(models.TextChoices):
    """What two people need of the table plan."""

    APART = "apart", _("not at one table")
    TOGETHER = "together", _("at one table")


class LetterKind(models.TextChoices):
    """Why somebody gets a letter."""

    INVITATION = "invitation", _("invitation")
    REMINDER = "reminder", _("reminder")
    CHANGE = "change", _("change")
    CANCELLED = "cancelled", _("cancelled")
    OUTCOME = "outcome", _("what became of it")


class LetterState(models.TextChoices):
    """How far a letter is."""

    WAITING = "waiting", _("goes out soon")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    UNSURE = "unsure", _("perhaps sent")
    NOT_NEEDED = "needless", _("no longer needed")

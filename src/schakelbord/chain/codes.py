"""The words of the chain as the code knows them, with what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    """Which way a referral goes."""

    UP = "up", _("the question goes up")
    DOWN = "down", _("the answer goes back")


class ReferralState(models.TextChoices):
    """How far a referral is."""

    OFFERED = "offered", pgettext_lazy("referral", "asked")
    ACCEPTED = "accepted", pgettext_lazy("referral", "taken up")
    ANSWERED = "answered", pgettext_lazy("referral", "answered")
    CLOSED = "closed", pgettext_lazy("referral", "finished")
    DECLINED = "declined", pgettext_lazy("referral", "declined")


class AnswerKind(models.TextChoices):
    """What sort of answer a body gives."""

    DIRECTION = "direction", _("a direction")
    DECISION = "decision", pgettext_lazy("answer", "a decision")
    QUESTION = "question", _("back with a question")


class ProposalState(models.TextChoices):
    """How far a proposal is."""

    DRAFT = "draft", pgettext_lazy("proposal", "being written")
    TABLED = "tabled", pgettext_lazy("proposal", "before the bodies")
    DECIDED = "decided", pgettext_lazy("proposal", "decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")


class Outcome(models.TextChoices):
    """What the bodies decided."""

    PENDING = "pending", pgettext_lazy("decision", "not decided yet")
    ADOPTED = "adopted", pgettext_lazy("decision", "adopted")
    AMENDED = "adopted_amended", pgettext_lazy("decision", "adopted with changes")
    REJECTED = "rejected", pgettext_lazy("decision", "rejected")
    DEFERRED = "deferred", pgettext_lazy("decision", "put off")


class Stance(models.TextChoices):
    """What a body says of a proposal."""

    CONSENT = "consent", _("consents")
    OBJECTION = "objection", _("objects")
    ABSTAIN = "abstain", _("abstains")


class ActionState(models.TextChoices):
    """How far an action is."""

    PROPOSED = "proposed", pgettext_lazy("action", "proposed")
    ADOPTED = "adopted", pgettext_lazy("action", "adopted")
    PLACED = "placed", pgettext_lazy("action", "placed")
    IN_PROGRESS = "in_progress", pgettext_lazy("action", "under way")
    REPORTED_DONE = "reported_done", pgettext_lazy("action", "reported done")
    ACCEPTED = "accepted", pgettext_lazy("action", "accepted")
    STOPPED = "stopped", pgettext_lazy("action", "stopped")


UNDER_WAY = (ActionState.ADOPTED, ActionState.PLACED, ActionState.IN_PROGRESS)
"""An action that is to be done, and is not reported done."""


class PlacementState(models.TextChoices):
    """What became of a body as a place for an action."""

    SUGGESTED = "suggested", pgettext_lazy("placement", "not chosen yet")
    OFFERED = "offered", pgettext_lazy("placement", "offered")
    ACCEPTED = "accepted", pgettext_lazy("placement", "taken on")
    DECLINED = "declined", pgettext_lazy("placement", "declined")
    UNSUITABLE = "unsuitable", pgettext_lazy("placement", "not suitable")
    UNANSWERED = "unanswered", pgettext_lazy("placement", "no answer")


class ProgrammeState(models.TextChoices):
    """How far the programme of a year is."""

    DRAFT = "draft", pgettext_lazy("programme", "draft")
    PUBLISHED = "published", pgettext_lazy("programme", "published")
    CLOSED = "closed", pgettext_lazy("programme", "closed")


class ReportState(models.TextChoices):
    """Whether a progress report was handed in."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "handed in")


class ReportStatus(models.TextChoices):
    """How it goes with an action, according to its owner."""

    ON_TRACK = "on_track", _("goes as planned")
    BEHIND = "behind", _("goes slower")
    STUCK = "stuck", _("is stuck")
    DONE = "done", pgettext_lazy("report", "is done")


class VerdictKind(models.TextChoices):
    """Whether a desired result came."""

    REACHED = "reached", pgettext_lazy("verdict", "reached")
    PARTLY = "partly", pgettext_lazy("verdict", "partly reached")
    NOT = "not", pgettext_lazy("verdict", "not reached")


class AccountState(models.TextChoices):
    """How far the account of a year is."""

    DRAFT = "draft", pgettext_lazy("account", "draft")
    FROZEN = "frozen", pgettext_lazy("account", "fixed")
    PRESENTED = "presented", pgettext_lazy("account", "presented")
    DISCHARGED = "discharged", pgettext_lazy("account", "discharged")


class NoticeKind(models.TextChoices):
    """Why somebody gets a mail about the chain."""

    REFERRAL = "referral", _("a question for your body")
    REFERRAL_DUE = "referral_due", _("a question waits for an answer")
    ENDORSE = "endorse", _("your body is asked to consent")
    OFFER = "offer", _("an action is offered to your body")
    OFFER_DUE = "offer_due", _("an offer waits for an answer")
    OFFER_BACK = "offer_back", _("an offer came back without an answer")
    PROGRESS = "progress", _("how goes your action")
    LATE = "late", _("your action is late")
    VERDICT = "verdict", _("an action is reported done")
    DIGEST = "digest", _("what waits for you this week")
    DECISIONS = "decisions", _("list of decisions")


class NoticeState(models.TextChoices):
    """How far a mail is."""

    WAITING = "waiting", _("goes out soon")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    UNSURE = "unsure", _("perhaps sent")
    NOT_NEEDED = "needless", _("no longer needed")

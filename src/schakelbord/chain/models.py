"""The chain from issue to account. Explicit keys from row to row; nothing of the chain is ever removed.

What the next step builds on cannot change: constraints and triggers of the database see to it.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from schakelbord.bodies.models import Body, Membership, Person
from schakelbord.chain import codes
from schakelbord.dossiers.models import Dossier, Issue, Source
from schakelbord.live.models import Room
from schakelbord.meetings.models import Meeting
from schakelbord.tables.models import DesiredResult, Harvest


class DossierRoom(models.Model):
    """Where the journal of a dossier's chain is kept."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="chain_room")
    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="chain_dossier")

    def __str__(self) -> str:
        return str(self.dossier)


class Referral(models.Model):
    """One step of an issue to another body, or of the answer back. At most one of an issue is open."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="referrals")
    order = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=4, choices=codes.Direction)
    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="referrals_sent")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="referrals_got")
    question = models.CharField(max_length=600)
    skip_reason = models.CharField(max_length=300, blank=True)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=codes.ReferralState, default=codes.ReferralState.OFFERED)
    answer = models.CharField(max_length=1000, blank=True)
    answer_kind = models.CharField(max_length=9, choices=codes.AnswerKind, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["to_body", "state"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issue", "order"], name="referrals_have_an_order"),
            models.UniqueConstraint(
                fields=["issue"], condition=Q(state__in=["offered", "accepted"]), name="one_open_referral_an_issue"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="referral_asks_something"),
            models.CheckConstraint(condition=~Q(from_body=F("to_body")), name="referral_goes_somewhere"),
            models.CheckConstraint(condition=Q(direction__in=codes.Direction.values), name="referral_goes_up_or_down"),
            models.CheckConstraint(condition=Q(state__in=codes.ReferralState.values), name="referral_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"])
                | (~Q(answer="") & Q(answer_kind__in=codes.AnswerKind.values, answered_at__isnull=False)),
                name="ended_referral_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="declined_referral_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.order}: {self.from_body_id} > {self.to_body_id}"


class Citation(models.Model):
    """A source is cited by something with a code, at a place in it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    node = models.CharField(max_length=16)
    locator = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "node", "locator"], name="cited_once_at_a_place"),
            models.CheckConstraint(condition=~Q(node=""), name="citation_belongs_to_something"),
        ]

    def __str__(self) -> str:
        return f"{self.node}: {self.source_id}"


class Proposal(models.Model):
    """What is laid before the bodies. `meeting` is None for a written round; then `deadline` says until when.

    `direct_reason` says why there is no harvest under it; with a harvest it is empty. `source` says which repair of
    which story it came from, when it came from one.
    """

    code = models.CharField(max_length=12, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="proposals")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decision_proposals"
    )
    deadline = models.DateField(null=True, blank=True)
    harvests = models.ManyToManyField(Harvest, blank=True, related_name="proposals")
    issues = models.ManyToManyField(Issue, blank=True, related_name="proposals")
    direct_reason = models.CharField(max_length=300, blank=True)
    story = models.SlugField(max_length=60, blank=True)
    repair = models.CharField(max_length=300, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    state = models.CharField(max_length=9, choices=codes.ProposalState, default=codes.ProposalState.DRAFT)
    reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=codes.ProposalState.values), name="proposal_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""), name="withdrawn_proposal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["tabled", "decided"]) | Q(meeting__isnull=False) | Q(deadline__isnull=False),
                name="tabled_proposal_has_a_meeting_or_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ProposalVersion(models.Model):
    """The text of a proposal at one moment; a change is a new version."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=2000)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_versions_have_a_number"),
            models.CheckConstraint(condition=~Q(text=""), name="proposal_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"


class Decision(models.Model):
    """What the bodies decide about a proposal: `B-2027-04`. Made when it is tabled, fixed when it is decided."""

    code = models.CharField(max_length=12, unique=True)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=16, choices=codes.Outcome, default=codes.Outcome.PENDING)
    final_text = models.CharField(max_length=2000, blank=True)
    reason = models.CharField(max_length=600, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(outcome__in=codes.Outcome.values), name="decision_outcome_is_known"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["adopted", "adopted_amended"])
                | (~Q(final_text="") & ~Q(hash="") & Q(decided_at__isnull=False)),
                name="adopted_decision_has_text_and_hash",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["rejected", "deferred"]) | (~Q(reason="") & Q(decided_at__isnull=False)),
                name="rejected_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_adopted(self) -> bool:
        """Whether both bodies consented and the text is fixed."""
        return self.outcome in {codes.Outcome.ADOPTED, codes.Outcome.AMENDED}


class DecidingBody(models.Model):
    """A body whose consent a decision needs, with its rule of presence as it was when it was asked."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="deciding")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="deciding")
    order = models.PositiveSmallIntegerField(default=0)
    needed = models.PositiveSmallIntegerField()
    members = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "body"], name="a_body_decides_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.body_id}"


class Endorsement(models.Model):
    """What a body says, through a member who may decide. A later one replaces it until the decision falls."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="endorsements")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="endorsements")
    version = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=9, choices=codes.Stance)
    reason = models.CharField(max_length=600, blank=True)
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="endorsements")
    basis = models.CharField(max_length=200, blank=True)
    present = models.PositiveSmallIntegerField()
    replaced = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["decision", "body"], condition=Q(replaced=False), name="one_current_endorsement_a_body"
            ),
            models.CheckConstraint(condition=Q(stance__in=codes.Stance.values), name="stance_is_known"),
            models.CheckConstraint(condition=~Q(stance="objection") | ~Q(reason=""), name="objection_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.body_id}: {self.stance}"


class ActionProgramme(models.Model):
    """The joint actions of a year."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField()
    bodies = models.ManyToManyField(Body, related_name="programmes")
    state = models.CharField(max_length=9, choices=codes.ProgrammeState, default=codes.ProgrammeState.DRAFT)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dossier", "year"], name="one_programme_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2200), name="programme_has_a_year"),
            models.CheckConstraint(condition=Q(state__in=codes.ProgrammeState.values), name="programme_state_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class ProgrammeVersion(models.Model):
    """The programme as it was published: content in canonical JSON, with its hash and two signatures."""

    programme = models.ForeignKey(ActionProgramme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_versions_have_a_number"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("made_by")), name="programme_needs_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} v{self.number}"


class Action(models.Model):
    """What is going to be done (`A-27`): one owner, one accountable body, a date a person chose."""

    code = models.CharField(max_length=12, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="actions")
    programme = models.ForeignKey(
        ActionProgramme, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    title = models.CharField(max_length=200)
    told = models.CharField(max_length=1000, blank=True)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    no_body_reason = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=13, choices=codes.ActionState, default=codes.ActionState.PROPOSED)
    stopped_by = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="stopped_actions"
    )
    report_every_days = models.PositiveSmallIntegerField(default=61)
    made_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="action_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=codes.ActionState.values), name="action_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "stopped"]) | Q(owner__isnull=False, due__isnull=False),
                name="adopted_action_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "stopped"]) | Q(body__isnull=False) | ~Q(no_body_reason=""),
                name="adopted_action_lands_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | Q(stopped_by__isnull=False), name="stopped_action_has_a_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ActionResult(models.Model):
    """A desired result of an action, as it stood in the harvest or as it was written for a direct proposal."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="results")
    origin = models.ForeignKey(
        DesiredResult, null=True, blank=True, on_delete=models.PROTECT, related_name="action_results"
    )
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=400)
    for_whom = models.CharField(max_length=160, blank=True)
    seen_by = models.CharField(max_length=300, blank=True)
    by_when = models.DateField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    baseline = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["action", "order"], name="results_of_an_action_have_an_order"),
            models.CheckConstraint(condition=~Q(text=""), name="action_result_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Placement(models.Model):
    """A body looked at as the place for an action; the fit as it was told, and what came of it."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="placements")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="placements")
    state = models.CharField(max_length=10, choices=codes.PlacementState, default=codes.PlacementState.SUGGESTED)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    fit = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_for = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="placements_answered"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["body", "state"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["action", "body"], name="a_body_is_looked_at_once"),
            models.UniqueConstraint(
                fields=["action"], condition=Q(state="accepted"), name="one_body_takes_an_action_on"
            ),
            models.CheckConstraint(condition=Q(state__in=codes.PlacementState.values), name="placement_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "unsuitable"]) | ~Q(reason=""),
                name="refused_placement_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_at__isnull=False, answer_by__isnull=False),
                name="offered_placement_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} > {self.body_id}"


class ProgressReport(models.Model):
    """How it goes with an action (`V-12`); fixed once it is handed in, a correction is a new report."""

    code = models.CharField(max_length=12, unique=True)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reports")
    period = models.DateField()
    status = models.CharField(max_length=8, choices=codes.ReportStatus)
    text = models.CharField(max_length=1000)
    result = models.ForeignKey(ActionResult, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    evidence = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by")
    state = models.CharField(max_length=9, choices=codes.ReportState, default=codes.ReportState.SUBMITTED)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
            models.CheckConstraint(condition=Q(status__in=codes.ReportStatus.values), name="report_status_is_known"),
            models.CheckConstraint(condition=Q(state__in=codes.ReportState.values), name="report_state_is_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(result__isnull=False), name="a_figure_belongs_to_a_result"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Verdict(models.Model):
    """Whether a desired result came, said by somebody other than the owner of the action."""

    result = models.OneToOneField(ActionResult, on_delete=models.PROTECT, related_name="verdict")
    kind = models.CharField(max_length=7, choices=codes.VerdictKind)
    reason = models.CharField(max_length=600)
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="verdicts")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=codes.VerdictKind.values), name="verdict_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.result_id}: {self.kind}"


class Account(models.Model):
    """The account of a programme (`J-2027`): content fixed in canonical JSON, with the hash over all of it."""

    code = models.CharField(max_length=12, unique=True)
    programme = models.OneToOneField(ActionProgramme, on_delete=models.PROTECT, related_name="account")
    state = models.CharField(max_length=10, choices=codes.AccountState, default=codes.AccountState.DRAFT)
    learned = models.TextField(blank=True)
    content = models.TextField(blank=True)
    hash = models.CharField(max_length=64, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    presented_in = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts")
    presented_at = models.DateTimeField(null=True, blank=True)
    discharged_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=codes.AccountState.values), name="account_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    ~Q(content="")
                    & ~Q(hash="")
                    & Q(frozen_at__isnull=False, frozen_by__isnull=False, signed_by__isnull=False)
                    & ~Q(frozen_by=F("signed_by"))
                ),
                name="fixed_account_has_content_and_two_signatures",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["presented", "discharged"])
                | Q(presented_in__isnull=False, presented_at__isnull=False),
                name="presented_account_has_a_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(state="discharged") | Q(discharged_at__isnull=False), name="discharged_account_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SavedView(models.Model):
    """A way somebody looks at the list of issues; theirs alone, and it goes when they want."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "name"], name="a_view_has_its_own_name"),
            models.CheckConstraint(condition=~Q(name=""), name="a_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """A mail about the chain. `key` makes it one of a kind, so that it is made once however often one looks."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=codes.NoticeKind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    node = models.CharField(max_length=16, blank=True)
    row = models.PositiveBigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, default="nl")
    state = models.CharField(max_length=8, choices=codes.NoticeState, default=codes.NoticeState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due_at"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=codes.NoticeKind.values), name="notice_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=codes.NoticeState.values), name="notice_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.key

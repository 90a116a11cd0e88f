"""What is said at a table and what comes of it: contributions, groups, statements and votes, the harvest.

A contribution that is not *named* keeps no person, not even hidden, and its time is that of the round. Nothing is
removed; what others build on cannot change. Constraints and triggers of the database see to both.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from schakelbord.bodies.models import Body
from schakelbord.meetings.codes import Layer
from schakelbord.meetings.models import AgendaItem, Attendance, Meeting, Table
from schakelbord.tables import codes

LONGEST_TEXT = 1000
LONGEST_SOURCE = 300


class Group(models.Model):
    """Contributions of a table that say something about one thing."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="groups")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["table", "key"], name="group_has_own_key"),
            models.CheckConstraint(condition=~Q(title=""), name="group_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Contribution(models.Model):
    """Something said at a table. `key` is random and says nothing.

    `own` is the hash of a secret that only the device of its writer holds, so that they can mend it; it is emptied when
    it is used or the meeting closes, and joins nothing to a person. `is_held`: it looks like a name, so that only the
    host sees it until they let it through.
    """

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="contributions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="contributions")
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=LONGEST_TEXT)
    kind = models.CharField(max_length=10, choices=codes.Kind)
    source = models.CharField(max_length=LONGEST_SOURCE, blank=True)
    mode = models.CharField(max_length=10, choices=codes.Mode)
    author = models.ForeignKey(
        Attendance, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    layer = models.CharField(max_length=16, choices=Layer, blank=True)
    own = models.CharField(max_length=64, blank=True)
    from_paper = models.BooleanField(default=False)
    asked = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions")
    order = models.PositiveIntegerField(default=0)
    flags = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=codes.ContributionState, default=codes.ContributionState.NOTED)
    reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    version = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["table", "item", "order"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["table", "key"], name="contribution_has_own_key"),
            models.CheckConstraint(condition=~Q(text=""), name="contribution_says_something"),
            models.CheckConstraint(condition=Q(kind__in=codes.Kind.values), name="contribution_kind_is_known"),
            models.CheckConstraint(condition=Q(mode__in=codes.Mode.values), name="contribution_mode_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=codes.ContributionState.values), name="contribution_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(mode="named") | Q(author__isnull=True), name="only_a_named_contribution_has_an_author"
            ),
            models.CheckConstraint(
                condition=~Q(mode="named") | Q(author__isnull=False), name="a_named_contribution_has_an_author"
            ),
            models.CheckConstraint(condition=~Q(kind="fact") | ~Q(source=""), name="a_fact_has_a_source"),
            models.CheckConstraint(
                condition=~Q(state__in=["hidden", "set_aside"]) | ~Q(reason=""),
                name="hidden_or_set_aside_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(merged_into__isnull=False), name="merged_contribution_says_into_what"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="never_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Statement(models.Model):
    """A sentence on which the room is asked. Its text is fixed once the vote opens."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="statements")
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    contributions = models.ManyToManyField(Contribution, blank=True, related_name="statements")
    state = models.CharField(max_length=6, choices=codes.StatementState, default=codes.StatementState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "key"], name="statement_has_own_key"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.CheckConstraint(condition=Q(state__in=codes.StatementState.values), name="statement_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_at__isnull=False), name="opened_statement_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Vote(models.Model):
    """A reading vote: 1 agree, -1 disagree, 0 pass. Rows are added, never changed; the newest of a token counts.

    `token` is made of the attendance and a salt that is thrown away when the meeting closes, so that nobody can say
    afterwards who voted what. `replaced` is the one thing that changes, once, when a token votes again.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    token = models.CharField(max_length=64)
    value = models.SmallIntegerField()
    layer = models.CharField(max_length=16, choices=Layer)
    at = models.DateTimeField()
    replaced = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["statement", "token"], condition=Q(replaced=False), name="one_current_vote_a_token"
            ),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="vote_is_agree_disagree_or_pass"),
            models.CheckConstraint(condition=Q(layer__in=Layer.values), name="vote_layer_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.value}"


class Harvest(models.Model):
    """What a table asks of a body (`O-05`): the assignment, with the results that would be different then."""

    code = models.CharField(max_length=12, unique=True)
    table = models.OneToOneField(Table, on_delete=models.PROTECT, related_name="harvest")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assignment = models.CharField(max_length=400, blank=True)
    addressees = models.ManyToManyField(Body, blank=True, related_name="harvests")
    contributions = models.ManyToManyField(Contribution, blank=True, related_name="harvests")
    readback_note = models.CharField(max_length=600, blank=True)
    contested_because = models.CharField(max_length=600, blank=True)
    contested_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=codes.HarvestState, default=codes.HarvestState.DRAFT)
    written_by = models.ForeignKey(Attendance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_back_at = models.DateTimeField(null=True, blank=True)
    host_confirmed_by = models.ForeignKey(Attendance, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pitcher_confirmed_by = models.ForeignKey(
        Attendance, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=codes.HarvestState.values), name="harvest_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(assignment=""), name="read_out_harvest_has_an_assignment"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (
                    Q(host_confirmed_by__isnull=False, pitcher_confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(host_confirmed_by=F("pitcher_confirmed_by"))
                ),
                name="harvest_confirmed_by_host_and_pitcher",
            ),
            models.CheckConstraint(
                condition=~Q(state="contested") | (~Q(contested_because="") & Q(contested_at__isnull=False)),
                name="contested_harvest_says_why_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.assignment}"


class DesiredResult(models.Model):
    """What is different then, for whom, by when, and how that is seen."""

    harvest = models.ForeignKey(Harvest, on_delete=models.PROTECT, related_name="results")
    key = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=400)
    for_whom = models.CharField(max_length=160, blank=True)
    by_when = models.DateField(null=True, blank=True)
    seen_by = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    baseline = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["harvest", "key"], name="result_has_own_key"),
            models.CheckConstraint(condition=~Q(text=""), name="result_says_something"),
        ]

    def __str__(self) -> str:
        return self.text

"""A meeting: who convenes it, its agenda, who takes part, the tables, who sits where, and the letters about it.

Nothing is removed once people were told of it. A device is known only while the meeting lasts.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schakelbord.bodies.models import Body, Organisation, Person
from schakelbord.dossiers.models import Dossier, Issue, Source, Theme
from schakelbord.live.models import Room
from schakelbord.meetings import codes
from schakelbord.showing.models import Session

SEATS_A_TABLE = 8
LEAST_A_TABLE = 3
MINUTES_A_ROUND = 40


class Meeting(models.Model):
    """A meeting. Times are UTC; `zone` says what the clock on its wall shows."""

    code = models.CharField(max_length=12, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="meetings")
    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="meeting")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    bodies = models.ManyToManyField(Body, through="Convening", related_name="meetings")
    state = models.CharField(max_length=9, choices=codes.MeetingState, default=codes.MeetingState.DRAFT)
    note = models.TextField(blank=True)
    join_code = models.CharField(max_length=6, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    minutes_hash = models.CharField(max_length=64, blank=True)
    vote_salt = models.CharField(max_length=64, blank=True)
    shown = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=codes.MeetingState.values), name="meeting_state_is_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"),
            models.UniqueConstraint(fields=["join_code"], condition=~Q(join_code=""), name="one_meeting_a_code"),
            models.CheckConstraint(condition=Q(join_code="") | Q(state="open"), name="only_an_open_meeting_has_a_code"),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "adopted", "archived"]) | Q(closed_at__isnull=False, vote_salt=""),
                name="closed_meeting_says_when_and_forgets_who_voted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "archived"]) | (Q(adopted_at__isnull=False) & ~Q(minutes_hash="")),
                name="adopted_minutes_have_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Convening(models.Model):
    """A body that convenes a meeting, and who said for it that this is right."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="convenings")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="convenings")
    order = models.PositiveSmallIntegerField(default=0)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "body"], name="a_body_convenes_once"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(agreed_by__isnull=False), name="convening_agreed_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.body_id}"


class AgendaItem(models.Model):
    """A point of the agenda; a round of talk at the tables is one. `session` is the story that is shown."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=codes.ItemKind)
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField()
    presenter = models.CharField(max_length=120, blank=True)
    story = models.SlugField(max_length=60, blank=True)
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "order"], name="agenda_has_an_order"),
            models.CheckConstraint(condition=Q(kind__in=codes.ItemKind.values), name="agenda_kind_is_known"),
            models.CheckConstraint(condition=~Q(title="") & Q(minutes__gte=1), name="agenda_item_has_title_and_time"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="one_agenda_item_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=False), name="agenda_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Somebody who takes part: a person of the list, or only a pseudonym ("participant, front line").

    `layer`, `organisation`, `body` and `function` are as they were on the day. `device` is emptied when the meeting
    closes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    key = models.CharField(max_length=24)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    pseudonym = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    function = models.CharField(max_length=120, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    layer = models.CharField(max_length=16, choices=codes.Layer)
    reply = models.CharField(max_length=4, choices=codes.ReplyKind, default=codes.ReplyKind.NONE)
    reply_note = models.CharField(max_length=300, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    prefers = models.JSONField(default=list)
    needs_accessible = models.BooleanField(default=False)
    present_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    device = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "key"], name="attendance_has_own_key"),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="a_person_takes_part_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "device"], condition=~Q(device=""), name="a_device_is_one_attendance"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(pseudonym=""), name="attendance_has_person_or_pseudonym"
            ),
            models.CheckConstraint(condition=Q(layer__in=codes.Layer.values), name="attendance_layer_is_known"),
            models.CheckConstraint(condition=Q(reply__in=codes.ReplyKind.values), name="reply_is_known"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """What this participant is called on lists and cards."""
        return self.person.name if self.person else self.pseudonym


class Wish(models.Model):
    """Two people that must sit apart or together, with the reason for the secretary alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=8, choices=codes.WishKind)
    one = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "one", "other"], name="one_wish_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_wish_is_about_two_people_in_order"),
            models.CheckConstraint(condition=Q(kind__in=codes.WishKind.values), name="wish_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"


class Table(models.Model):
    """A table with its theme, the issues that lie on it, who hosts and who opens the talk."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="tables")
    number = models.PositiveSmallIntegerField()
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="tables")
    question = models.CharField(max_length=300, blank=True)
    issues = models.ManyToManyField(Issue, through="TableIssue", related_name="tables")
    host = models.ForeignKey(Attendance, null=True, blank=True, on_delete=models.PROTECT, related_name="hosts")
    pitcher = models.ForeignKey(Attendance, null=True, blank=True, on_delete=models.PROTECT, related_name="pitches")
    pitch_title = models.CharField(max_length=160, blank=True)
    pitch_text = models.TextField(blank=True)
    pitch_source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="pitches")
    pitch_minutes = models.PositiveSmallIntegerField(default=5)
    openers = models.JSONField(default=list)
    capacity = models.PositiveSmallIntegerField(default=SEATS_A_TABLE)
    least = models.PositiveSmallIntegerField(default=LEAST_A_TABLE)
    is_accessible = models.BooleanField(default=True)
    place = models.CharField(max_length=120, blank=True)
    is_fixed = models.BooleanField(default=False)
    host_pin = models.CharField(max_length=6, blank=True)
    phase = models.CharField(max_length=10, default="pitch")
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "number"], name="table_has_own_number"),
            models.CheckConstraint(
                condition=Q(host__isnull=True) | Q(pitcher__isnull=True) | ~Q(host=F("pitcher")),
                name="host_and_pitcher_are_two_people",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=F("least"), least__gte=1, capacity__lte=40), name="table_has_sensible_size"
            ),
            models.UniqueConstraint(
                fields=["meeting", "host"], condition=Q(host__isnull=False), name="a_host_has_one_table"
            ),
            models.CheckConstraint(
                condition=Q(phase__in=["pitch", "talk", "group", "harvest", "readback"]), name="table_phase_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def asks(self) -> str:
        """The question of this table: its own, or that of its theme."""
        return self.question or self.theme.question


class TableIssue(models.Model):
    """A gap or dilemma that lies on a table."""

    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="table_issues")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="table_issues")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["table", "issue"], name="an_issue_lies_once_on_a_table"),
        ]

    def __str__(self) -> str:
        return f"{self.table_id} {self.issue_id}"


class Seat(models.Model):
    """Who sits at which table in which round. The database refuses a second seat in a round and a full table."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="seats")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "attendance"], name="one_seat_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.table_id} {self.attendance_id}"


class Letter(models.Model):
    """A letter by e-mail. `key` makes it one of a kind, so that nobody gets the same twice.

    The text is made when it is sent; only what is needed to make it is kept.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="letters")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=codes.LetterKind)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=codes.LetterState, default=codes.LetterState.WAITING)
    language = models.CharField(max_length=2, default="nl")
    due_at = models.DateTimeField()
    message_id = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=codes.LetterKind.values), name="letter_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=codes.LetterState.values), name="letter_state_is_known"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_letter_says_when"),
        ]

    def __str__(self) -> str:
        return self.key


class Intake(models.Model):
    """A list of participants that somebody is bringing in; it goes when it was taken over, or after a day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="intakes")
    rows = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.made_at}"


class SeatingProposal(models.Model):
    """A table plan that was or is being worked out. `plan` is a list a round of attendance key to table key.

    `words` tell in both languages what it came to, or why no plan exists. Nothing of it counts until it is taken over.
    """

    class State(models.TextChoices):
        """How far it is."""

        RUNNING = "running", _("being worked out")
        READY = "ready", _("ready")
        IMPOSSIBLE = "impossible", _("not possible")
        FAILED = "failed", _("not found")
        TAKEN = "taken", _("taken over")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    rounds = models.JSONField(default=list)
    plan = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    progress = models.FloatField(default=0)
    stop = models.BooleanField(default=False)
    cost = models.IntegerField(null=True, blank=True)
    proven = models.BooleanField(default=False)
    seconds = models.FloatField(default=0)
    beat_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state}"

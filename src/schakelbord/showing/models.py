"""A session: a story shown to a room, what the room says about it, and how it stands at this moment.

What a presenter may undo is never removed: it gets `removed`. Devices are known only while a session lasts.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from schakelbord.editor.models import Draft
from schakelbord.live.models import Room
from schakelbord.showing import codes

LONGEST_SENTENCE = 90
LONGEST_TEXT = 600


class Session(models.Model):
    """One telling of a story. `story_content` is the story as it was when the session was made.

    `kept_in` is the draft that holds what the room added.
    """

    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="session")
    title = models.CharField(max_length=200)
    story = models.SlugField(max_length=60)
    story_content = models.TextField()
    catalogue = models.CharField(max_length=80)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=codes.SessionState, default=codes.SessionState.PREPARED)
    join_code = models.CharField(max_length=6, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(default=50)
    mode = models.CharField(max_length=8, choices=codes.Mode, default=codes.Mode.TELL)
    scene = models.PositiveSmallIntegerField(default=0)
    beat = models.PositiveSmallIntegerField(default=0)
    day = models.PositiveSmallIntegerField(default=0)
    is_black = models.BooleanField(default=False)
    spotlight = models.CharField(max_length=200, blank=True)
    gap = models.CharField(max_length=200, blank=True)
    repairs = models.JSONField(default=list)
    shows_count = models.BooleanField(default=True)
    may_recognise = models.BooleanField(default=True)
    may_add = models.BooleanField(default=True)
    question_until = models.DateTimeField(null=True, blank=True)
    notes = models.JSONField(default=dict)
    kept_in = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="session_has_a_title"),
            models.CheckConstraint(condition=Q(state__in=codes.SessionState.values), name="session_state_is_known"),
            models.CheckConstraint(condition=Q(mode__in=codes.Mode.values), name="session_mode_is_known"),
            models.UniqueConstraint(fields=["join_code"], condition=~Q(join_code=""), name="one_session_a_code"),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(join_code="", ended_at__isnull=False), name="ended_session_has_no_code"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """A device that joined, from where its holder looks, and no more. `device` is emptied when the session ends."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="participants")
    key = models.CharField(max_length=24)
    device = models.CharField(max_length=40, blank=True)
    layer = models.CharField(max_length=12, choices=codes.Layer, blank=True)
    field = models.CharField(max_length=14, choices=codes.Field, blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "key"], name="participant_has_own_key"),
            models.UniqueConstraint(fields=["session", "device"], condition=~Q(device=""), name="a_device_joins_once"),
        ]

    def __str__(self) -> str:
        return self.key


class WrongCodes(models.Model):
    """Wrong codes of one place: `all`, or an address or device as a keyed hash. Kept for an hour at most."""

    place = models.CharField(max_length=48, unique=True)
    count = models.PositiveIntegerField()
    since = models.DateTimeField()
    wait_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.place


class RoomGap(models.Model):
    """A gap in this session: told by the room or the presenter, or the life of a computed one (`computed`, its key)."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="gaps")
    key = models.CharField(max_length=64)
    computed = models.CharField(max_length=200, blank=True)
    number = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=16, choices=codes.ToldKind, blank=True)
    between_from = models.CharField(max_length=200, blank=True)
    between_to = models.CharField(max_length=200, blank=True)
    sentence = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    knowledge = models.CharField(max_length=10, choices=codes.Knowledge, blank=True)
    source = models.CharField(max_length=200, blank=True)
    layer = models.CharField(max_length=12, choices=codes.Layer, blank=True)
    field = models.CharField(max_length=14, choices=codes.Field, blank=True)
    from_presenter = models.BooleanField(default=False)
    scene = models.PositiveSmallIntegerField(default=0)
    beat = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=codes.GapState, default=codes.GapState.VISIBLE)
    body = models.CharField(max_length=200, blank=True)
    is_new_body = models.BooleanField(default=False)
    action = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    counted = models.JSONField(default=dict)
    in_story = models.BooleanField(default=False)
    removed = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "key"], name="room_gap_has_own_key"),
            models.UniqueConstraint(
                fields=["session", "computed"], condition=~Q(computed=""), name="one_life_a_computed_gap"
            ),
            models.CheckConstraint(condition=~Q(computed="", sentence=""), name="a_told_gap_says_something"),
            models.CheckConstraint(condition=Q(state__in=codes.GapState.values), name="room_gap_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="assigned") | (~Q(body="") & ~Q(action="") & Q(due__isnull=False)),
                name="placed_gap_has_body_action_and_date",
            ),
            models.CheckConstraint(condition=~Q(is_new_body=True) | ~Q(reason=""), name="a_new_body_has_a_reason"),
            models.CheckConstraint(condition=~Q(state="accepted") | ~Q(reason=""), name="accepted_gap_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.sentence or self.computed

    @property
    def is_told(self) -> bool:
        """Whether somebody told it; a computed gap comes from the reading."""
        return not self.computed

    @property
    def shown_key(self) -> str:
        """The key by which the screens know it: that of the finding for a computed gap."""
        return self.computed or self.key


class Recognition(models.Model):
    """Somebody recognises a gap; once a participant, and it can be withdrawn."""

    gap = models.ForeignKey(RoomGap, on_delete=models.PROTECT, related_name="recognitions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["gap", "participant"], name="recognised_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gap_id} {self.participant_id}"


class InboxItem(models.Model):
    """What a phone sent. Nobody but the presenter sees it until it is shown, in the words of `published`.

    `text` stays as it was sent. `instead_of` is an earlier item for which the presenter asked other words.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="inbox")
    key = models.CharField(max_length=40)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=codes.ItemKind)
    text = models.CharField(max_length=LONGEST_TEXT)
    about = models.CharField(max_length=200, blank=True)
    told_kind = models.CharField(max_length=16, choices=codes.ToldKind, blank=True)
    between_from = models.CharField(max_length=200, blank=True)
    between_to = models.CharField(max_length=200, blank=True)
    knowledge = models.CharField(max_length=10, choices=codes.Knowledge, blank=True)
    source = models.CharField(max_length=200, blank=True)
    scene = models.PositiveSmallIntegerField(default=0)
    beat = models.PositiveSmallIntegerField(default=0)
    flags = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=codes.ItemState, default=codes.ItemState.NEW)
    published = models.CharField(max_length=LONGEST_TEXT, blank=True)
    instead_of = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reworded")
    reason = models.CharField(max_length=200, blank=True)
    merged_into = models.CharField(max_length=200, blank=True)
    merged_texts = models.JSONField(default=list)
    gap = models.ForeignKey(RoomGap, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    in_story = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "key"], name="inbox_item_has_own_key"),
            models.CheckConstraint(condition=~Q(text=""), name="inbox_item_says_something"),
            models.CheckConstraint(condition=Q(state__in=codes.ItemState.values), name="inbox_state_is_known"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="refused_item_has_a_reason"),
            models.CheckConstraint(condition=~Q(state="shown") | ~Q(published=""), name="shown_item_has_words"),
            models.CheckConstraint(
                condition=~Q(state="merged") | ~Q(merged_into=""), name="merged_item_says_into_what"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Addition(models.Model):
    """Something the presenter put on the stage: from this scene and step on."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="additions")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=codes.AdditionKind)
    data = models.JSONField()
    scene = models.PositiveSmallIntegerField()
    beat = models.PositiveSmallIntegerField()
    in_story = models.BooleanField(default=False)
    removed = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "key"], name="addition_has_own_key"),
            models.CheckConstraint(condition=Q(kind__in=codes.AdditionKind.values), name="addition_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Branch(models.Model):
    """Two ways on. `options` are `{"label", "scene", "beat", "repairs"}`; the way not chosen is kept."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="branches")
    key = models.CharField(max_length=40)
    question = models.CharField(max_length=200)
    options = models.JSONField()
    is_open = models.BooleanField(default=True)
    chosen = models.PositiveSmallIntegerField(null=True, blank=True)
    came_from = models.JSONField(default=dict)
    removed = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "key"], name="branch_has_own_key"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(is_open=True, removed=False), name="one_open_branch_a_session"
            ),
            models.CheckConstraint(condition=Q(chosen__isnull=True) | Q(chosen__in=[0, 1]), name="branch_has_two_ways"),
        ]

    def __str__(self) -> str:
        return self.question


class BranchVote(models.Model):
    """Which way somebody wants; the last choice counts."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    option = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["branch", "participant"], name="one_vote_a_branch"),
            models.CheckConstraint(condition=Q(option__in=[0, 1]), name="vote_for_one_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.option}"


class Change(models.Model):
    """What one command of the desk changed: for undo, redo, and to say who changed what.

    `rows` are `{"model", "id", "field", "before", "after"}`. `seq` is the event that made it, `last_seq` the one that
    made, undid or redid it last.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField(default=0)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    rows = models.JSONField()
    is_undone = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "seq"], name="one_change_an_event"),
            models.CheckConstraint(condition=Q(last_seq__gte=models.F("seq")), name="change_goes_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class Guesses(models.Model):
    """How many wrong codes may still come from one place, which is a keyed hash and says nothing by itself."""

    place = models.CharField(max_length=64, unique=True)
    left = models.FloatField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.place[:8]

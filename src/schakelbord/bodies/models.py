"""Organisations, bodies, people and memberships. Nothing here is removed: an organisation or body gets an end date,
a person is erased (`erased_at`), and what they decided stays with role, body and layer.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from schakelbord.bodies import codes


class Organisation(models.Model):
    """An organisation for which people work. `key` is its name as it is compared: see `names.key_of`."""

    name = models.CharField(max_length=160)
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=16, choices=codes.OrganisationKind, default=codes.OrganisationKind.OTHER)
    tooi_uri = models.URLField(max_length=300, null=True, blank=True, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=codes.OrganisationKind.values), name="organisation_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationAlias(models.Model):
    """Another way to write the name of an organisation, as somebody decided once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aliases")
    key = models.CharField(max_length=160, unique=True)

    def __str__(self) -> str:
        return self.key


class Person(models.Model):
    """Somebody who sits in a body or takes part. Erasing leaves the row and empties name and address."""

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(email="", user__isnull=True),
                name="erased_person_has_no_address",
            ),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="one_person_an_address"),
        ]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """Platform, Strategic Board, working group or existing body. `presence` is how many must take part to decide."""

    name = models.CharField(max_length=160, unique=True)
    short = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16, choices=codes.BodyKind)
    layer = models.CharField(max_length=16, choices=codes.BodyLayer)
    area = models.CharField(max_length=10, choices=codes.Area, default=codes.Area.COUNTRY)
    mandate = models.TextField(blank=True)
    themes = models.JSONField(default=list)
    chair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="chairs")
    secretary = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="serves")
    accepts_actions = models.BooleanField(default=False)
    presence = models.PositiveSmallIntegerField(default=1)
    meets_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    question = models.CharField(max_length=300, blank=True)
    active_from = models.DateField(null=True, blank=True)
    active_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "bodies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="body_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=codes.BodyKind.values), name="body_kind_is_known"),
            models.CheckConstraint(condition=Q(layer__in=codes.BodyLayer.values), name="body_layer_is_known"),
            models.CheckConstraint(condition=Q(presence__gte=1), name="body_needs_somebody_present"),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_from__isnull=True) | Q(active_to__gte=F("active_from")),
                name="body_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind="working_group") | (~Q(question="") & Q(active_to__isnull=False)),
                name="working_group_has_a_question_and_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Its short name, or the whole one."""
        return self.short or self.name


class Membership(models.Model):
    """Somebody sits in a body for an organisation, from one day up to and including another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    function = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=codes.MemberRole, default=codes.MemberRole.MEMBER)
    may_decide = models.BooleanField(default=False)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=codes.MemberRole.values), name="member_role_is_known"),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="membership_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "body"], condition=Q(to_day__isnull=True), name="one_open_membership_a_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.body}"

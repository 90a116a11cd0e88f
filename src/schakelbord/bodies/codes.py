"""The words of organisations and bodies as the code knows them, with what people read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    MUNICIPALITY = "municipality", _("municipality")
    MINISTRY = "ministry", _("ministry")
    PROVINCE = "province", _("province")
    REGION = "region", _("regional partnership")
    POLICE = "police", _("police and justice")
    EDUCATION = "education", _("education")
    CARE = "care", _("care")
    YOUTH = "youth", _("youth and family")
    KNOWLEDGE = "knowledge", _("knowledge institute")
    UMBRELLA = "umbrella", _("umbrella organisation")
    OTHER = "other", _("something else")


class BodyKind(models.TextChoices):
    """What sort of body it is."""

    PLATFORM = "platform", _("platform")
    STRATEGIC_BOARD = "strategic_board", _("Strategic Board")
    WORKING_GROUP = "working_group", _("working group")
    EXISTING = "existing", _("existing body")


class BodyLayer(models.TextChoices):
    """In which layer a body decides."""

    OFFICIAL = "official", _("official")
    ADMINISTRATIVE = "administrative", _("administrative")
    MIXED = "mixed", _("both layers")


class Area(models.TextChoices):
    """How far a body reaches."""

    MUNICIPALITY = "gemeente", _("a municipality")
    REGION = "regio", _("a region")
    COUNTRY = "land", _("the country")


class MemberRole(models.TextChoices):
    """What somebody is in a body."""

    MEMBER = "member", _("member")
    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    EXPERT = "expert", _("expert from outside")

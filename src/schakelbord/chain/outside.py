"""What an outsider reads of a public dossier: what was seen and agreed; never what is being written or was refused."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import QuerySet

from schakelbord.chain.codes import ActionState, Outcome
from schakelbord.chain.models import Action, Decision, Proposal
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Issue
from schakelbord.tables.codes import HarvestState
from schakelbord.tables.models import Harvest

SEEN: Final = (IssueState.ACCEPTED, IssueState.ON_TABLE, IssueState.HARVESTED, IssueState.RESOLVED)
AGREED: Final = (Outcome.ADOPTED, Outcome.AMENDED)
SHOWN: Final = (
    ActionState.ADOPTED,
    ActionState.PLACED,
    ActionState.IN_PROGRESS,
    ActionState.REPORTED_DONE,
    ActionState.ACCEPTED,
    ActionState.STOPPED,
)


def closed_codes(dossiers: Collection[int]) -> tuple[QuerySet[Any, str], ...]:
    """The codes, of each kind, of what these dossiers keep from an outsider, as it stands now.

    Asked of the rows and not of the index of search: a state changes more often than the words do.
    """
    issues = Issue.objects.filter(dossier__in=dossiers).exclude(state__in=SEEN)
    harvests = Harvest.objects.filter(table__meeting__dossier__in=dossiers).exclude(state=HarvestState.CONFIRMED)
    proposals = Proposal.objects.filter(dossier__in=dossiers).exclude(decision__outcome__in=AGREED)
    decisions = Decision.objects.filter(proposal__dossier__in=dossiers).exclude(outcome__in=AGREED)
    actions = Action.objects.filter(decision__proposal__dossier__in=dossiers)
    actions = actions.exclude(state__in=SHOWN, decision__outcome__in=AGREED)
    kinds = (issues, harvests, proposals, decisions, actions)
    return tuple(rows.order_by().values_list("code", flat=True) for rows in kinds)

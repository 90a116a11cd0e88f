"""A thread as an outsider reads it: what was seen and agreed, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from schakelbord.chain.codes import PlacementState, ReferralState
from schakelbord.chain.models import Action, Proposal
from schakelbord.chain.outside import SEEN, SHOWN
from schakelbord.chain.threads.thread import Thread, decision_of
from schakelbord.tables.codes import HarvestState


def for_outsiders(thread: Thread) -> Thread | None:
    """The same thread without what is being written, waits or was refused; None when that is what was asked for."""
    issues = [row for row in thread.issues if row.state in SEEN]
    harvests = [row for row in thread.harvests if row.state == HarvestState.CONFIRMED]
    proposals = [row for row in thread.proposals if _is_agreed(row)]
    actions = [row for row in thread.actions if _is_shown(row)]
    here = {"issue": issues, "harvest": harvests, "proposal": proposals, "decision": proposals}
    if not here.get(thread.kind, actions):
        return None
    seen, harvested = {row.pk for row in issues}, {row.table_id for row in harvests}
    shown = {row.pk for row in actions}
    answered = {ReferralState.ANSWERED, ReferralState.CLOSED}
    return replace(
        thread,
        issues=issues,
        harvests=harvests,
        tables=[row for row in thread.tables if row.pk in harvested],
        referrals=[row for row in thread.referrals if row.issue_id in seen and row.state in answered],
        proposals=proposals,
        decisions=[row for row in thread.decisions if row.is_adopted],
        actions=actions,
        results=[row for row in thread.results if row.action_id in shown],
        reports=[row for row in thread.reports if row.action_id in shown],
        placements=[
            row for row in thread.placements if row.action_id in shown and row.state == PlacementState.ACCEPTED
        ],
        beside_proposals=[row for row in thread.beside_proposals if _is_agreed(row)],
        beside_actions=[row for row in thread.beside_actions if row.state in SHOWN],
        replaced_by=[row for row in thread.replaced_by if _is_agreed(row)],
    )


def _is_agreed(row: Proposal) -> bool:
    decision = decision_of(row)
    return decision is not None and decision.is_adopted


def _is_shown(row: Action) -> bool:
    return row.state in SHOWN and row.decision.is_adopted

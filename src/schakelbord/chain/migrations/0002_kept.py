"""What the database itself keeps of the chain: nothing goes, and what others build on stays as it is."""

from __future__ import annotations

from django.db import migrations

from schakelbord.core.triggers import Rule, changes, keep

STAYING = (
    "dossierroom",
    "referral",
    "citation",
    "proposal",
    "proposalversion",
    "decision",
    "decidingbody",
    "endorsement",
    "actionprogramme",
    "programmeversion",
    "action",
    "actionresult",
    "placement",
    "progressreport",
    "verdict",
    "account",
    "notice",
)
PROPOSAL = "(SELECT state FROM chain_proposal WHERE id = {0}.proposal_id)"
OUTCOME = "(SELECT outcome FROM chain_decision WHERE id = {0}.decision_id)"
ACTION = "(SELECT state FROM chain_action WHERE id = {0}.action_id)"
ADOPTED = "('adopted', 'adopted_amended')"
UNDER_WAY = "('adopted', 'placed', 'in_progress', 'reported_done', 'accepted')"
LACKS_CONSENT = (
    "NOT EXISTS (SELECT 1 FROM chain_decidingbody WHERE decision_id = NEW.id) OR EXISTS "
    "(SELECT 1 FROM chain_decidingbody WHERE decision_id = NEW.id AND NOT EXISTS (SELECT 1 FROM chain_endorsement "
    "WHERE chain_endorsement.decision_id = NEW.id AND chain_endorsement.body_id = chain_decidingbody.body_id "
    "AND NOT chain_endorsement.replaced AND chain_endorsement.stance = 'consent' "
    "AND chain_endorsement.present >= chain_decidingbody.needed))"
)
HAS_TRACE = (
    "EXISTS (SELECT 1 FROM chain_decision JOIN chain_proposal ON chain_proposal.id = chain_decision.proposal_id "
    "WHERE chain_decision.id = NEW.decision_id AND (chain_proposal.direct_reason <> '' OR EXISTS "
    "(SELECT 1 FROM chain_proposal_harvests "
    "JOIN tables_harvest ON tables_harvest.id = chain_proposal_harvests.harvest_id "
    "JOIN tables_harvest_contributions ON tables_harvest_contributions.harvest_id = tables_harvest.id "
    "JOIN meetings_tableissue ON meetings_tableissue.table_id = tables_harvest.table_id "
    "WHERE chain_proposal_harvests.proposal_id = chain_proposal.id AND tables_harvest.state = 'confirmed')))"
)
CONSIDERED = (
    "EXISTS (SELECT 1 FROM chain_placement WHERE action_id = NEW.id "
    "AND state IN ('declined', 'unsuitable', 'unanswered'))"
)


def fixed(name: str, *, when: str, says: str) -> Rule:
    """Rows of this table do not change while `when` is true of them."""
    return Rule(f"chain_{name}_fixed", f"chain_{name}", ("UPDATE",), says, when)


def parts_of_proposal(name: str) -> list[Rule]:
    """What lies under a proposal is chosen while it is written."""
    return [
        Rule(
            f"chain_proposal_{name}_{row.lower()}",
            f"chain_proposal_{name}",
            on,
            "what lies under a proposal is fixed from when it is tabled",
            f"{PROPOSAL.format(row)} <> 'draft'",
        )
        for row, on in (("NEW", ("INSERT", "UPDATE")), ("OLD", ("UPDATE", "DELETE")))
    ]


class Migration(migrations.Migration):
    dependencies = [("chain", "0001_initial"), ("tables", "0002_kept"), ("meetings", "0002_kept")]
    operations = [
        keep(
            Rule(f"chain_{name}_stays", f"chain_{name}", ("DELETE",), "this row stays; it belongs to a thread")
            for name in STAYING
        ),
        keep(
            [
                Rule(
                    "chain_referral_begins",
                    "chain_referral",
                    ("INSERT",),
                    "a referral begins with being asked",
                    "NEW.state <> 'offered'",
                ),
                fixed(
                    "referral",
                    when="OLD.state IN ('closed', 'declined') OR "
                    + changes("issue_id", "from_body_id", "to_body_id", "question", "direction", "made_at")
                    + f" OR (OLD.state = 'answered' AND ({changes('answer', 'answer_kind')} OR NEW.state <> 'closed'))",
                    says="a referral that ended stays as it is",
                ),
            ]
        ),
        keep(
            [
                Rule(
                    "chain_proposal_begins",
                    "chain_proposal",
                    ("INSERT",),
                    "a proposal begins as a draft",
                    "NEW.state <> 'draft'",
                ),
                Rule(
                    "chain_proposal_rests_on_something",
                    "chain_proposal",
                    ("UPDATE",),
                    "a proposal needs a confirmed harvest, or a reason to do without",
                    "NEW.state = 'tabled' AND OLD.state = 'draft' AND NEW.direct_reason = '' AND NOT EXISTS "
                    "(SELECT 1 FROM chain_proposal_harvests JOIN tables_harvest ON tables_harvest.id = harvest_id "
                    "WHERE proposal_id = NEW.id AND tables_harvest.state = 'confirmed')",
                ),
                fixed(
                    "proposal",
                    when="OLD.state IN ('decided', 'withdrawn') OR (OLD.state = 'tabled' AND "
                    + f"({changes('direct_reason', 'story', 'repair', 'supersedes_id')} OR NEW.state = 'draft'))",
                    says="a proposal that was tabled stays as it is",
                ),
                Rule(
                    "chain_proposal_harvest_confirmed",
                    "chain_proposal_harvests",
                    ("INSERT",),
                    "a proposal rests on a confirmed harvest",
                    "(SELECT state FROM tables_harvest WHERE id = NEW.harvest_id) <> 'confirmed'",
                ),
                *parts_of_proposal("harvests"),
                *parts_of_proposal("issues"),
                fixed("proposalversion", when="1 = 1", says="a version stays as it is"),
                Rule(
                    "chain_proposalversion_in_time",
                    "chain_proposalversion",
                    ("INSERT",),
                    "nothing is added to a proposal that was decided",
                    f"{PROPOSAL.format('NEW')} NOT IN ('draft', 'tabled')",
                ),
            ]
        ),
        keep(
            [
                Rule(
                    "chain_decision_begins",
                    "chain_decision",
                    ("INSERT",),
                    "a decision begins undecided",
                    "NEW.outcome <> 'pending'",
                ),
                fixed(
                    "decision",
                    when="OLD.outcome <> 'pending' OR " + changes("code", "proposal_id", "made_at"),
                    says="a decision cannot change, only be superseded",
                ),
                Rule(
                    "chain_decision_has_consent",
                    "chain_decision",
                    ("UPDATE",),
                    "every body must consent, with enough members present",
                    f"NEW.outcome IN {ADOPTED} AND ({LACKS_CONSENT})",
                ),
                fixed("decidingbody", when="1 = 1", says="who decides is fixed"),
                Rule(
                    "chain_decidingbody_in_time",
                    "chain_decidingbody",
                    ("INSERT",),
                    "who decides is fixed",
                    f"{OUTCOME.format('NEW')} <> 'pending'",
                ),
                Rule(
                    "chain_endorsement_by_who_may",
                    "chain_endorsement",
                    ("INSERT",),
                    "only a member of the body who may decide speaks for it, while it is undecided",
                    f"{OUTCOME.format('NEW')} <> 'pending' OR NOT EXISTS (SELECT 1 FROM chain_decidingbody "
                    "WHERE decision_id = NEW.decision_id AND body_id = NEW.body_id) OR NOT EXISTS "
                    "(SELECT 1 FROM bodies_membership WHERE id = NEW.given_by_id AND body_id = NEW.body_id "
                    "AND may_decide)",
                ),
                fixed(
                    "endorsement",
                    when=changes(
                        "decision_id", "body_id", "version", "stance", "reason", "given_by_id", "basis", "present", "at"
                    )
                    + f" OR OLD.replaced OR {OUTCOME.format('OLD')} <> 'pending'",
                    says="what a body said stays as it is",
                ),
            ]
        ),
        keep(
            [
                Rule(
                    "chain_action_begins",
                    "chain_action",
                    ("INSERT",),
                    "an action begins as proposed",
                    "NEW.state <> 'proposed'",
                ),
                Rule(
                    "chain_action_whole_thread",
                    "chain_action",
                    ("UPDATE",),
                    "an action is adopted with a decision, a whole thread, a result and a place",
                    f"NEW.state IN {UNDER_WAY} AND (OLD.state = 'proposed' OR "
                    + changes("decision_id", "body_id", "no_body_reason")
                    + f") AND ({OUTCOME.format('NEW')} NOT IN {ADOPTED} OR NOT {HAS_TRACE} "
                    "OR NOT EXISTS (SELECT 1 FROM chain_actionresult WHERE action_id = NEW.id) "
                    f"OR (NEW.body_id IS NULL AND NOT {CONSIDERED}))",
                ),
                Rule(
                    "chain_action_accepted_by_verdicts",
                    "chain_action",
                    ("UPDATE",),
                    "an action is accepted when each desired result has a verdict",
                    "NEW.state = 'accepted' AND OLD.state <> 'accepted' AND (OLD.state <> 'reported_done' OR EXISTS "
                    "(SELECT 1 FROM chain_actionresult WHERE action_id = NEW.id AND NOT EXISTS "
                    "(SELECT 1 FROM chain_verdict WHERE chain_verdict.result_id = chain_actionresult.id)))",
                ),
                fixed(
                    "action",
                    when="OLD.state IN ('accepted', 'stopped') OR (OLD.state <> 'proposed' AND ("
                    + changes("code", "decision_id", "title", "told", "due", "made_at", "adopted_at")
                    + " OR NEW.state = 'proposed'))",
                    says="an adopted action keeps its words and its date",
                ),
                *(
                    Rule(
                        f"chain_actionresult_{row.lower()}",
                        "chain_actionresult",
                        on,
                        "the desired results of an adopted action stay as they are",
                        f"{ACTION.format(row)} <> 'proposed'",
                    )
                    for row, on in (("NEW", ("INSERT", "UPDATE")), ("OLD", ("UPDATE",)))
                ),
                fixed(
                    "placement",
                    when="OLD.state IN ('accepted', 'declined') OR " + changes("action_id", "body_id", "made_at"),
                    says="an answer to an offer stays as it is",
                ),
            ]
        ),
        keep(
            [
                fixed(
                    "programmeversion",
                    when=changes("programme_id", "number", "content", "hash", "made_by_id", "made_at")
                    + " OR OLD.signed_by_id IS NOT NULL",
                    says="a published programme stays as it is",
                ),
                fixed(
                    "progressreport", when="OLD.state = 'submitted'", says="a report that was handed in stays as it is"
                ),
                fixed("verdict", when="1 = 1", says="a verdict stays as it is"),
                Rule(
                    "chain_verdict_by_somebody_else",
                    "chain_verdict",
                    ("INSERT",),
                    "a result is not accepted by the owner of the action, nor before it is reported done",
                    "EXISTS (SELECT 1 FROM chain_actionresult JOIN chain_action ON chain_action.id = action_id "
                    "JOIN bodies_membership owner ON owner.id = chain_action.owner_id "
                    "JOIN bodies_membership giver ON giver.id = NEW.given_by_id "
                    "WHERE chain_actionresult.id = NEW.result_id AND (owner.person_id = giver.person_id "
                    "OR chain_action.state <> 'reported_done'))",
                ),
                fixed(
                    "account",
                    when="OLD.state = 'discharged' OR (OLD.state <> 'draft' AND ("
                    + changes("content", "hash", "learned", "programme_id", "frozen_by_id", "signed_by_id", "frozen_at")
                    + " OR NEW.state = 'draft')) OR (OLD.state = 'presented' AND NEW.state = 'frozen')",
                    says="a fixed account stays as it is",
                ),
                fixed("notice", when=changes("key", "kind", "person_id"), says="a notice stays what it is"),
            ]
        ),
    ]

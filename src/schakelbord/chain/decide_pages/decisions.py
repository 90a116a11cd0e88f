"""What the pages of decisions show: each body's word, what is missing, how the room felt, and the actions under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.codes import BodyKind, MemberRole
from schakelbord.bodies.models import Body, Membership
from schakelbord.chain.actions import Lack, has_whole_thread, lacks_of
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState, Outcome, ProposalState, Stance
from schakelbord.chain.deciding import Missing, missing_of
from schakelbord.chain.models import Action, DecidingBody, Decision, Endorsement, Proposal, ProposalVersion
from schakelbord.chain.proposals import Piece, difference
from schakelbord.chain.rights import may_lead_chain, seats_of
from schakelbord.dossiers.models import Issue
from schakelbord.meetings.codes import MeetingState
from schakelbord.meetings.models import Convening
from schakelbord.tables.models import DesiredResult, Harvest, Statement, Vote
from schakelbord.tables.results import Outcome as PulseOutcome
from schakelbord.tables.results import outcome_from

AGREED, WAITING, OBJECTS, ABSTAINS, TOO_FEW, SILENT = "agreed", "waiting", "objection", "abstains", "presence", "silent"
MOST_NAMES: Final = 3
ICONS: Final[dict[str, str]] = {
    BodyKind.PLATFORM: "platform",
    BodyKind.STRATEGIC_BOARD: "beraad",
    BodyKind.WORKING_GROUP: "werkgroep",
    BodyKind.EXISTING: "mensen",
}
TO_COME: Final = (MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.OPEN)


@dataclass(frozen=True, slots=True)
class Side:
    """A body that decides, and how far it is; `meets` is the next meeting that it convenes."""

    deciding: DecidingBody
    state: str
    said: Endorsement | None = None
    who: tuple[Membership, ...] = ()
    meets: dt.datetime | None = None

    @property
    def body(self) -> Body:
        """The body itself."""
        return self.deciding.body

    @property
    def icon(self) -> str:
        """The picture of its kind."""
        return ICONS[self.deciding.body.kind]

    @property
    def speaker(self) -> str:
        """Who spoke for it, with what they are in it."""
        return called(self.said.given_by) if self.said else ""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is missing: what, from whom, and who may give it."""

    missing: Missing
    until: dt.date | None

    @property
    def names(self) -> str:
        """Who may give consent, with "or" before the last."""
        seats = sorted(self.missing.who, key=lambda seat: seat.role != MemberRole.CHAIR)
        names = [
            f"{seat.person.name} ({MemberRole.CHAIR.label})" if seat.role == MemberRole.CHAIR else seat.person.name
            for seat in seats
        ]
        if len(names) < 2:
            return "".join(names)
        if len(names) > MOST_NAMES + 1:
            more = len(names) - MOST_NAMES
            words = ngettext("%(names)s or %(count)s other", "%(names)s or one of %(count)s others", more)
            return words % {"names": ", ".join(names[:MOST_NAMES]), "count": more}
        return _("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement of a table below the decision, with what came of its vote."""

    text: str
    table: int
    outcome: PulseOutcome


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action under a decision, with what it lacks to be adopted."""

    action: Action
    lacks: tuple[Lack, ...]

    @property
    def is_proposed(self) -> bool:
        """Whether it can still be filled in and adopted."""
        return self.action.state == ActionState.PROPOSED


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision with everything around it."""

    decision: Decision
    proposal: Proposal
    version: ProposalVersion
    before: ProposalVersion | None
    pieces: tuple[Piece, ...]
    sides: tuple[Side, ...]
    needs: tuple[Need, ...]
    harvests: tuple[Harvest, ...]
    issues: tuple[Issue, ...]
    undated: tuple[DesiredResult, ...]
    readings: tuple[Reading, ...]
    actions: tuple[ActionRow, ...]
    seats: tuple[Membership, ...]
    heading: str
    is_open: bool
    may_lead: bool

    @property
    def text(self) -> str:
        """The words that count: fixed ones once it was decided."""
        return self.decision.final_text or self.version.text

    @property
    def is_pair(self) -> bool:
        """Whether two bodies decide, so that their two threads can be drawn."""
        return len(self.sides) == 2

    @property
    def drawn(self) -> str:
        """What the drawing of the two threads says."""
        parts = [f"{side.body.called}: {state_words(side.state)}" for side in self.sides]
        return _("Two threads to the decision. %(parts)s.") % {"parts": ". ".join(parts)}


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal or decision in the list."""

    proposal: Proposal
    decision: Decision | None
    text: str
    state: str
    sides: tuple[Side, ...]
    days: int
    is_waiting: bool

    @property
    def code(self) -> str:
        """The code that people know it by."""
        return self.decision.code if self.decision else self.proposal.code

    @property
    def state_label(self) -> str:
        """How far it is, in the language at hand."""
        if self.decision and self.proposal.state == ProposalState.DECIDED:
            return self.decision.get_outcome_display()
        return self.proposal.get_state_display()

    @property
    def path(self) -> str:
        """Where it is read."""
        return f"/besluiten/{self.decision.code}" if self.decision else f"/voorstellen/{self.proposal.code}"

    @property
    def lacking(self) -> tuple[Side, ...]:
        """The bodies from which something is missing."""
        return tuple(side for side in self.sides if side.state != AGREED) if self.is_waiting else ()


def decision_page(decision: Decision, actor: Actor, *, today: dt.date, now: dt.datetime) -> DecisionPage:
    """Everything of a decision; a fixed number of queries for two bodies, and none an action."""
    proposal = decision.proposal
    versions = {row.number: row for row in proposal.versions.all()}
    is_open = decision.outcome == Outcome.PENDING and proposal.state == ProposalState.TABLED
    missing = missing_of(decision, today=today) if is_open else ()
    harvests = tuple(proposal.harvests.select_related("table__theme", "table__meeting").order_by("pk"))
    sides = sides_of(decision, missing, is_open=is_open, now=now)
    version, before = versions[proposal.version], versions.get(proposal.version - 1)
    bodies = {side.body.pk for side in sides}
    seats = seats_of(actor, today).filter(may_decide=True, body_id__in=bodies).select_related("body", "person")
    return DecisionPage(
        decision=decision,
        proposal=proposal,
        version=version,
        before=before,
        pieces=difference(before.text, version.text) if before else (),
        sides=sides,
        needs=tuple(Need(one, _until(one.who)) for one in missing),
        harvests=harvests,
        issues=issues_under(proposal, harvests),
        undated=tuple(DesiredResult.objects.filter(harvest__in=harvests, removed=False, by_when=None).order_by("pk")),
        readings=readings_of(harvests),
        actions=action_rows(decision, today=today),
        seats=tuple(seats) if is_open else (),
        heading=heading_of(decision, len(missing), is_open=is_open),
        is_open=is_open,
        may_lead=may_lead_chain(actor),
    )


def heading_of(decision: Decision, missing: int, *, is_open: bool) -> str:
    """What the page says first: how far it is, and how many things are missing."""
    if decision.proposal.state == ProposalState.WITHDRAWN:
        return _("This proposal was withdrawn")
    if not is_open:
        return {
            Outcome.ADOPTED: _("This decision was adopted"),
            Outcome.AMENDED: _("This decision was adopted, with changes"),
            Outcome.REJECTED: _("This proposal was rejected"),
            Outcome.DEFERRED: _("This proposal was put off"),
        }[Outcome(decision.outcome)]
    if not missing:
        return _("Everything is there: this decision can be adopted")
    words = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six")}
    return ngettext(
        "One more thing, then this decision can be adopted",
        "%(count)s more things, then this decision can be adopted",
        missing,
    ) % {"count": words.get(missing, str(missing))}


def sides_of(decision: Decision, missing: Iterable[Missing], *, is_open: bool, now: dt.datetime) -> tuple[Side, ...]:
    """The bodies that decide, with what they said last and when they meet."""
    deciding = list(decision.deciding.select_related("body").order_by("order"))
    said = {row.body_id: row for row in decision.endorsements.filter(replaced=False).select_related("given_by__person")}
    who = {one.body.pk: one.who for one in missing}
    rows = (
        Convening.objects.filter(
            body_id__in=[one.body_id for one in deciding], meeting__starts_at__gt=now, meeting__state__in=TO_COME
        )
        .order_by("-meeting__starts_at")
        .values_list("body_id", "meeting__starts_at")
    )
    meets = dict(rows)
    return tuple(
        Side(
            one,
            state_of(one, said.get(one.body_id), is_open=is_open),
            said.get(one.body_id),
            who.get(one.body_id, ()),
            meets.get(one.body_id),
        )
        for one in deciding
    )


def state_of(deciding: DecidingBody, said: Endorsement | None, *, is_open: bool) -> str:
    """How far a body is: agreed, waiting (silent, once the decision fell), objection, abstains or presence."""
    if said is None:
        return WAITING if is_open else SILENT
    if said.stance != Stance.CONSENT:
        return OBJECTS if said.stance == Stance.OBJECTION else ABSTAINS
    return AGREED if said.present >= deciding.needed else TOO_FEW


def state_words(state: str) -> str:
    """How far a body is, in words."""
    return {
        AGREED: pgettext("body", "consents"),
        WAITING: pgettext("body", "asked, no answer yet"),
        SILENT: pgettext("body", "gave no answer"),
        OBJECTS: pgettext("body", "objects"),
        ABSTAINS: pgettext("body", "abstains"),
        TOO_FEW: pgettext("body", "consents, with too few members"),
    }[state]


def called(seat: Membership) -> str:
    """The name of a member with what they are: chair, secretary, or their function."""
    role = str(MemberRole(seat.role).label) if seat.role != MemberRole.MEMBER else seat.function
    return f"{seat.person.name}, {role}" if role else seat.person.name


def issues_under(proposal: Proposal, harvests: Sequence[Harvest]) -> tuple[Issue, ...]:
    """The gaps and dilemmas below a proposal: its own, and those on the tables of its harvests."""
    own = Issue.objects.filter(proposals=proposal)
    on_tables = Issue.objects.filter(table_issues__table_id__in=[row.table_id for row in harvests])
    return tuple((own | on_tables).distinct().order_by("pk"))


def readings_of(harvests: Sequence[Harvest]) -> tuple[Reading, ...]:
    """The closed reading votes of the tables below, counted in two queries."""
    tables = {row.table_id: row.table.number for row in harvests}
    statements = Statement.objects.filter(table_id__in=tables, state="closed").order_by("table__number", "order")
    counted: dict[int, list[tuple[str, int, int]]] = {}
    rows = (
        Vote.objects.filter(statement__in=statements, replaced=False)
        .values_list("statement_id", "layer", "value")
        .annotate(count=Count("pk"))
        .order_by()
    )
    for statement, layer, value, count in rows:
        counted.setdefault(statement, []).append((layer, value, count))
    return tuple(
        Reading(one.text, tables[one.table_id], outcome_from(counted.get(one.pk, [])))
        for one in statements
        if one.table_id is not None
    )


def action_rows(decision: Decision, *, today: dt.date) -> tuple[ActionRow, ...]:
    """The actions under a decision with what each lacks."""
    rows = list(
        decision.actions.select_related("owner__person", "owner__body", "body")
        .prefetch_related("results", "placements")
        .order_by("pk")
    )
    for row in rows:
        row.decision = decision
    is_whole = has_whole_thread(rows[0]) if rows else True
    return tuple(
        ActionRow(row, lacks_of(row, today=today, is_whole=is_whole) if row.state == ActionState.PROPOSED else ())
        for row in rows
    )


def proposals_with_text() -> QuerySet[Proposal]:
    """All proposals with the words of their version as `now_text`, and the word of each body ready."""
    text = ProposalVersion.objects.filter(proposal=OuterRef("pk"), number=OuterRef("version")).values("text")[:1]
    said = Prefetch("decision__endorsements", queryset=Endorsement.objects.filter(replaced=False), to_attr="said")
    return (
        Proposal.objects.select_related("decision", "meeting", "dossier")
        .annotate(now_text=Subquery(text))
        .prefetch_related(Prefetch("decision__deciding", queryset=DecidingBody.objects.select_related("body")), said)
    )


def line_of(proposal: Proposal, *, today: dt.date) -> Line:
    """A proposal of `proposals_with_text` as a line; asks nothing of the database."""
    decision: Decision | None = getattr(proposal, "decision", None)
    said = {row.body_id: row for row in getattr(decision, "said", ())}
    deciding = decision.deciding.all() if decision else ()
    since = decision.made_at if decision else proposal.made_at
    is_waiting = proposal.state == ProposalState.TABLED
    decided = decision is not None and proposal.state == ProposalState.DECIDED
    text = decision.final_text if decision and decision.final_text else getattr(proposal, "now_text", "")
    return Line(
        proposal=proposal,
        decision=decision,
        text=text,
        state=decision.outcome if decision and decided else proposal.state,
        sides=tuple(
            Side(one, state_of(one, said.get(one.body_id), is_open=is_waiting), said.get(one.body_id))
            for one in deciding
        ),
        days=max(0, (today - day_of(since)).days),
        is_waiting=is_waiting,
    )


def _until(who: Sequence[Membership]) -> dt.date | None:
    """Until when those who may give consent all may; None when nobody's seat ends."""
    return min((seat.to_day for seat in who if seat.to_day), default=None)

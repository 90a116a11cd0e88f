"""The page of an issue: where it stands, its route as a picture, and every step up and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import BodyKind
from schakelbord.bodies.models import Body
from schakelbord.chain import issues as making
from schakelbord.chain import referrals
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import AnswerKind, Direction, ReferralState
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.issue_pages.route import route_of
from schakelbord.chain.issue_pages.views_common import (
    a_body,
    the_issue,
)
from schakelbord.chain.models import Action, Decision, Referral
from schakelbord.chain.referrals import OPEN, place_of, skips
from schakelbord.chain.rights import (
    may_answer_for,
    may_lead_chain,
)
from schakelbord.core.languages import current_language, said
from schakelbord.core.numbers import whole_number, whole_numbers
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Issue
from schakelbord.dossiers.rights import may_make_dossiers
from schakelbord.errors import InputError, RightError, SchakelbordError
from schakelbord.live.journal import Payload
from schakelbord.meetings.models import Table
from schakelbord.stories.library import all_stories


@require_safe
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """An issue with its route."""
    found = the_issue(request, code)
    if found.code != code:
        return redirect("chain:issue", found.code)
    return render(request, "chain/issues_page.html", _page(request, found))


@require_POST
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step of an issue; a refusal stands at its field, and what was typed stays."""
    found, actor = the_issue(request, code), actor_of(request.user)
    work = STEPS.get(verb)
    if work is None:
        raise Http404
    try:
        work.do(actor, found, request.POST, form_key(request.POST))
    except SchakelbordError as refusal:
        context = _page(request, found) | {
            "problem": said(refusal),
            "where": refusal.where,
            "verb": verb,
            "typed": request.POST,
            "key": fresh_key() if not isinstance(refusal, InputError) else form_key(request.POST),
        }
        status = 403 if isinstance(refusal, RightError) else 400
        return render(request, "chain/issues_page.html", context, status=status)
    messages.success(request, str(work.done) % {"code": found.code})
    return redirect("chain:issue", found.code)


AT_FIELDS: Final = frozenset({"asked_by", "to", "question", "due", "skip_reason", "kind", "answer", "reason"})
"""Where a refusal is shown beside what was typed; any other stands above the page."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a form of the page of an issue does, and what is said when it is done."""

    do: Callable[[Actor, Issue, QueryDict, str], Payload]
    done: Promise


def _refer(actor: Actor, found: Issue, given: QueryDict, key: str) -> Payload:
    to = a_body(given.get("to"))
    if to is None:
        raise InputError("to", "to", nl="Kies een gremium.", en="Choose a body.")
    return referrals.refer(
        actor,
        found,
        to=to,
        question=given.get("question", ""),
        due=given.get("due", ""),
        skip_reason=given.get("skip_reason", ""),
        asked_by=a_body(given.get("asked_by")),
        key=key,
    )


def _take_up(actor: Actor, found: Issue, given: QueryDict, key: str) -> Payload:
    return referrals.take_up(actor, _referral(found, given), key=key)


def _decline(actor: Actor, found: Issue, given: QueryDict, key: str) -> Payload:
    return referrals.decline(actor, _referral(found, given), reason=given.get("reason", ""), key=key)


def _answer(actor: Actor, found: Issue, given: QueryDict, key: str) -> Payload:
    kind, text = given.get("kind", ""), given.get("answer", "")
    return referrals.answer(actor, _referral(found, given), kind=kind, text=text, key=key)


def _bring_home(actor: Actor, found: Issue, given: QueryDict, key: str) -> Payload:
    return referrals.bring_home(actor, found, text=given.get("answer", ""), key=key)


def _themes(actor: Actor, found: Issue, given: QueryDict, key: str) -> Payload:
    themes = found.dossier.themes.filter(pk__in=whole_numbers(given.getlist("themes")))
    return making.set_themes(actor, found, list(themes), key=key)


def _state(state: str) -> Callable[[Actor, Issue, QueryDict, str], Payload]:
    def do(actor: Actor, found: Issue, given: QueryDict, key: str) -> Payload:
        begins_at = a_body(given.get("begins_at")) if state == IssueState.ACCEPTED else None
        return making.set_state(actor, found, state, reason=given.get("reason", ""), begins_at=begins_at, key=key)

    return do


STEPS: Final[dict[str, Step]] = {
    "thema": Step(_themes, pgettext_lazy("issue", "The themes of %(code)s are kept.")),
    "leg-voor": Step(_refer, pgettext_lazy("issue", "%(code)s is asked of the body.")),
    "pak-op": Step(_take_up, pgettext_lazy("issue", "%(code)s is taken up.")),
    "wijs-af": Step(_decline, pgettext_lazy("issue", "The reason is kept. %(code)s lies where it lay.")),
    "antwoord": Step(_answer, pgettext_lazy("issue", "The answer on %(code)s is kept.")),
    "breng-thuis": Step(_bring_home, pgettext_lazy("issue", "The answer on %(code)s is at home.")),
    "neem-op": Step(_state(IssueState.ACCEPTED), pgettext_lazy("issue", "%(code)s is taken in.")),
    "geef-terug": Step(_state(IssueState.RETURNED), pgettext_lazy("issue", "%(code)s is given back, with the reason.")),
    "bewaar": Step(_state(IssueState.PARKED), pgettext_lazy("issue", "%(code)s is kept for later, with the reason.")),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an issue stands, in a word with an icon, who is on turn, and since when."""

    look: str
    icon: str
    word: str
    body: Body | None
    since: dt.date
    age: int
    due: dt.date | None
    days_left: int

    @property
    def days_late(self) -> int:
        """Days after the day that was asked for."""
        return -self.days_left


def _standing(found: Issue, steps: list[Referral], today: dt.date) -> Standing:
    taken = [row for row in steps if row.state != ReferralState.DECLINED]
    last = taken[-1] if taken else None
    holder = last.to_body if last else found.submitted_by
    since = day_of(last.made_at if last else found.made_at)
    due = last.due if last and last.state in OPEN else None
    over = {
        IssueState.RESOLVED: ("done", "vink", pgettext("issue", "answer at home")),
        IssueState.RETURNED: ("", "terug", str(found.get_state_display())),
        IssueState.PARKED: ("soft", "pauze", str(found.get_state_display())),
    }
    if found.state in over:
        look, icon, word = over[IssueState(found.state)]
        return Standing(look, icon, word, None, day_of(found.changed_at), 0, None, 0)
    if last is None:
        icon = "tafel" if found.state in {IssueState.ON_TABLE, IssueState.HARVESTED} else "vraag"
        look, word = "", str(found.get_state_display())
    elif last.direction == Direction.DOWN:
        look, icon, word = "agreed", "neer", gettext("answer on its way back")
    elif last.state == ReferralState.ANSWERED:
        look, icon, word = "agreed", "gesprek", str(last.get_answer_kind_display())
    else:
        look, icon, word = "waiting", "op", gettext("question on its way up")
    left = (due - today).days if due else 0
    return Standing(look, icon, word, holder, since, max(0, (today - since).days), due, left)


def _page(request: HttpRequest, found: Issue) -> dict[str, Any]:
    actor, today = actor_of(request.user), day_of(timezone.now())
    steps = list(found.referrals.select_related("from_body", "to_body__secretary").order_by("order"))
    standing = _standing(found, steps, today)
    now = next((row for row in steps if row.state in OPEN), None)
    answered = [row for row in steps if row.answer]
    leads, over = may_lead_chain(actor), found.state in {IssueState.RESOLVED, IssueState.RETURNED}
    may_refer = leads and now is None and not over
    bodies = list(Body.objects.order_by("name")) if may_refer else []
    bodies = [row for row in bodies if row.active_to is None or row.active_to >= today]
    holder = standing.body or found.submitted_by
    platforms = [row for row in bodies if row.kind == BodyKind.PLATFORM]
    may_set = (
        may_make_dossiers(actor)
        and now is None
        and found.state in {IssueState.SUBMITTED, IssueState.ACCEPTED, IssueState.PARKED, IssueState.RETURNED}
    )
    # Back with the body where it began, an answer has nowhere to go but home.
    home_is_next = may_refer and bool(answered) and holder is not None and holder.pk == found.submitted_by_id
    tables = Table.objects.filter(table_issues__issue=found).select_related("meeting").order_by("pk")
    decisions = Decision.objects.filter(proposal__harvests__table__table_issues__issue=found) | Decision.objects.filter(
        proposal__issues=found
    )
    decisions = decisions.select_related("proposal").distinct().order_by("pk")
    return {
        "issue": found,
        "themes": list(found.themes.order_by("order")),
        "themes_to_choose": list(found.dossier.themes.order_by("order")) if may_make_dossiers(actor) else [],
        "organisations": list(found.organisations.order_by("name")),
        "events": _events(found, steps),
        "route": route_of(found, steps, today=today),
        "standing": standing,
        "now": now,
        "today": today,
        "may_answer": now is not None and may_answer_for(actor, now.to_body, today),
        "leads": leads,
        "may_refer": may_refer,
        "may_go_home": may_refer and bool(answered),
        "home_is_next": home_is_next,
        "may_set": may_set,
        "begins_first": may_set and may_refer and holder is None,
        "bodies": [row for row in bodies if holder is None or row.pk != holder.pk],
        "skipping": {row.pk for row in bodies if holder is not None and skips(holder, row)},
        "holder": holder,
        "next": 0 if home_is_next else _next_body(holder, steps, bodies),
        "begins": platforms[0].pk if len(platforms) == 1 else 0,
        "kinds": AnswerKind.choices,
        "tables": list(tables),
        "decisions": list(decisions),
        "actions": list(Action.objects.filter(decision__in=decisions).order_by("pk")),
        "story": all_stories().get(found.story) if found.story else None,
        "story_title": _story_title(found),
        "at_fields": AT_FIELDS,
        "typed": {},
        "key": fresh_key(),
    }


@dataclass(frozen=True, slots=True)
class Event:
    """A line step by step. `what`: brought, asked, answered, declined, now, onward, home, returned or parked."""

    what: str
    at: dt.datetime
    step: Referral | None = None


def _events(found: Issue, steps: list[Referral]) -> list[Event]:
    """What happened, in the order in which it did; what goes on now comes last."""
    events = [Event("brought", found.made_at)]
    now: list[Event] = []
    for row in steps:
        if row.state in OPEN:
            now.append(Event("now", row.made_at, row))
            continue
        events.append(Event("asked", row.made_at, row))
        if row.state == ReferralState.DECLINED:
            events.append(Event("declined", row.closed_at or row.made_at, row))
        else:
            events.append(Event("answered", row.answered_at or row.made_at, row))
    over = {IssueState.RESOLVED: "home", IssueState.RETURNED: "returned", IssueState.PARKED: "parked"}
    if found.state in over:
        now.append(Event(over[IssueState(found.state)], found.changed_at))
    elif steps and not now:
        now.append(Event("onward", steps[-1].answered_at or steps[-1].closed_at or steps[-1].made_at, steps[-1]))
    return [*sorted(events, key=lambda row: row.at), *now]


def _next_body(holder: Body | None, steps: list[Referral], bodies: list[Body]) -> int:
    """The body that comes next: back where an answered question came from, else one step up; 0 when several."""
    answered = [row for row in steps if row.state == ReferralState.ANSWERED]
    if answered:
        came_from = [row.from_body_id for row in answered if row.direction == Direction.UP]
        visited = [pk for pk in reversed(came_from) if holder is None or pk != holder.pk]
        if visited:
            return visited[0]
    if holder is None:
        return 0
    above = [row for row in bodies if place_of(row) == place_of(holder) + 1 and row.kind != BodyKind.EXISTING]
    return above[0].pk if len(above) == 1 else 0


def _story_title(found: Issue) -> str:
    story = all_stories().get(found.story) if found.story else None
    return story.title.get(current_language()) if story else ""


def _referral(found: Issue, given: QueryDict) -> Referral:
    row = found.referrals.filter(pk=whole_number(given.get("referral"))).first()
    if row is None:
        raise Http404
    return row

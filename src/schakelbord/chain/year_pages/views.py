"""The programme of a year: its actions and how they stand, its versions, and the year before beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from schakelbord.accounts.actors import Actor
from schakelbord.accounts.selectors import actor_of
from schakelbord.bodies.codes import BodyKind
from schakelbord.bodies.models import Body
from schakelbord.chain import programmes
from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState, ProgrammeState
from schakelbord.chain.form_keys import form_key, fresh_key
from schakelbord.chain.models import Action, ActionProgramme, ProgrammeVersion
from schakelbord.chain.rights import (
    may_lead_chain,
    may_publish,
    may_read_chain,
    may_read_in_chain,
    may_sign,
    readable_in_chain,
)
from schakelbord.chain.year_pages.quarters import quarters_of
from schakelbord.chain.year_pages.versions import changes_between, content_now, parts_of
from schakelbord.chain.year_pages.year import ATTENTION, DONE, GROUPS, RUNNING, STOPPED, Row, rows_of, tally_of
from schakelbord.core.errors import STATUS_OF
from schakelbord.core.languages import said
from schakelbord.core.numbers import whole_number
from schakelbord.dossiers.models import Dossier
from schakelbord.errors import InputError, RightError, SchakelbordError

AT_ONCE: Final = 60
"""Rows that a page shows at once; the rest comes when somebody asks."""
VIEWS: Final = ("lijst", "tijdlijn")
WAYS: Final = ("stand", "thema", "gremium")
WHICH: Final = ("alles", "aandacht", "mij")
WEIGHT: Final = ("owner", "due", "answer", "stuck", "report")
"""What asks attention, the gravest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the rows under it. `count` is how many there are, also when not all of them are shown."""

    title: str
    rows: tuple[Row, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, as a link."""

    label: str
    url: str
    is_on: bool
    count: int | None = None


def programme_to_read(request: HttpRequest, year: int | None = None) -> ActionProgramme | None:
    """The programme of a year in the dossier that is asked for; None when there is none.

    Without a year it is the one that runs now, so that the first action of next year does not hide what asks attention.

    Raises:
        RightError: this is for who prepares, decides, owns, takes on or checks.
        Http404: that year has no programme.
    """
    actor = actor_of(request.user)
    require_reader(may_read_chain(actor))
    rows = ActionProgramme.objects.filter(readable_in_chain(actor)).select_related("dossier").order_by("-year", "-pk")
    wanted = whole_number(request.GET.get("dossier") or request.POST.get("dossier"))
    if wanted:
        rows = rows.filter(dossier_id=wanted)
    if year:
        found = rows.filter(year=year).first()
        if found is None:
            raise Http404
        return found
    return rows.filter(year__lte=day_of(timezone.now()).year).first() or rows.last()


def require_reader(is_allowed: bool) -> None:
    """Stop here when somebody may not read this of the chain.

    Raises:
        RightError: says who may.
    """
    if not is_allowed:
        raise RightError(
            "not_a_reader",
            nl="Dit kunt u niet zien. Het is voor wie voorbereidt, besluit, uitvoert of controleert. "
            "Kies een andere rol, of kijk bij het openbare deel.",
            en="You cannot see this. It is for who prepares, decides, carries out or checks. "
            "Choose another role, or look at what is public.",
        )


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The programme of this year; a page that says how to make one when there is none."""
    found = programme_to_read(request)
    if found is None:
        return render(request, "chain/year_none.html", _making(request))
    address = reverse("chain:programme", args=[found.year])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)


@require_safe
def programme(request: HttpRequest, year: int) -> HttpResponse:
    """The actions of a year."""
    return _page(request, year)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make the programme of a year."""
    given, actor, now = request.POST, actor_of(request.user), timezone.now()
    dossier = Dossier.objects.filter(pk=whole_number(given.get("dossier"))).first()
    bodies = list(Body.objects.filter(kind__in=[BodyKind.PLATFORM, BodyKind.STRATEGIC_BOARD]))
    try:
        if dossier is None:
            raise InputError("dossier", "dossier", nl="Kies een dossier.", en="Choose a dossier.")
        made = programmes.make_programme(actor, dossier, year=whole_number(given.get("year")), bodies=bodies, now=now)
    except InputError as refusal:
        context = _making(request) | {"problem": said(refusal), "where": refusal.where, "typed": given}
        return render(request, "chain/year_none.html", context, status=400)
    return redirect(_address(made))


@require_safe
def comparison(request: HttpRequest, year: int) -> HttpResponse:
    """Two years side by side, in counts."""
    found = _programme(request, year)
    before = ActionProgramme.objects.filter(dossier=found.dossier_id, year__lt=year).order_by("-year").first()
    if before is None:
        raise Http404
    rows = rows_of([before, found], today=day_of(timezone.now()))
    then, now = tally_of(rows[before.pk]), tally_of(rows[found.pk])
    lines = [
        (label, getattr(then, name), getattr(now, name))
        for name, label in (
            ("actions", _("actions")),
            ("attention", _("ask attention")),
            ("running", pgettext("actions", "under way")),
            ("done", pgettext("actions", "done")),
            ("stopped", pgettext("actions", "stopped")),
            ("results", _("desired results")),
            ("reached", _("of these reached")),
            ("partly", _("of these partly reached")),
            ("failed", _("of these not reached")),
            ("unjudged", _("of these not judged yet")),
            ("gaps", _("gaps and dilemmas under the actions")),
            ("closed", _("of these closed")),
        )
    ]
    context = {"programme": found, "before": before, "lines": lines, "back": _address(found)}
    return render(request, "chain/year_comparison.html", context)


@require_safe
def versions(request: HttpRequest, year: int) -> HttpResponse:
    """The versions of a programme, and what changed between two of them."""
    return render(request, "chain/year_versions.html", _versions(request, _programme(request, year)))


@require_POST
def publish_version(request: HttpRequest, year: int) -> HttpResponse:
    """The secretary makes a version; the chair signs it."""
    found, actor = _programme(request, year), actor_of(request.user)
    said_after = _("Version made. The chair signs it now, as the second.")
    return _carry_out(request, found, lambda key: programmes.publish(actor, found, key=key), said_after)


@require_POST
def sign_version(request: HttpRequest, year: int) -> HttpResponse:
    """The chair signs a version."""
    found = _programme(request, year)
    version = found.versions.filter(number=whole_number(request.POST.get("number"))).first()
    if version is None:
        raise Http404
    said_after = _("Signed. This version is the programme now.")
    return _carry_out(
        request, found, lambda key: programmes.sign_programme(actor_of(request.user), version, key=key), said_after
    )


def _carry_out(
    request: HttpRequest, found: ActionProgramme, deed: Callable[[str], object], said_after: str
) -> HttpResponse:
    try:
        deed(form_key(request.POST))
    except RightError:
        raise
    except SchakelbordError as refusal:
        context = _versions(request, found) | {"problem": said(refusal)}
        return render(request, "chain/year_versions.html", context, status=STATUS_OF.get(type(refusal), 400))
    messages.success(request, said_after)
    return redirect(_address(found, "chain:programme_versions"))


def _page(request: HttpRequest, year: int) -> HttpResponse:
    found, actor, today = _programme(request, year), actor_of(request.user), day_of(timezone.now())
    rows = rows_of([found], today=today)[found.pk]
    asked = {name: request.GET.get(name, "") for name in ("toon", "per", "beeld", "thema", "gremium", "alle")}
    themes = {theme.pk: theme.title for row in rows for theme in row.themes}
    bodies = {body.pk: body.called for row in rows for body in _bodies(row.action) if body.pk in row.body_ids}
    sieved = _sieve(rows, themes=whole_number(asked["thema"]), body=whole_number(asked["gremium"]))
    shown = _shown(sieved, asked["toon"], actor)
    parts = _parts(shown, asked["per"], themes, bodies, limit=None if asked["alle"] else AT_ONCE)
    here = _links(request, found)
    version = found.versions.filter(signed_by__isnull=False).order_by("-number").first()
    years = list(
        ActionProgramme.objects.filter(dossier=found.dossier_id).order_by("-year").values_list("year", flat=True)
    )
    context = {
        "programme": found,
        "version": version,
        "tally": tally_of(rows),
        "parts": parts,
        "quarters": quarters_of(shown, year=year, today=today) if asked["beeld"] == "tijdlijn" else None,
        "shown": len({row.code for part in parts for row in part.rows}),
        "all": len(shown),
        "is_sieved": bool(whole_number(asked["thema"]) or whole_number(asked["gremium"])),
        "which": [
            Choice(_("All"), here(toon=""), asked["toon"] not in WHICH[1:], len(sieved)),
            Choice(_("Asks attention"), here(toon="aandacht"), asked["toon"] == "aandacht", _count(sieved, ATTENTION)),
            Choice(_("Mine"), here(toon="mij"), asked["toon"] == "mij", len(_shown(sieved, "mij", actor))),
        ],
        "ways": [
            Choice(_("by how they stand"), here(per=""), asked["per"] not in WAYS[1:]),
            Choice(_("by theme"), here(per="thema"), asked["per"] == "thema"),
            Choice(_("by body"), here(per="gremium"), asked["per"] == "gremium"),
        ],
        "views": [
            Choice(_("List"), here(beeld=""), asked["beeld"] != "tijdlijn"),
            Choice(_("Timeline"), here(beeld="tijdlijn"), asked["beeld"] == "tijdlijn"),
        ],
        "themes": _choices(themes, "thema", asked["thema"], here),
        "bodies": _choices(bodies, "gremium", asked["gremium"], here),
        "everything": here(alle="1"),
        "years": [one for one in years if one != year],
        "has_before": any(one < year for one in years),
        "has_account": hasattr(found, "account"),
        "dossier_query": f"?dossier={found.dossier_id}",
        "may_lead": may_lead_chain(actor),
    }
    return render(request, "chain/year_programme.html", context)


def _programme(request: HttpRequest, year: int) -> ActionProgramme:
    found = programme_to_read(request, year)
    if found is None:
        raise Http404
    return found


def _address(found: ActionProgramme, name: str = "chain:programme") -> str:
    return f"{reverse(name, args=[found.year])}?dossier={found.dossier_id}"


def _links(request: HttpRequest, found: ActionProgramme) -> Callable[..., str]:
    """Makes the address of this page with something else chosen."""
    now = {key: value for key, value in request.GET.items() if value}

    def link(**changes: str) -> str:
        query = {key: value for key, value in (now | changes).items() if value}
        address = reverse("chain:programme", args=[found.year])
        return f"{address}?{urlencode(query)}" if query else address

    return link


def _choices(names: dict[int, str], field: str, asked: str, link: Callable[..., str]) -> list[Choice]:
    """A choice for each name, and one for all of them when something is chosen."""
    rows = [
        Choice(name, link(**{field: "" if asked == str(key) else str(key), "alle": ""}), asked == str(key))
        for key, name in sorted(names.items(), key=lambda item: item[1].casefold())
    ]
    return [Choice(_("all of them"), link(**{field: ""}), is_on=False), *rows] if asked else rows


def _sieve(rows: Sequence[Row], *, themes: int, body: int) -> list[Row]:
    found = [row for row in rows if not themes or themes in {theme.pk for theme in row.themes}]
    return [row for row in found if not body or body in row.body_ids]


def _shown(rows: Sequence[Row], which: str, actor: Actor) -> list[Row]:
    if which == "aandacht":
        return [row for row in rows if row.standing.group == ATTENTION]
    if which == "mij":
        return [row for row in rows if _is_of(row.action, actor)]
    return list(rows)


def _is_of(action: Action, actor: Actor) -> bool:
    """Whether somebody owns an action, or is the secretary of the body that took it on."""
    if actor.user_id is None:
        return False
    if action.owner is not None and action.owner.person.user_id == actor.user_id:
        return True
    return any(
        one.state == "accepted" and one.body.secretary is not None and one.body.secretary.user_id == actor.user_id
        for one in action.placements.all()
    )


def _bodies(action: Action) -> list[Body]:
    own = [action.body] if action.body else []
    return [*own, *(row.body for row in action.placements.all())]


def _count(rows: Sequence[Row], group: str) -> int:
    return sum(1 for row in rows if row.standing.group == group)


def _parts(
    rows: Sequence[Row], way: str, themes: dict[int, str], bodies: dict[int, str], *, limit: int | None
) -> list[Part]:
    """The rows under headings; the first `limit` of them."""
    found: list[tuple[str, list[Row]]] = []
    if way == "thema":
        found = [(name, [row for row in rows if key in {one.pk for one in row.themes}]) for key, name in themes.items()]
        found.append((_("without a theme"), [row for row in rows if not row.themes]))
    elif way == "gremium":
        found = [(name, [row for row in rows if key in row.body_ids]) for key, name in bodies.items()]
        found.append((_("with no existing body"), [row for row in rows if not row.body_ids]))
    else:
        titles = {
            ATTENTION: _("Asks attention"),
            RUNNING: pgettext("heading", "Under way"),
            DONE: pgettext("heading", "Done"),
            STOPPED: pgettext("heading", "Stopped"),
        }
        for group in GROUPS:
            inside = [row for row in rows if row.standing.group == group]
            if group == ATTENTION:
                inside.sort(key=lambda row: (WEIGHT.index(row.standing.why), -row.standing.days))
            found.append((titles[group], inside))
    parts, left = [], len(rows) if limit is None else limit
    for title, inside in found:
        if inside:
            first = inside[: max(left, 0)] if limit is not None else inside
            left -= len(first)
            parts.append(Part(title, tuple(first), len(inside)))
    return parts


def _making(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request.user)
    require_reader(may_read_chain(actor))
    return {
        "dossiers": [row for row in Dossier.objects.order_by("title") if may_read_in_chain(actor, row)],
        "year": day_of(timezone.now()).year,
        "may_lead": may_lead_chain(actor),
        "typed": {},
    }


def _versions(request: HttpRequest, found: ActionProgramme) -> dict[str, Any]:
    """What the page of versions shows: each version, and the difference between two, or with what is there now."""
    actor = actor_of(request.user)
    rows = list(found.versions.select_related("made_by", "signed_by").order_by("-number"))
    by_number = {row.number: row for row in rows}
    upper = by_number.get(whole_number(request.GET.get("tot")))
    lower = by_number.get(whole_number(request.GET.get("van")))
    now = content_now(found)
    if upper is None and lower is None:
        lower = rows[0] if rows else None
    elif upper is not None and lower is None:
        lower = by_number.get(upper.number - 1)
    newest_text = now if upper is None else upper.content
    return {
        "programme": found,
        "versions": [(row, by_number.get(row.number - 1)) for row in rows],
        "lower": lower,
        "upper": upper,
        "changes": changes_between(parts_of(lower.content), parts_of(newest_text)) if lower else (),
        "is_changed": not rows or rows[0].content != now,
        "waits": _waits(rows),
        "is_closed": found.state == ProgrammeState.CLOSED,
        "has_actions": found.actions.exclude(state=ActionState.PROPOSED).exists(),
        "may_publish": may_publish(actor),
        "may_sign": may_sign(actor),
        "user_id": actor.user_id,
        "dossier_query": f"?dossier={found.dossier_id}",
        "back": _address(found),
        "key": fresh_key(),
    }


def _waits(rows: Sequence[ProgrammeVersion]) -> ProgrammeVersion | None:
    """The newest version, when nobody signed it yet."""
    return rows[0] if rows and rows[0].signed_by_id is None else None

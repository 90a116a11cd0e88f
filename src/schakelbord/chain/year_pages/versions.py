"""What changed between two versions of a programme, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from schakelbord.chain.codes import ActionState, PlacementState, VerdictKind
from schakelbord.chain.content import actions_of, number_of, programme_content
from schakelbord.chain.models import ActionProgramme
from schakelbord.chain.seats import names_of_seats, read_content, seats_in
from schakelbord.live.journal import canonical

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one action: `new`, `gone` or `changed`, with a sentence for each thing."""

    kind: str
    code: str
    title: str
    words: tuple[str, ...]


def content_now(programme: ActionProgramme) -> str:
    """What a version would hold if it were made now."""
    return canonical(programme_content(programme, actions=actions_of(programme)))


def parts_of(content: str) -> dict[str, Part]:
    """The actions of a version by their code."""
    return {row["code"]: row for row in read_content(content).get("actions", [])}


def changes_between(before: Mapping[str, Part], after: Mapping[str, Part]) -> tuple[Change, ...]:
    """What changed, action by action, in the order of codes."""
    names = names_of_seats({*seats_in(list(before.values())), *seats_in(list(after.values()))})
    found: list[Change] = []
    for code in sorted({*before, *after}, key=number_of):
        old, new = before.get(code), after.get(code)
        if old is None and new is not None:
            found.append(Change("new", code, new["title"], (_("New in the programme."),)))
        elif new is None and old is not None:
            found.append(Change("gone", code, old["title"], (_("No longer in the programme."),)))
        elif old is not None and new is not None and old != new:
            found.append(Change("changed", code, new["title"], tuple(_words(old, new, names))))
    return tuple(found)


def _words(old: Part, new: Part, names: Mapping[int, str]) -> Iterator[str]:
    if old["state"] != new["state"]:
        yield _("Was “%(old)s”, is “%(new)s”.") % {"old": _state(old), "new": _state(new)}
    if old["owner"]["seat"] != new["owner"]["seat"]:
        yield _("Owner: was %(old)s, is %(new)s.") % {
            "old": names.get(old["owner"]["seat"], _("nobody")),
            "new": names.get(new["owner"]["seat"], _("nobody")),
        }
    if old["body"] != new["body"]:
        yield _("Lies with %(new)s, was with %(old)s.") % {
            "old": old["body"] or _("no body"),
            "new": new["body"] or _("no body"),
        }
    for field, label in (("title", _("title")), ("told", _("explanation")), ("due", _("date"))):
        if old[field] != new[field]:
            yield _("Other %(what)s: “%(new)s”, was “%(old)s”.") % {
                "what": label,
                "old": _shown(old[field]),
                "new": _shown(new[field]),
            }
    yield from _placements(old, new)
    known = {row["code"] for row in old["reports"]}
    codes = [row["code"] for row in new["reports"] if row["code"] not in known]
    if codes:
        yield ngettext("%(count)s report more: %(codes)s.", "%(count)s reports more: %(codes)s.", len(codes)) % {
            "count": len(codes),
            "codes": ", ".join(codes),
        }
    for one, other in zip(old["results"], new["results"], strict=False):
        if one["verdict"] != other["verdict"]:
            yield _("Result %(number)s was judged: %(verdict)s.") % {
                "number": other["order"] + 1,
                "verdict": VerdictKind(other["verdict"]).label,
            }


def _placements(old: Part, new: Part) -> Iterator[str]:
    known = {row["body"]: row["state"] for row in old["placements"]}
    for row in new["placements"]:
        if known.get(row["body"]) != row["state"]:
            yield pgettext("placement", "%(body)s: %(state)s.") % {
                "body": row["body"],
                "state": PlacementState(row["state"]).label,
            }


def _state(part: Part) -> str:
    return str(ActionState(part["state"]).label)


def _shown(value: str | None) -> str:
    """A text, or a day as people write it."""
    try:
        return formats.date_format(dt.date.fromisoformat(value or ""), "DATE_FORMAT")
    except ValueError:
        return value or ""

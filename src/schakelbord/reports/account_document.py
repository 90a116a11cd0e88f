"""The account of a year as a document, in the language of the page at hand: page, PDF and word processor show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.chain.acts import day_of
from schakelbord.chain.codes import ActionState, PlacementState, ReportStatus, VerdictKind
from schakelbord.chain.year_pages.action import figure
from schakelbord.core.languages import current_language
from schakelbord.reports.account_content import AccountRecord, result_id
from schakelbord.reports.blocks import Block, Document, Facts, Grid, Heading, Para

DASH: Final = "–"
Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """One of the four numbers: what it says, of how many, and how it is counted."""

    figure: str
    of: str
    title: str
    how: str


def account_document(record: AccountRecord) -> Document:
    """The account as a document in the language at hand."""
    content = record.content
    year = str(content["year"])
    if record.is_fixed:
        notice = _("Fixed on %(day)s by secretary and chair. Nothing in it changes any more.") % {
            "day": formats.date_format(day_of(record.moment), "DATE_FORMAT")
        }
        foot = _("%(code)s · fixed · %(digest)s")
    else:
        notice = _("This account is a draft: it was not fixed yet.")
        foot = _("%(code)s · draft · %(digest)s")
    return Document(
        language=current_language(),
        title=_("Account of %(year)s") % {"year": year},
        description=_("What bodies agreed to do in a year, what was done, and what came of it."),
        kicker=f"{record.code} · {content['dossier']}",
        notice=notice,
        footer=foot % {"code": record.code, "digest": record.digest[:16]},
        blocks=(
            *_year(record),
            *_numbers(record),
            Heading(1, _("What we learned"), "geleerd"),
            *(Para(text) for text in content["learned"].split("\n") if text.strip()),
            *([] if content["learned"].strip() else [Para(_("Nothing was written down."))]),
            *_overview(record),
            *(block for action in content["actions"] for block in _action(action, record)),
            Heading(1, _("About this account"), "over"),
            Para(_("People stand in the content by the number of their seat. Who was erased shows as such.")),
            Para(_("Fingerprint of the content (SHA-256): %(digest)s") % {"digest": record.digest}),
        ),
    )


def number_words(record: AccountRecord) -> tuple[NumberWords, ...]:
    """The four numbers in words."""
    values, counts = record.content["numbers"], record.content.get("counted", {})

    def of(name: str) -> tuple[int, int]:
        part, whole = counts.get(name, (0, 0))
        return int(part), int(whole)

    whole, adopted = of("thread")
    known, said = of("fate")
    landed, _all = of("days")
    judged, wanted = of("verdict")
    days = values["days"]
    nothing = _("nothing to count")
    return (
        NumberWords(
            _percent(values["thread"]),
            ngettext("%(part)s of %(whole)s action", "%(part)s of %(whole)s actions", adopted)
            % {"part": whole, "whole": adopted}
            if adopted
            else nothing,
            _("have a whole thread"),
            _("Adopted actions from which one can walk to a gap or dilemma, or that a direct proposal explains."),
        ),
        NumberWords(
            _percent(values["fate"]),
            ngettext("%(part)s of %(whole)s contribution", "%(part)s of %(whole)s contributions", said)
            % {"part": known, "whole": said}
            if said
            else nothing,
            _("of what was said has a known fate"),
            _("Contributions of the meetings under these actions that were used, merged, set aside or hidden."),
        ),
        NumberWords(
            DASH if days is None else formats.number_format(days, decimal_pos=0 if days == int(days) else 1),
            ngettext("%(count)s action that landed", "%(count)s actions that landed", landed) % {"count": landed}
            if landed
            else nothing,
            _("days from decision to a body that takes it on"),
            _("The middle one when all are laid in a row: half went faster, half slower."),
        ),
        NumberWords(
            _percent(values["verdict"]),
            ngettext("%(part)s of %(whole)s result", "%(part)s of %(whole)s results", wanted)
            % {"part": judged, "whole": wanted}
            if wanted
            else nothing,
            _("of the desired results were judged"),
            _("Desired results of adopted actions of which somebody else than the owner said whether they came."),
        ),
    )


def _year(record: AccountRecord) -> Iterator[Block]:
    content = record.content
    yield Heading(1, _("The year"), "jaar")
    actions = content["actions"]
    rows = [
        (_("Dossier"), content["dossier"]),
        (_("Year"), str(content["year"])),
        (_("Bodies"), get_text_list(content["bodies"], _("and"))),
        (_("As it was on"), _day(content["day"])),
        (_("Actions"), str(len(actions))),
        (_("Desired results"), str(sum(len(row["results"]) for row in actions))),
        (_("Reports"), str(sum(len(row["reports"]) for row in actions))),
    ]
    yield Facts(tuple((name, value) for name, value in rows if value))


def _numbers(record: AccountRecord) -> Iterator[Block]:
    yield Heading(1, _("Four numbers"), "getallen")
    yield Grid(
        _("What they say and how they are counted"),
        (_("Number"), _("Of how many"), _("What it says"), _("How it is counted")),
        tuple((one.figure, one.of, one.title, one.how) for one in number_words(record)),
        (2, 3, 4, 6),
    )


def _overview(record: AccountRecord) -> Iterator[Block]:
    yield Heading(1, _("The actions"), "acties")
    yield Grid(
        _("All actions of the year"),
        (_("Code"), _("Action"), _("Owner"), _("Lies with"), _("At the latest"), _("State")),
        tuple(
            (
                row["code"],
                row["title"],
                record.name(row["owner"]["seat"]) or DASH,
                row["body"] or DASH,
                _day(row["due"]) or DASH,
                state_words(row),
            )
            for row in record.content["actions"]
        ),
        (2, 6, 3, 4, 3, 3),
    )


def _action(action: Part, record: AccountRecord) -> Iterator[Block]:
    yield Heading(2, f"{action['code']} · {action['title']}", action["code"])
    owner = [record.name(action["owner"]["seat"]), action["owner"]["function"], action["owner"]["organisation"]]
    rows = [
        (_("Explanation"), action["told"]),
        (_("Owner"), ", ".join(part for part in owner if part)),
        (_("Lies with"), action["body"]),
        (_("Why no body"), action["no_body_reason"]),
        (_("Decision"), action["decision"]),
        (_("Harvest"), ", ".join(action["harvests"])),
        (_("Comes from"), ", ".join(action["issues"])),
        (_("Why directly"), action["direct_reason"]),
        (_("At the latest"), _day(action["due"])),
        (_("Reported done"), _moment(action["done"])),
        (_("State"), state_words(action)),
    ]
    yield Facts(tuple((name, value) for name, value in rows if value))
    if action["results"]:
        yield Grid(
            _("%(code)s: desired results") % {"code": action["code"]},
            (_("No."), _("What is different"), _("Measure"), _("Verdict"), _("Why")),
            tuple(
                (
                    result_id(action, row),
                    row["text"],
                    measure_words(row),
                    verdict_words(row),
                    _by(row["verdict_reason"], record.name(row["verdict_seat"])),
                )
                for row in action["results"]
            ),
            (2, 5, 3, 3, 5),
        )
    if action["reports"]:
        yield Grid(
            _("%(code)s: reports") % {"code": action["code"]},
            (_("No."), _("Day"), _("How it goes"), _("What was told"), _("By")),
            tuple(
                (row["code"], _moment(row["at"]), status_words(row), _told(row), record.name(row["seat"]) or DASH)
                for row in action["reports"]
            ),
            (2, 3, 3, 8, 3),
        )
    if action["placements"]:
        yield Grid(
            _("%(code)s: bodies that were looked at") % {"code": action["code"]},
            (_("Body"), _("Outcome"), _("Reason")),
            tuple(
                (row["body"], str(PlacementState(row["state"]).label), row["reason"] or DASH)
                for row in action["placements"]
            ),
            (5, 3, 7),
        )


def state_words(action: Part) -> str:
    """How far an action is."""
    return str(ActionState(action["state"]).label)


def status_words(report: Part) -> str:
    """How it went according to a report."""
    return str(ReportStatus(report["status"]).label)


def verdict_words(result: Part) -> str:
    """What was judged of a result, with the figure that was seen."""
    if not result["verdict"]:
        return _("not judged")
    label = str(VerdictKind(result["verdict"]).label)
    return f"{label} ({_figure(result['verdict_value'])})" if result["verdict_value"] else label


def measure_words(result: Part) -> str:
    """Unit, baseline and target; a dash when nothing is measured."""
    if not result["unit"]:
        return DASH
    return f"{result['unit']}: {_figure(result['baseline']) or DASH} → {_figure(result['target']) or DASH}"


def _told(report: Part) -> str:
    return f"{report['text']} ({_figure(report['value'])})" if report["value"] else report["text"]


def _by(reason: str, name: str) -> str:
    return f"{reason} ({name})" if reason and name else reason or DASH


def _percent(share: float | None) -> str:
    return DASH if share is None else f"{formats.number_format(share * 100, decimal_pos=0)}%"


def _figure(text: str | None) -> str:
    return figure(Decimal(text)) if text else ""


def _day(text: str | None) -> str:
    return formats.date_format(dt.date.fromisoformat(text), "DATE_FORMAT") if text else ""


def _moment(text: str | None) -> str:
    return formats.date_format(day_of(dt.datetime.fromisoformat(text)), "DATE_FORMAT") if text else ""

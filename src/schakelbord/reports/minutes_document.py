"""The minutes as a document, in the language of the page at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from schakelbord.bodies.codes import BodyLayer
from schakelbord.core.languages import current_language
from schakelbord.dossiers.codes import IssueKind
from schakelbord.meetings.codes import Layer
from schakelbord.reports.blocks import Block, Document, Facts, Grid, Heading, Para
from schakelbord.reports.minutes import (
    FATES,
    ContributionPart,
    Fate,
    HarvestPart,
    Minutes,
    PersonPart,
    ResultPart,
    StatementPart,
    TablePart,
    TallyPart,
)
from schakelbord.tables.codes import HarvestState, Kind, StatementState

DASH = "–"


def minutes_document(minutes: Minutes, *, digest: str) -> Document:
    """The minutes as a document in the language at hand.

    Args:
        minutes: draft or adopted.
        digest: of their content, so that whoever holds the document can compare it with the file.
    """
    is_adopted = minutes.adopted_at is not None
    fingerprint = _("Fingerprint of the content (SHA-256): %(digest)s") % {"digest": digest}
    if minutes.adopted_at is not None:
        adopted = _("These minutes were adopted on %(day)s.") % {"day": _day(minutes.adopted_at, minutes.zone)}
    else:
        adopted = _("These minutes are a draft: they were not adopted yet.")
    foot = _("%(code)s · adopted · %(digest)s") if is_adopted else _("%(code)s · draft · %(digest)s")
    return Document(
        language=current_language(),
        title=_("Minutes: %(title)s") % {"title": minutes.title},
        description=_("What was said at the tables of a meeting, what the tables ask, and what became of it."),
        kicker=minutes.code,
        notice=adopted,
        footer=foot % {"code": minutes.code, "digest": digest[:16]},
        blocks=(
            *_meeting(minutes),
            *_attendance(minutes),
            *_shown(minutes),
            *_tables(minutes),
            *_harvests(minutes),
            *_votes(minutes),
            *_contributions(minutes),
            Heading(1, _("About these minutes"), "over"),
            Para(_("What was said without a name stands here without a name, in an order that tells nothing.")),
            Para(_("Of what was hidden, the reason stands here and not the words.")),
            Para(fingerprint),
        ),
    )


def _meeting(minutes: Minutes) -> Iterator[Block]:
    start, end = (moment.astimezone(ZoneInfo(minutes.zone)) for moment in (minutes.starts_at, minutes.ends_at))
    when = _("%(day)s, %(from)s to %(to)s") % {
        "day": formats.date_format(start, "l j F Y"),
        "from": formats.date_format(start, "H:i"),
        "to": formats.date_format(end, "H:i"),
    }
    if start.date() != end.date():
        when = f"{formats.date_format(start, 'l j F Y, H:i')} {DASH} {formats.date_format(end, 'l j F Y, H:i')}"
    bodies = [f"{body.name} ({_label(BodyLayer, body.layer)})" for body in minutes.bodies]
    yield Heading(1, _("The meeting"), "bijeenkomst")
    rows = [
        (_("Meeting"), minutes.title),
        (_("Code"), minutes.code),
        (_("Dossier"), minutes.dossier),
        (_("Convened by"), _and(bodies)),
        (_("When"), when),
        (_("Where"), minutes.place),
        (_("Opened"), _moment(minutes.opened_at, minutes.zone)),
        (pgettext("meeting", "Closed"), _moment(minutes.closed_at, minutes.zone)),
        (_("Minutes adopted"), _moment(minutes.adopted_at, minutes.zone)),
    ]
    yield Facts(tuple((name, value) for name, value in rows if value))


def _attendance(minutes: Minutes) -> Iterator[Block]:
    part = minutes.attendance
    yield Heading(1, _("Who was there"), "aanwezig")
    total = (
        _("Together"),
        "",
        str(sum(row.present for row in part.counts)),
        str(sum(row.absent for row in part.counts)),
    )
    yield Grid(
        _("Present and absent, by body and layer"),
        (_("Body"), _("Layer"), _("Present"), _("Absent with notice")),
        (
            *(
                (row.body or _("no body"), _label(Layer, row.layer), str(row.present), str(row.absent))
                for row in part.counts
            ),
            total,
        ),
        (5, 3, 2, 2),
    )
    if part.nameless:
        yield Para(
            ngettext(
                "%(count)s of those present took part without a name.",
                "%(count)s of those present took part without a name.",
                part.nameless,
            )
            % {"count": part.nameless}
        )
    if part.missing:
        yield Para(
            ngettext(
                "%(count)s person on the list did not come and had not let us know.",
                "%(count)s people on the list did not come and had not let us know.",
                part.missing,
            )
            % {"count": part.missing}
        )
    yield from _people(_("Present"), part.present)
    yield from _people(_("Absent with notice"), part.absent)


def _people(caption: str, people: tuple[PersonPart, ...]) -> Iterator[Block]:
    if people:
        yield Grid(
            caption,
            (_("Name"), _("Organisation"), _("Function"), _("Body"), _("Layer")),
            tuple(
                (one.name, one.organisation or DASH, one.function or DASH, one.body or DASH, _label(Layer, one.layer))
                for one in people
            ),
            (4, 4, 4, 4, 3),
        )


def _shown(minutes: Minutes) -> Iterator[Block]:
    yield Heading(1, _("What was shown"), "getoond")
    if not minutes.shown:
        yield Para(_("No story was shown."))
        return
    dutch = current_language() == "nl"
    yield Grid(
        _("Stories on the stage; the people in them are invented"),
        (_("Point of the agenda"), _("Story"), _("Version")),
        tuple((row.item, row.title_nl if dutch else row.title_en, row.digest[:16] or DASH) for row in minutes.shown),
        (4, 6, 3),
    )


def _tables(minutes: Minutes) -> Iterator[Block]:
    yield Heading(1, _("The tables"), "tafels")
    if not minutes.tables:
        yield Para(_("There was no talk at tables."))
    for table in minutes.tables:
        yield Heading(2, _table(table), f"tafel-{table.number}")
        rows = [
            (_("Question"), table.question),
            (_("Host"), table.host or _("without a name")),
            (_("Pitcher"), table.pitcher or _("without a name")),
            (_("Pitch"), table.pitch),
            (_("Source of the pitch"), table.pitch_source),
            (_("Contributions"), str(len(table.contributions))),
        ]
        yield Facts(tuple((name, value) for name, value in rows if value))
        yield Grid(
            _("What lay on table %(number)s") % {"number": table.number},
            (_("Code"), _("Kind"), _("Gap or dilemma")),
            tuple((row.code, _label(IssueKind, row.kind), row.statement) for row in table.issues),
            (2, 2, 9),
        )


def _harvests(minutes: Minutes) -> Iterator[Block]:
    yield Heading(1, _("Harvest: what the tables ask"), "oogst")
    found = [(table, table.harvest) for table in minutes.tables if table.harvest is not None]
    for table, harvest in found:
        yield Heading(2, f"{harvest.code} · {_table(table)}", harvest.code)
        yield from _harvest(harvest)
    without = [str(table.number) for table in minutes.tables if table.harvest is None]
    if without:
        yield Para(
            ngettext("Table %(numbers)s has no harvest.", "Tables %(numbers)s have no harvest.", len(without))
            % {"numbers": _and(without)}
        )


def _harvest(harvest: HarvestPart) -> Iterator[Block]:
    roles = {"host": _("the host"), "pitcher": _("the pitcher")}
    rows = [
        (_("Assignment"), harvest.assignment or _("nothing was written")),
        (_("Asked of"), _and(harvest.addressees)),
        (_("State"), _label(HarvestState, harvest.state)),
        (_("Confirmed by"), _and(roles[role] for role in harvest.confirmed_by) or _("nobody")),
        (_("Why it went to everybody"), harvest.contested_because),
        (_("Said when it was read out"), harvest.readback_note),
        (_("Rests on contributions"), ", ".join(harvest.rests_on)),
    ]
    yield Facts(tuple((name, value) for name, value in rows if value))
    if harvest.results:
        yield Grid(
            _("What is different then, %(code)s") % {"code": harvest.code},
            (_("What is different"), _("For whom"), _("By when"), _("How it is seen")),
            tuple(
                (row.text, row.for_whom or DASH, formats.date_format(row.by_when) if row.by_when else DASH, _seen(row))
                for row in harvest.results
            ),
            (5, 3, 2, 4),
        )


def _seen(row: ResultPart) -> str:
    """How a result is seen: in words, and the measure when there is one."""
    measure = f"{row.unit}: {row.baseline or DASH} → {row.target or DASH}" if row.unit else ""
    source = _("source: %(source)s") % {"source": row.source} if row.source else ""
    return ". ".join(part for part in (row.seen_by.rstrip("."), measure, source) if part) or DASH


def _votes(minutes: Minutes) -> Iterator[Block]:
    yield Heading(1, _("Reading votes"), "peilingen")
    if not minutes.statements:
        yield Para(_("No statements were made."))
        return
    yield Grid(
        _("What the room thought of each statement"),
        (_("No."), _("Table"), _("Statement"), _("Outcome"), _("Rests on")),
        tuple(
            (str(row.number), str(row.table or DASH), row.text, _outcome(row), ", ".join(row.rests_on) or DASH)
            for row in minutes.statements
        ),
        (1, 1, 6, 6, 2),
    )
    yield Para(_("Layers are shown only when every layer has five voters."))


def _outcome(row: StatementPart) -> str:
    if row.outcome is None:
        return _("no outcome (%(state)s)") % {"state": _label(StatementState, row.state)}
    kinds = {
        "shared": pgettext("vote", "Shared"),
        "divided": pgettext("vote", "Divided between layers"),
        "unknown": pgettext("vote", "Unknown"),
    }
    if row.outcome.total is None:
        return _("Fewer than five people voted, so no outcome is shown.")
    counted = row.outcome.layers or (row.outcome.total,)
    lines = [f"{kinds[row.outcome.kind]}.", *(_tally(tally) for tally in counted)]
    if row.outcome.left_out:
        lines.append(
            ngettext(
                "%(count)s voter is of a group too small to show, and is not counted here.",
                "%(count)s voters are of groups too small to show, and are not counted here.",
                row.outcome.left_out,
            )
            % {"count": row.outcome.left_out}
        )
    return " ".join(lines)


def _tally(tally: TallyPart) -> str:
    who = _label(Layer, tally.layer) if tally.layer else _("everybody together")
    return _("%(who)s: %(agree)s agree, %(disagree)s disagree, %(passed)s pass.") % {
        "who": who,
        "agree": tally.agree,
        "disagree": tally.disagree,
        "passed": tally.passed,
    }


def _contributions(minutes: Minutes) -> Iterator[Block]:
    yield Heading(1, _("What was said, table by table"), "bijdragen")
    for table in minutes.tables:
        yield Heading(2, _table(table), f"bijdragen-{table.number}")
        if not table.contributions:
            yield Para(_("Nothing was laid on this table."))
        several = len({row.round for row in table.contributions}) > 1
        for fate in FATES:
            rows = [row for row in table.contributions if row.fate == fate]
            if rows:
                yield _fate_grid(fate, rows, table=table.number, several=several)


def _fate_grid(fate: Fate, rows: list[ContributionPart], *, table: int, several: bool) -> Grid:
    """What had one fate at one table."""
    names = {
        "used": _("Table %(table)s: used in the harvest (%(count)s)"),
        "noted": _("Table %(table)s: noted (%(count)s)"),
        "merged": _("Table %(table)s: merged (%(count)s)"),
        "set_aside": _("Table %(table)s: set aside (%(count)s)"),
        "held": _("Table %(table)s: held back, because it looks like a name (%(count)s)"),
        "hidden": _("Table %(table)s: hidden (%(count)s)"),
    }
    caption = names[fate] % {"table": table, "count": len(rows)}
    kinds = {kind.value: str(kind.label) for kind in Kind}
    if fate == "held":
        return Grid(caption, (_("No."), _("Kind")), tuple((row.number, kinds[row.kind]) for row in rows), (2, 10))
    if fate == "hidden":
        heads = (_("No."), _("Kind"), _("Reason"))
        return Grid(caption, heads, tuple((row.number, kinds[row.kind], row.reason) for row in rows), (2, 2, 8))
    extra = {"merged": _("Merged into"), "set_aside": _("Reason")}.get(fate)
    heads = (_("No."), _("Kind"), _("Contribution"), _("Said by"), *((extra,) if extra else ()))
    shares = (2, 3, 12, 4, *((2 if fate == "merged" else 5,) if extra else ()))
    cells = []
    for row in rows:
        last = (row.into,) if fate == "merged" else (row.reason,) if fate == "set_aside" else ()
        cells.append((row.number, kinds[row.kind], _words_of(row, several=several), row.name or DASH, *last))
    return Grid(caption, heads, tuple(cells), shares)


def _words_of(row: ContributionPart, *, several: bool) -> str:
    """What was said, with its source and what else there is to know."""
    notes = [
        _("Source: %(source)s") % {"source": row.source.rstrip(".")} if row.source else "",
        _("Group: %(group)s") % {"group": row.group} if row.group else "",
        row.round if several else "",
        _("From paper") if row.from_paper else "",
    ]
    said = [note for note in notes if note]
    return f"{row.text} [{'. '.join(said)}]" if said else row.text


def _table(table: TablePart) -> str:
    return _("Table %(number)s: %(theme)s") % {"number": table.number, "theme": table.theme}


def _label(codes: type[Layer | BodyLayer | IssueKind | HarvestState | StatementState], value: str) -> str:
    """What people read for a code; the code itself when this version does not know it."""
    return str(codes(value).label) if value in codes.values else value


def _and(parts: Iterable[str]) -> str:
    return get_text_list(list(parts), _("and"))


def _day(moment: dt.datetime, zone: str) -> str:
    return formats.date_format(moment.astimezone(ZoneInfo(zone)), "j F Y")


def _moment(moment: dt.datetime | None, zone: str) -> str:
    return formats.date_format(moment.astimezone(ZoneInfo(zone)), "j F Y, H:i") if moment else ""

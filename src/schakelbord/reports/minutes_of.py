"""From a meeting to its minutes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from schakelbord.meetings.codes import ReplyKind
from schakelbord.meetings.models import Attendance, Meeting, Table
from schakelbord.reports.minutes import (
    FATES,
    FORMAT,
    AttendancePart,
    BodyPart,
    ContributionPart,
    CountPart,
    Fate,
    HarvestPart,
    IssuePart,
    Minutes,
    OutcomePart,
    PersonPart,
    ResultPart,
    ShownPart,
    StatementPart,
    TablePart,
    TallyPart,
)
from schakelbord.reports.minutes_names import is_named, reference_to
from schakelbord.stories.library import all_stories
from schakelbord.tables.codes import ContributionState, Mode, StatementState
from schakelbord.tables.models import Contribution, Harvest
from schakelbord.tables.results import Tally, outcome_of

WITHOUT_TEXT = frozenset({"hidden", "held"})


def minutes_of(meeting: Meeting, *, adopted_at: dt.datetime | None = None) -> Minutes:
    """The minutes of a meeting as it is now, with references for names; few queries, however much was said.

    Args:
        meeting: closed or later; nothing here asks whether it is.
        adopted_at: when they are adopted, None for a draft.
    """
    said = _said(meeting)
    numbers = {row.pk: number for rows in said.values() for row, number in rows}
    return Minutes(
        format=FORMAT,
        code=meeting.code,
        title=meeting.title,
        dossier=meeting.dossier.title,
        place=meeting.place,
        zone=meeting.zone,
        starts_at=_utc(meeting.starts_at),
        ends_at=_utc(meeting.ends_at),
        opened_at=_utc(meeting.opened_at) if meeting.opened_at else None,
        closed_at=_utc(meeting.closed_at) if meeting.closed_at else None,
        adopted_at=_utc(adopted_at) if adopted_at else None,
        bodies=tuple(
            BodyPart(row.body.name, row.body.called, row.body.kind, row.body.layer)
            for row in meeting.convenings.select_related("body").order_by("order")
        ),
        attendance=_attendance(meeting),
        shown=_shown(meeting),
        tables=_tables(meeting, said, numbers),
        statements=_statements(meeting, numbers),
    )


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


def _attendance(meeting: Meeting) -> AttendancePart:
    """Who was there. Who is present without a name, or was erased since, is only counted."""
    rows = list(meeting.attendances.select_related("person", "organisation", "body"))
    present = [row for row in rows if row.present_at is not None]
    absent = [row for row in rows if row.present_at is None and row.reply == ReplyKind.NO]
    here = Counter((row.body.called if row.body else "", row.layer) for row in present)
    gone = Counter((row.body.called if row.body else "", row.layer) for row in absent)
    return AttendancePart(
        counts=tuple(
            CountPart(body, layer, here[body, layer], gone[body, layer])
            for body, layer in sorted({*here, *gone}, key=lambda pair: (pair[0] == "", *pair))
        ),
        present=_people(present),
        absent=_people(absent),
        nameless=sum(not is_named(row) for row in present),
        missing=len(rows) - len(present) - len(absent),
    )


def _people(rows: Iterable[Attendance]) -> tuple[PersonPart, ...]:
    found = [
        PersonPart(
            name=reference_to(row),
            organisation=row.organisation.name if row.organisation else "",
            function=row.function,
            body=row.body.called if row.body else "",
            layer=row.layer,
        )
        for row in rows
        if is_named(row)
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.organisation, one.function)))


def _shown(meeting: Meeting) -> tuple[ShownPart, ...]:
    """The stories that the meeting saw: of points of the agenda that began."""
    known = all_stories()
    found = []
    for item in meeting.agenda.select_related("session").filter(started_at__isnull=False).order_by("order"):
        session = item.session
        story = session.story if session else item.story
        if not story:
            continue
        title = known[story].title if story in known else None
        found.append(
            ShownPart(
                item=item.title,
                story=story,
                title_nl=title.nl if title else story,
                title_en=title.en if title else story,
                digest=sha256(session.story_content.encode()).hexdigest() if session else "",
            )
        )
    return tuple(found)


def _said(meeting: Meeting) -> dict[int, list[tuple[Contribution, str]]]:
    """All contributions by table, with their numbers. Their random keys give the order, so that it tells nothing."""
    rows = Contribution.objects.filter(table__meeting=meeting).select_related(
        "table", "item", "author__person", "group"
    )
    found: dict[int, list[Contribution]] = {}
    for row in rows:
        found.setdefault(row.table_id, []).append(row)
    numbered = {}
    for table_id, here in found.items():
        here.sort(key=_place)
        numbered[table_id] = [(row, f"{row.table.number}.{place}") for place, row in enumerate(here, start=1)]
    return numbered


def _place(row: Contribution) -> tuple[int, int, int, str]:
    group = (row.group.order, row.group.pk) if row.group and _fate(row) not in WITHOUT_TEXT else (1 << 30, 0)
    return (FATES.index(_fate(row)), *group, row.key)


def _fate(row: Contribution) -> Fate:
    if row.state == ContributionState.HIDDEN:
        return "hidden"
    if row.is_held:
        return "held"
    return next(fate for fate in FATES if fate == row.state)


def _contribution(row: Contribution, number: str, numbers: dict[int, str]) -> ContributionPart:
    fate = _fate(row)
    shows = fate not in WITHOUT_TEXT
    return ContributionPart(
        number=number,
        fate=fate,
        kind=row.kind,
        text=row.text if shows else "",
        source=row.source if shows else "",
        name=reference_to(row.author) if shows and row.mode == Mode.NAMED else "",
        reason=row.reason,
        into=numbers.get(row.merged_into_id or 0, ""),
        group=row.group.title if row.group and not row.group.removed and shows else "",
        round=row.item.title,
        from_paper=row.from_paper,
    )


def _tables(
    meeting: Meeting, said: dict[int, list[tuple[Contribution, str]]], numbers: dict[int, str]
) -> tuple[TablePart, ...]:
    rows = meeting.tables.select_related("theme", "host__person", "pitcher__person", "pitch_source")
    harvests = Harvest.objects.filter(table__meeting=meeting).prefetch_related("addressees", "results", "contributions")
    by_table = {row.table_id: row for row in harvests}
    return tuple(
        TablePart(
            number=table.number,
            theme=table.theme.title,
            question=table.asks,
            host=reference_to(table.host),
            pitcher=reference_to(table.pitcher),
            pitch=table.pitch_title,
            pitch_source=table.pitch_source.title if table.pitch_source else "",
            issues=_issues(table),
            contributions=tuple(_contribution(row, number, numbers) for row, number in said.get(table.pk, [])),
            harvest=_harvest(by_table[table.pk], numbers) if table.pk in by_table else None,
        )
        for table in rows.prefetch_related("table_issues__issue").order_by("number")
    )


def _issues(table: Table) -> tuple[IssuePart, ...]:
    found = (row.issue for row in table.table_issues.all())
    return tuple(IssuePart(issue.code, issue.kind, issue.statement) for issue in found)


def _harvest(row: Harvest, numbers: dict[int, str]) -> HarvestPart:
    confirmed = (("host", row.host_confirmed_by_id), ("pitcher", row.pitcher_confirmed_by_id))
    results = sorted((one for one in row.results.all() if not one.removed), key=lambda one: (one.order, one.pk))
    return HarvestPart(
        code=row.code,
        state=row.state,
        assignment=row.assignment,
        addressees=tuple(sorted(body.name for body in row.addressees.all())),
        results=tuple(
            ResultPart(
                text=one.text,
                for_whom=one.for_whom,
                by_when=one.by_when,
                seen_by=one.seen_by,
                unit=one.unit,
                baseline=_number(one.baseline),
                target=_number(one.target),
                source=one.source,
            )
            for one in results
        ),
        rests_on=_numbers((one.pk for one in row.contributions.all()), numbers),
        confirmed_by=tuple(role for role, who in confirmed if who is not None),
        contested_because=row.contested_because,
        readback_note=row.readback_note,
    )


def _number(value: Decimal | None) -> str:
    """A number without the zeros at its end, "" for none; the same on each database."""
    return "" if value is None else f"{value.normalize():f}"


def _numbers(keys: Iterable[int], numbers: dict[int, str]) -> tuple[str, ...]:
    """Numbers of contributions, in the order of the minutes."""
    return tuple(sorted((numbers[key] for key in keys), key=lambda one: [int(part) for part in one.split(".")]))


def _statements(meeting: Meeting, numbers: dict[int, str]) -> tuple[StatementPart, ...]:
    rows = meeting.statements.select_related("table").prefetch_related("contributions").order_by("order", "pk")
    found = []
    for number, row in enumerate(rows, start=1):
        outcome = outcome_of(row) if row.state == StatementState.CLOSED else None
        found.append(
            StatementPart(
                number=number,
                table=row.table.number if row.table else 0,
                text=row.text,
                state=row.state,
                rests_on=_numbers((one.pk for one in row.contributions.all()), numbers),
                outcome=OutcomePart(
                    kind=outcome.kind,
                    total=_tally(outcome.total) if outcome.total else None,
                    layers=tuple(_tally(tally) for tally in outcome.layers),
                    left_out=outcome.left_out,
                )
                if outcome
                else None,
            )
        )
    return tuple(found)


def _tally(tally: Tally) -> TallyPart:
    return TallyPart(tally.layer, tally.agree, tally.disagree, tally.passed)

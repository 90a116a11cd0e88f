"""The harvest of a table: written by the host, read out, confirmed by host and pitcher, or contested and settled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from schakelbord.bodies.models import Body
from schakelbord.dossiers.codes import IssueState
from schakelbord.dossiers.models import Issue
from schakelbord.dossiers.numbers import next_code
from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.live.journal import Payload
from schakelbord.meetings.acts import Act
from schakelbord.meetings.models import Table
from schakelbord.tables import asks
from schakelbord.tables.codes import ContributionState, HarvestState
from schakelbord.tables.here import Here, round_now
from schakelbord.tables.models import Contribution, DesiredResult, Harvest
from schakelbord.tables.rights import may_confirm_as_host, may_confirm_as_pitcher, may_contest, may_settle
from schakelbord.tables.talk import checked, led, table_of, tell_table

Change = Callable[[Harvest], None]
MOST_MEASURED: Final = Decimal(10**11)
THREE_DECIMALS: Final = Decimal("0.001")


def save_harvest(act: Act, here: Here, body: asks.SaveHarvest) -> Payload:
    """Write the harvest; a text that somebody else changed meanwhile is not overwritten.

    Raises:
        ConflictError: another version was kept meanwhile; says what it is.
    """
    table = led(act, here, body.table)
    harvest = _harvest_to_write(act, table)
    if body.version != harvest.version:
        raise ConflictError(
            "changed_meanwhile",
            str(harvest.version),
            nl="Iemand anders schreef hier intussen ook. Uw tekst staat er nog; kijk eerst wat er nu staat.",
            en="Somebody else wrote here meanwhile. Your text is still there; look at what is there now first.",
        )
    for text in (body.assignment, body.readback_note):
        checked(text, sure=True)
    bodies = list(Body.objects.filter(pk__in=body.addressees, meetings=act.meeting))
    if len(bodies) != len(set(body.addressees)):
        raise InputError(
            "addressee",
            "addressees",
            nl="Kies een gremium dat deze bijeenkomst bijeenroept.",
            en="Choose a body that convenes this meeting.",
        )
    harvest.assignment = " ".join(body.assignment.split())
    harvest.readback_note = body.readback_note
    harvest.written_by_id = here.attendance_id or harvest.written_by_id
    _back_to_draft(harvest)
    harvest.version += 1
    harvest.save()
    harvest.addressees.set(bodies)
    _use(harvest, table, body.contributions)
    return _told(act, table, harvest, "harvest.changed")


def save_result(act: Act, here: Here, body: asks.SaveResult) -> Payload:
    """A desired result: what is different, for whom, by when, and how that is seen."""
    table = led(act, here, body.table)
    harvest = _harvest_to_write(act, table)
    for text in (body.text, body.for_whom, body.seen_by):
        checked(text, sure=True)
    baseline, target = measure(body.baseline, field="baseline"), measure(body.target, field="target")
    values = {
        "text": body.text,
        "for_whom": body.for_whom,
        "by_when": body.by_when,
        "seen_by": body.seen_by,
        "unit": body.unit,
        "baseline": baseline,
        "target": target,
        "source": body.source,
        "removed": False,
    }
    DesiredResult.objects.update_or_create(
        harvest=harvest,
        key=body.result,
        defaults=values,
        create_defaults={**values, "order": harvest.results.count()},
    )
    return _changed(act, table, harvest)


def measure(number: Decimal | None, *, field: str) -> Decimal | None:
    """A number as the database keeps it, with three decimals: one that does not fit would break every page with it.

    Raises:
        InputError: it is no finite number, or has more than eleven digits before the comma.
    """
    if number is None:
        return None
    if not number.is_finite() or abs(number) >= MOST_MEASURED:
        raise InputError(
            "no_number",
            field,
            nl="Vul een getal in van hooguit elf cijfers, zoals 12,5. Uw tekst staat er nog.",
            en="Fill in a number of at most eleven digits, such as 12.5. Your text is still there.",
        )
    return number.quantize(THREE_DECIMALS)


def remove_result(act: Act, here: Here, body: asks.OneResult) -> Payload:
    """Take a desired result off the harvest."""
    table = led(act, here, body.table)
    harvest = _harvest_to_write(act, table)
    harvest.results.filter(key=body.result).update(removed=True)
    return _changed(act, table, harvest)


def read_back(act: Act, here: Here, body: asks.OneTable) -> Payload:
    """Read the harvest out: from now on the whole meeting may see it.

    Raises:
        StateError: the assignment, the addressee, a desired result or a contribution lacks; says which.
    """
    table = led(act, here, body.table)
    harvest = _harvest_to_write(act, table)
    require_whole(harvest)
    harvest.state = HarvestState.READ_BACK
    harvest.read_back_at = act.now
    harvest.host_confirmed_by = harvest.pitcher_confirmed_by = None
    harvest.contested_because = ""
    harvest.version += 1
    harvest.save()
    table.phase = "readback"
    table.save(update_fields=["phase"])
    return _told(act, table, harvest, "harvest.read_back", everybody=True)


def confirm(act: Act, here: Here, body: asks.OneTable) -> Payload:
    """This is what the table said: by the host and by the pitcher, each in person. With both it is fixed."""
    table = table_of(act, body.table)
    harvest = _read_out(table)
    if may_confirm_as_host(here, table):
        harvest.host_confirmed_by_id = here.attendance_id
    elif may_confirm_as_pitcher(here, table):
        harvest.pitcher_confirmed_by_id = here.attendance_id
    else:
        raise RightError(
            "not_host_or_pitcher",
            nl="De tafelheer en de inleider bevestigen de oogst. Klopt er iets niet? Zeg het dan hier.",
            en="The host and the pitcher confirm the harvest. Is something wrong? Then say so here.",
        )
    if harvest.host_confirmed_by_id and harvest.pitcher_confirmed_by_id:
        harvest.state, harvest.confirmed_at = HarvestState.CONFIRMED, act.now
        _harvest_issues(act, table)
    harvest.version += 1
    harvest.save()
    return _told(act, table, harvest, "harvest.confirmed", everybody=True)


def contest(act: Act, here: Here, body: asks.Contest) -> Payload:
    """This is not what the table said: it goes to everybody, with the reason."""
    table = table_of(act, body.table)
    if not may_contest(here, table):
        raise RightError(
            "not_your_table",
            nl=f"Alleen wie aan tafel {table.number} zit, kan zeggen dat de oogst niet klopt.",
            en=f"Only who sits at table {table.number} can say that the harvest is wrong.",
        )
    harvest = Harvest.objects.filter(table=table).first()
    if harvest is None or harvest.state not in {HarvestState.READ_BACK, HarvestState.CONFIRMED}:
        raise _not_read_out()
    checked(body.reason, sure=True)
    harvest.state, harvest.contested_because = HarvestState.CONTESTED, body.reason
    harvest.contested_at = act.now
    harvest.host_confirmed_by = harvest.pitcher_confirmed_by = None
    harvest.confirmed_at = None
    harvest.version += 1
    harvest.save()
    act.note("harvest.contested", node=harvest.code)
    return _told(act, table, harvest, "harvest.changed", everybody=True)


def settle(act: Act, here: Here, body: asks.Settle) -> Payload:
    """What was agreed in front of everybody about a contested harvest; host and pitcher then confirm it."""
    if not may_settle(here):
        raise RightError(
            "not_the_secretary",
            nl="Dit doet de secretaris, als de zaal het eens is.",
            en="This is for the secretary, when the room agrees.",
        )
    table = table_of(act, body.table)
    harvest = Harvest.objects.filter(table=table).first()
    if harvest is None or harvest.state not in {HarvestState.CONTESTED, HarvestState.READ_BACK}:
        raise _not_read_out()
    for text in (body.assignment, body.note):
        checked(text, sure=True)
    harvest.assignment = " ".join(body.assignment.split())
    harvest.readback_note = body.note
    harvest.state, harvest.read_back_at = HarvestState.READ_BACK, act.now
    harvest.host_confirmed_by = harvest.pitcher_confirmed_by = None
    harvest.version += 1
    harvest.save()
    return _told(act, table, harvest, "harvest.changed", everybody=True)


def require_whole(harvest: Harvest) -> None:
    """Stop when a harvest is not whole yet.

    Raises:
        StateError: says what lacks first.
    """
    lacking = None
    if not harvest.assignment:
        lacking = ("assignment", "Schrijf eerst wat u vraagt.", "First write what you ask.")
    elif not harvest.addressees.exists():
        lacking = ("addressees", "Zeg aan wie u dit vraagt.", "Say whom you ask.")
    elif not harvest.results.filter(removed=False).exists():
        lacking = ("results", "Schrijf wat er dan anders is.", "Write what is different then.")
    elif not harvest.contributions.exists():
        lacking = (
            "contributions",
            "Wijs aan op welke bijdragen dit rust: minstens één.",
            "Point out on which contributions this rests: at least one.",
        )
    if lacking:
        raise StateError("harvest_lacks", lacking[0], nl=lacking[1], en=lacking[2])


def _harvest_to_write(act: Act, table: Table) -> Harvest:
    """The harvest of a table, made when it is not there; not one that is confirmed or before everybody."""
    harvest = Harvest.objects.filter(table=table).first()
    if harvest is None:
        return Harvest.objects.create(
            code=next_code("O"), table=table, item=round_now(act.meeting), version=0, made_at=act.now
        )
    if harvest.state == HarvestState.CONFIRMED:
        raise StateError(
            "confirmed",
            nl=f"{harvest.code} is bevestigd en staat vast. Klopt er iets niet, breng het dan voor de hele zaal.",
            en=f"{harvest.code} is confirmed and fixed. If something is wrong, bring it before everybody.",
        )
    if harvest.state == HarvestState.CONTESTED:
        raise StateError(
            "contested",
            nl="De zaal bespreekt deze oogst. De secretaris schrijft op wat u samen afspreekt.",
            en="Everybody talks about this harvest. The secretary writes down what you agree.",
        )
    return harvest


def _back_to_draft(harvest: Harvest) -> None:
    """Who changes what was read out, reads it out again: nobody confirms other words than they heard."""
    harvest.host_confirmed_by = harvest.pitcher_confirmed_by = None
    if harvest.state == HarvestState.READ_BACK:
        harvest.state, harvest.read_back_at = HarvestState.DRAFT, None


def _use(harvest: Harvest, table: Table, keys: list[str]) -> None:
    """These contributions, and no others, are what the harvest rests on."""
    rows = list(table.contributions.filter(key__in=keys))
    shown = [row for row in rows if row.state in {ContributionState.NOTED, ContributionState.USED} and not row.is_held]
    if len(shown) != len(set(keys)):
        raise InputError(
            "contributions",
            "contributions",
            nl="Een van de gekozen bijdragen ligt niet meer op tafel. Kijk de keuze na.",
            en="One of the chosen contributions is not on the table any more. Check the choice.",
        )
    before = set(harvest.contributions.values_list("pk", flat=True))
    harvest.contributions.set(shown)
    chosen = {row.pk for row in shown}
    Contribution.objects.filter(pk__in=chosen - before).update(state=ContributionState.USED)
    Contribution.objects.filter(pk__in=before - chosen, harvests=None).update(state=ContributionState.NOTED)


def _changed(act: Act, table: Table, harvest: Harvest) -> Payload:
    _back_to_draft(harvest)
    harvest.version += 1
    harvest.save()
    return _told(act, table, harvest, "harvest.changed")


def _harvest_issues(act: Act, table: Table) -> None:
    """What lay on this table is harvested now."""
    rows = Issue.objects.filter(tables=table, state=IssueState.ON_TABLE)
    Issue.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        state=IssueState.HARVESTED, changed_at=act.now
    )


def _read_out(table: Table) -> Harvest:
    harvest = Harvest.objects.filter(table=table).first()
    if harvest is None or harvest.state != HarvestState.READ_BACK:
        raise _not_read_out()
    return harvest


def _not_read_out() -> StateError:
    return StateError(
        "not_read_out",
        nl="Deze oogst is nog niet voorgelezen, of ligt al bij de zaal.",
        en="This harvest was not read out yet, or lies with everybody already.",
    )


def _told(act: Act, table: Table, harvest: Harvest, verb: str, *, everybody: bool = False) -> Payload:
    seq = tell_table(act, table, verb, node=harvest.code, version=harvest.version, state=harvest.state)
    if everybody:
        seq = act.tell("meeting.harvest", node=harvest.code, table=table.pk, state=harvest.state)
    act.note("harvest.state", node=harvest.code, table=table.pk, state=harvest.state)
    return {"seq": seq, "code": harvest.code, "version": harvest.version, "state": harvest.state}

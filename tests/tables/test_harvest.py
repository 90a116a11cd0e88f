"""The harvest: whole before it is read out, confirmed by two people, fixed after that, or settled by everybody."""

from __future__ import annotations

import pytest

from meeting_world import World
from schakelbord.dossiers.models import Issue
from schakelbord.errors import ConflictError, InputError, RightError, SchakelbordError, StateError
from schakelbord.live.models import Event
from schakelbord.tables.advice import questions_about
from schakelbord.tables.models import Contribution, Harvest

HOST, PITCHER, GUEST, OTHER_TABLE = 0, 1, 2, 6


def written(world: World, **more: object) -> Harvest:
    """A harvest that is whole."""
    table = world.tables[0].pk
    said = world.by(GUEST, "say", table=table, text="Niemand neemt op.", kind="experience")
    result = {"result": "r1", "text": "Elke school krijgt dezelfde dag antwoord.", "by_when": "2027-07-01"}
    world.by(HOST, "save-result", table=table, **result)
    version = Harvest.objects.get(table=table).version
    asked = {
        "version": version,
        "assignment": "Regel één nummer voor alle scholen.",
        "addressees": [world.bodies[0].pk],
        "contributions": [said["contribution"]],
        **more,
    }
    world.by(HOST, "save-harvest", table=table, **asked)
    return Harvest.objects.get(table=table)


def test_a_harvest_is_read_out_and_confirmed_by_host_and_pitcher(world: World) -> None:
    table = world.tables[0].pk
    written(world)
    world.by(HOST, "read-back", table=table)
    world.by(HOST, "confirm", table=table)
    assert Harvest.objects.get().state == "read_back"
    world.by(PITCHER, "confirm", table=table)
    harvest = Harvest.objects.get()
    assert (harvest.state, harvest.code) == ("confirmed", "O-01")
    assert Contribution.objects.get().state == "used"
    assert Issue.objects.get(tables=table).state == "harvested"
    with pytest.raises(StateError):
        world.by(HOST, "save-harvest", table=table, version=harvest.version, assignment="Iets anders")


@pytest.mark.parametrize(
    ("lacking", "where"),
    [
        ({"assignment": ""}, "assignment"),
        ({"addressees": []}, "addressees"),
        ({"contributions": []}, "contributions"),
    ],
)
def test_what_is_not_whole_is_not_read_out(world: World, lacking: dict[str, object], where: str) -> None:
    written(world, **lacking)
    with pytest.raises(StateError) as refusal:
        world.by(HOST, "read-back", table=world.tables[0].pk)
    assert refusal.value.where == where


def test_a_harvest_without_a_result_is_not_read_out(world: World) -> None:
    written(world)
    world.by(HOST, "remove-result", table=world.tables[0].pk, result="r1")
    with pytest.raises(StateError) as refusal:
        world.by(HOST, "read-back", table=world.tables[0].pk)
    assert refusal.value.where == "results"


@pytest.mark.parametrize("person", [GUEST, OTHER_TABLE])
def test_nobody_else_confirms(world: World, person: int) -> None:
    written(world)
    world.by(HOST, "read-back", table=world.tables[0].pk)
    with pytest.raises(RightError):
        world.by(person, "confirm", table=world.tables[0].pk)
    with pytest.raises(SchakelbordError):
        world.run("confirm", table=world.tables[0].pk)


def test_who_changes_what_was_read_out_reads_it_out_again(world: World) -> None:
    table = world.tables[0].pk
    written(world)
    world.by(HOST, "read-back", table=table)
    world.by(PITCHER, "confirm", table=table)
    harvest = Harvest.objects.get()
    keys = [row.key for row in harvest.contributions.all()]
    more = {"version": harvest.version, "addressees": [world.bodies[0].pk], "contributions": keys}
    world.by(HOST, "save-harvest", table=table, assignment="Regel iets anders.", **more)
    harvest = Harvest.objects.get()
    assert (harvest.state, harvest.pitcher_confirmed_by) == ("draft", None)


def test_a_contested_harvest_goes_to_everybody_and_is_settled_there(world: World) -> None:
    table = world.tables[0].pk
    written(world)
    world.by(HOST, "read-back", table=table)
    with pytest.raises(RightError):
        world.by(OTHER_TABLE, "contest", table=table, reason="Zo zeiden wij het niet.")
    world.by(GUEST, "contest", table=table, reason="Zo zeiden wij het niet.")
    assert Harvest.objects.get().state == "contested"
    assert Event.objects.filter(verb="meeting.harvest", audience="meeting").exists()
    with pytest.raises(RightError):
        world.by(HOST, "settle", table=table, assignment="Regel twee nummers.")
    world.run("settle", table=table, assignment="Regel twee nummers.", note="Met z'n allen besproken.")
    for person in (HOST, PITCHER):
        world.by(person, "confirm", table=table)
    assert (Harvest.objects.get().state, Harvest.objects.get().assignment) == ("confirmed", "Regel twee nummers.")


def test_two_writers_a_hundred_times_and_no_text_is_lost(world: World) -> None:
    table = world.tables[0].pk
    written(world)
    lost = 0
    for number in range(100):
        version = Harvest.objects.get().version
        world.by(HOST, "save-harvest", table=table, version=version, assignment=f"Van de tafelheer {number}")
        with pytest.raises(ConflictError):
            world.run("save-harvest", table=table, version=version, assignment=f"Van de secretaris {number}")
        lost += Harvest.objects.get().assignment != f"Van de tafelheer {number}"
    assert lost == 0


def test_a_harvest_rests_on_what_lies_on_its_own_table(world: World) -> None:
    other = world.by(OTHER_TABLE, "say", table=world.tables[1].pk, text="Van een andere tafel", kind="wish")
    with pytest.raises(InputError):
        written(world, contributions=[other["contribution"]])


@pytest.mark.parametrize(
    ("field", "vague", "good"),
    [
        (
            "assignment",
            "Meer aandacht voor samenwerking",
            "Regel dat elke school weet waar zij dezelfde dag advies krijgt, vóór het gesprek met ouders.",
        ),
        (
            "result",
            "Er is een overleg",
            "De school vraagt in 9 van de 10 gevallen eerst advies.",
        ),
    ],
)
def test_questions_help_with_a_vague_text_and_leave_a_good_one_alone(field: str, vague: str, good: str) -> None:
    assert questions_about(field, vague)
    assert questions_about(field, good) == ()
    assert questions_about(field, "  ") == ()

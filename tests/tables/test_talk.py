"""The talk at a table: who may say what, what is kept of whom, and what others build on."""

from __future__ import annotations

import json

import pytest

from meeting_world import World
from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.live.models import Event, Reply
from schakelbord.meetings.models import Attendance
from schakelbord.meetings.services import close_meeting
from schakelbord.tables.here import Here, who_is_here
from schakelbord.tables.models import Contribution
from schakelbord.tables.selectors import table_view

GUEST, SECOND, OTHER_TABLE = 2, 3, 6


def say(world: World, person: int = GUEST, **fields: object) -> str:
    """Lay something on the first table; gives its key."""
    asked = {"table": world.tables[0].pk, "text": "Niemand neemt op.", "kind": "experience", **fields}
    return str(world.by(person, "say", **asked)["contribution"])


@pytest.mark.parametrize("mode", ["table_only", "anonymous"])
def test_what_is_said_without_a_name_leaves_no_trace_of_who_said_it(world: World, mode: str) -> None:
    before = set(Reply.objects.values_list("pk", flat=True))
    key = say(world, mode=mode, own="geheim-van-toestel")
    found = Contribution.objects.get(key=key)
    assert found.author is None
    assert found.made_at == world.rounds[0].__class__.objects.get(pk=world.rounds[0].pk).started_at
    who, device = world.people[GUEST], world.devices[world.people[GUEST].pk]
    events = Event.objects.filter(room=world.meeting.room, node=key)
    replies = Reply.objects.exclude(pk__in=before)
    kept = json.dumps([[*row] for row in (*events.values_list(), *replies.values_list())], default=str)
    for trace in (who.key, device, f"a-{who.key}", "geheim-van-toestel", str(who.called)):
        assert trace not in kept
    assert events.exists()
    assert {row.at for row in events} == {found.made_at}


def test_anonymous_keeps_no_layer_and_a_layer_of_one_is_not_kept(world: World) -> None:
    assert Contribution.objects.get(key=say(world, mode="anonymous")).layer == ""
    assert Contribution.objects.get(key=say(world, mode="table_only")).layer == "official"
    Attendance.objects.filter(pk=world.people[GUEST].pk).update(layer="experience")
    assert Contribution.objects.get(key=say(world, mode="table_only")).layer == ""


def test_a_named_contribution_says_who(world: World) -> None:
    assert Contribution.objects.get(key=say(world, mode="named")).author == world.people[GUEST]


def test_the_same_message_twice_lies_once_on_the_table(world: World) -> None:
    for _ in range(3):
        say(world, key="zelfde-sleutel-1")
    assert Contribution.objects.count() == 1


def test_nobody_speaks_at_another_table_and_nobody_hears_it(world: World) -> None:
    with pytest.raises(RightError):
        say(world, OTHER_TABLE)
    say(world)
    assert Event.objects.filter(verb="contribution.added").values_list("audience", flat=True).distinct().get() == (
        f"table:{world.tables[0].pk}"
    )


def test_a_fact_needs_a_source(world: World) -> None:
    with pytest.raises(InputError) as refusal:
        say(world, kind="fact")
    assert refusal.value.where == "source"
    say(world, kind="fact", source="Wmo 2015, artikel 5.2.6")


def test_what_looks_like_a_name_is_asked_about_and_then_seen_by_the_host_first(world: World) -> None:
    text = "Jan de Vries belde pas na drie weken terug."
    with pytest.raises(InputError):
        say(world, text=text)
    key = say(world, text=text, sure=True)
    table = world.tables[0]
    guest = who_is_here(world.meeting, Here().actor, world.devices[world.people[SECOND].pk])
    host = who_is_here(world.meeting, Here().actor, world.devices[world.people[0].pk])
    assert not table_view(world.meeting, table, guest).notes
    assert table_view(world.meeting, table, host).notes[0].held
    world.by(0, "bring-back", table=table.pk, contribution=key)
    assert [note.key for note in table_view(world.meeting, table, guest).notes] == [key]


@pytest.mark.parametrize("text", ["Bel mij op 06 1234 5678", "Schrijf naar jan@voorbeeld.nl"])
def test_what_leads_to_a_real_person_is_refused_whatever_one_says(world: World, text: str) -> None:
    with pytest.raises(InputError):
        say(world, text=text, sure=True)


def test_only_the_writer_mends_and_only_until_others_build_on_it(world: World) -> None:
    key = say(world, own="geheim")
    asked = {"table": world.tables[0].pk, "contribution": key, "kind": "wish", "text": "Iemand neemt op."}
    with pytest.raises(RightError):
        world.by(SECOND, "mend", **asked, own="geraden")
    world.by(GUEST, "mend", **asked, own="geheim")
    assert Contribution.objects.get(key=key).text == "Iemand neemt op."
    harvest = {"assignment": "Regel een nummer.", "contributions": [key], "version": 0}
    world.by(0, "save-harvest", table=world.tables[0].pk, **harvest)
    with pytest.raises(ConflictError):
        world.by(GUEST, "mend", **asked, own="geheim")


def test_the_host_hides_with_a_reason_and_a_guest_does_not(world: World) -> None:
    key = say(world)
    asked = {"table": world.tables[0].pk, "contribution": key}
    with pytest.raises(RightError):
        world.by(GUEST, "hide", **asked, reason="dubbel")
    with pytest.raises(InputError):
        world.by(0, "hide", **asked, reason="")
    world.by(0, "hide", **asked, reason="dubbel")
    assert Contribution.objects.get(key=key).state == "hidden"


def test_contributions_are_sorted_grouped_and_merged(world: World) -> None:
    table = world.tables[0].pk
    first, second, third = (say(world, text=f"Bijdrage {number}") for number in "123")
    world.by(0, "make-group", table=table, group="g1", title="Opnemen")
    for key in (first, second, third):
        world.by(0, "put-in-group", table=table, contribution=key, group="g1")
    world.by(0, "put-in-group", table=table, contribution=third, group="g1", first=True)
    world.by(0, "put-in-group", table=table, contribution=second, group="g1", after=third)
    host = who_is_here(world.meeting, Here().actor, world.devices[world.people[0].pk])
    view = table_view(world.meeting, world.tables[0], host)
    assert [note.key for note in view.groups[0].notes] == [third, second, first]
    world.by(0, "merge", table=table, contribution=first, into=third)
    view = table_view(world.meeting, world.tables[0], host)
    assert [note.key for note in view.groups[0].notes] == [third, second]
    assert [note.key for note in view.away] == [first]


def test_nothing_is_said_before_the_round_or_after_the_meeting(world: World) -> None:
    device = world.devices[world.people[GUEST].pk]
    close_meeting(world.secretary, world.fresh(), key="sluit-nu-1")
    assert not Attendance.objects.exclude(device="").exists()
    assert not Reply.objects.filter(device__contains=device).exists()
    with pytest.raises(StateError):
        say(world)


def test_a_meeting_of_many_contributions_is_read_in_few_queries(
    world: World, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        say(world, text=f"Bijdrage {number}", mode="named")
    host = who_is_here(world.meeting, Here().actor, world.devices[world.people[0].pk])
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(16):
        table_view(world.meeting, world.tables[0], host)

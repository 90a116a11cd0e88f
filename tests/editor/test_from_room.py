"""What a room added is a part of the draft: at its place, with its day, undoable, in a YAML that reads back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from editor.conftest import NOW
from schakelbord.accounts.actors import READER, Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.editor.changing import Asked, redo, undo
from schakelbord.editor.content import Content, decode
from schakelbord.editor.from_room import (
    FromRoom,
    RoomChannel,
    RoomDoll,
    RoomGap,
    RoomOrganisation,
    RoomQuestion,
    RoomRemark,
    keep_from_room,
)
from schakelbord.editor.models import Draft
from schakelbord.editor.services import export_story, import_story
from schakelbord.engine import load_story, read_story
from schakelbord.engine.story_text import story_json, story_yaml
from schakelbord.errors import InputError, RightError
from schakelbord.stories.library import shipped, shipped_catalogue

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
TEAM = RoomOrganisation(key="t-0123456789", scene=1, beat=0, name="Buurtteam", ring="uitvoering", place="a")
TOLD: tuple[FromRoom, ...] = (
    TEAM,
    RoomChannel(key="t-1", scene=1, beat=0, from_="school@a", to=TEAM.key, ground="Jeugdwet 7.3.11", works=False),
    RoomGap(
        key="r-1",
        scene=1,
        beat=1,
        says="Niemand belt terug",
        kind="no_feedback",
        from_="school@a",
        causes=("Niemand heeft tijd",),
        counts={"uitvoering": 2, "": 1},
    ),
    RoomDoll(key="t-2", scene=1, beat=0, name="Esdoorn", age=7),
    RoomQuestion(key="t-3", scene=0, beat=4, text="Wie houdt contact?"),
)


def kept(actor: Actor, *rows: FromRoom, draft: Draft | None = None) -> Draft:
    return keep_from_room(actor, shipped()["wilg"], rows, held_on=DAY, now=NOW, draft=draft)


def now_in(draft: Draft) -> Content:
    return decode(Draft.objects.get(pk=draft.pk).content)


def test_all_that_can_be_placed_stands_in_the_story_with_its_day(merel: Actor) -> None:
    content = now_in(kept(merel, *TOLD))
    beat = content.scenes[1].beats[0]
    (team,), (channel,) = beat.told_organisations, beat.told_channels
    assert (team.id, team.name.nl, team.ring, team.place) == ("t_0123456789", "Buurtteam", "uitvoering", "a")
    assert (channel.from_, channel.to, channel.works) == ("school@a", "t_0123456789", "paper")
    (gap,) = content.scenes[1].beats[1].told_gaps
    assert (gap.says.nl, gap.kind, gap.from_, gap.to) == ("Niemand belt terug", "no_feedback", "school@a", "")
    assert (gap.causes, gap.recognised.uitvoering, gap.recognised.unsaid) == (["Niemand heeft tijd"], 2, 1)
    doll = content.dolls[-1]
    assert (doll.name, doll.age, doll.place) == ("Esdoorn", 7, content.dolls[0].place)
    asked = content.scenes[0].beats[5]
    assert (asked.ask.nl, asked.day) == ("Wie houdt contact?", content.scenes[0].beats[4].day)
    assert {row.from_room for row in (team, channel, gap, doll, asked)} == {"2026-11-20"}
    assert content.remarks == []


def test_the_yaml_reads_back_to_the_same_story_and_the_same_bytes(merel: Actor) -> None:
    text = export_story(kept(merel, *TOLD))
    story = load_story(text.encode(), shipped_catalogue(), name="verhaal.yaml")
    assert story_yaml(story) == text
    assert export_story(import_story(merel, text.encode(), now=NOW)) == text
    assert load_story(story_json(story).encode(), shipped_catalogue(), name="verhaal.json") == story
    assert "from_room" in text
    assert story.scenes[1].beats[1].told_gaps[0].from_room == DAY


def test_what_was_told_changes_no_finding(merel: Actor) -> None:
    before = read_story(shipped()["wilg"], shipped_catalogue())
    told = load_story(export_story(kept(merel, *TOLD[:3])).encode(), shipped_catalogue(), name="verhaal.yaml")
    after = read_story(told, shipped_catalogue())
    assert before.findings
    assert (after.findings, after.timeline, after.needs) == (before.findings, before.timeline, before.needs)


def test_each_part_can_be_undone_and_done_again(merel: Actor) -> None:
    draft = kept(merel, *TOLD)
    whole = now_in(draft)
    for _ in TOLD:
        undo(draft, Asked(merel))
    assert export_story(Draft.objects.get(pk=draft.pk)) == story_yaml(shipped()["wilg"])
    for _ in TOLD:
        redo(draft, Asked(merel))
    assert now_in(draft) == whole


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (
            RoomRemark(key="i-1", scene=1, beat=0, what="missing", text="iemand", by="zorg"),
            "Wie er miste: ",
        ),
        (RoomGap(key="r-2", scene=1, beat=0, says="Weg", from_="t-nobody"), "Hiaat: Weg"),
        (RoomChannel(key="t-4", scene=1, beat=0, from_="school@a", to="school@q"), "Kanaal: school@a → school@q"),
        (RoomOrganisation(key="t-5", scene=1, beat=0, name="Buurtteam", ring="uitvoering", place="q"), "Organisatie: "),
    ],
)
def test_what_is_not_certain_is_a_remark_at_its_step(merel: Actor, row: FromRoom, text: str) -> None:
    draft = kept(merel, row)
    content = now_in(draft)
    (remark,) = content.remarks
    assert remark.text.startswith(text)
    assert remark.path == f"scenes/{content.scenes[1].key}/beats/{content.scenes[1].beats[0].key}"
    assert export_story(draft) == story_yaml(shipped()["wilg"])


def test_nothing_of_a_person_comes_along(merel: Actor) -> None:
    draft = kept(
        merel,
        RoomDoll(key="t-2", scene=0, beat=0, name="Jan Jansen", age=7),
        RoomOrganisation(key="t-3", scene=0, beat=0, name="Jan Jansen", ring="uitvoering"),
        RoomGap(key="r-3", scene=0, beat=0, says="Niemand belt", causes=("Jan Jansen is ziek",)),
    )
    content = now_in(draft)
    assert "Jansen" not in draft.content
    assert content.dolls[-1].name == "Iep"
    assert content.remarks[0].text == "Een pop die de zaal toevoegde, heet nu Iep."
    assert len(content.remarks) == 3


def test_keeping_again_in_the_same_draft_changes_only_what_is_new(merel: Actor, spreeuw: Actor) -> None:
    gap = RoomGap(key="r-1", scene=1, beat=1, says="Niemand belt terug", from_="school@a", counts={"beleid": 1})
    draft = kept(merel, gap)
    more = RoomGap(
        key="r-1", scene=1, beat=1, says="Anders", from_="school@a", causes=("Geen tijd",), counts={"beleid": 3}
    )
    assert kept(spreeuw, more, TEAM, draft=draft).pk == draft.pk
    content = now_in(draft)
    (found,) = content.scenes[1].beats[1].told_gaps
    assert (found.says.nl, found.causes, found.recognised.beleid) == ("Niemand belt terug", ["Geen tijd"], 3)
    assert content.scenes[1].beats[0].told_organisations[0].name.nl == "Buurtteam"
    assert len(now_in(kept(spreeuw, more, draft=draft)).scenes[1].beats[1].told_gaps) == 1


def test_only_who_writes_stories_keeps_and_only_when_there_is_something(merel: Actor) -> None:
    with pytest.raises(RightError):
        kept(READER, TEAM)
    with pytest.raises(InputError):
        kept(merel)
    assert not Draft.objects.exists()


def test_the_editor_shows_what_the_room_told_with_a_form_to_complete_it(merel: Actor) -> None:
    draft = kept(merel, *TOLD, RoomRemark(key="i-1", scene=1, beat=0, what="missing", text="de buurvrouw", by="zorg"))
    content = now_in(draft)
    client = Client(headers={"Accept-Language": "nl"})
    client.force_login(demo_user(Role.SECRETARY))
    path = f"scenes/{content.scenes[1].key}/beats/{content.scenes[1].beats[1].key}"
    page = client.get(f"/bewerken/{draft.pk}?bij={path}").content.decode()
    assert "Toegevoegd in de zaal op 20 november 2026." in page
    assert "Herkend: uitvoering 2, niet gezegd 1." in page
    assert "De zaal denkt: Niemand heeft tijd" in page
    field = f"{path}/told_gaps/{content.scenes[1].beats[1].told_gaps[0].key}/to"
    answer = client.post(
        f"/bewerken/{draft.pk}?bij={path}",
        {"gezien": draft.seq, f"o:{field}": '""', f"v:{field}": "veilig_thuis@r1", "do": "bewaar"},
    )
    assert answer.status_code == 302
    assert now_in(draft).scenes[1].beats[1].told_gaps[0].to == "veilig_thuis@r1"
    story = client.get(f"/bewerken/{draft.pk}").content.decode()
    assert "kon niet met zekerheid een deel van het verhaal worden" in story


def test_a_told_gap_stands_on_the_page_of_the_story_apart_from_the_computed_ones(merel: Actor) -> None:
    from schakelbord.engine.reading import Reading  # noqa: PLC0415 - for the type only
    from schakelbord.stories.address import Address  # noqa: PLC0415
    from schakelbord.stories.page import story_page  # noqa: PLC0415
    from schakelbord.stories.timeline import Step  # noqa: PLC0415

    told = load_story(export_story(kept(merel, *TOLD)).encode(), shipped_catalogue(), name="verhaal.yaml")
    step = Step(1, 1, told.scenes[1].beats[1].day)
    page = story_page(told, Address(told.id, step, step.day), notes=[], language="nl")
    (gap,) = (row for row in page.gaps.all if row.row.told)
    assert (gap.row.title, gap.row.count, gap.row.kind) == ("Niemand belt terug", 3, "geen terugkoppeling")
    assert "Buurtteam" in {actor.name.nl for actor in page.moment.additions.actors}
    assert isinstance(page.moment.after, Reading)
    assert all(row.key != "r_1" for row in page.moment.after.findings)
    early = story_page(told, Address(told.id, Step(0, 0, 3), 3), notes=[], language="nl")
    assert not early.moment.additions

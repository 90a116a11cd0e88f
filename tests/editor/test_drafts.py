"""Drafts: begin, write together, undo, take along, put away."""

from __future__ import annotations

import pytest

from editor.conftest import NOW, ActorIn
from schakelbord.accounts.actors import READER, Actor, Role
from schakelbord.editor.blanks import insertion
from schakelbord.editor.changing import Asked, change, content_before_last, new_key, redo, undo
from schakelbord.editor.content import Content, decode, encode
from schakelbord.editor.models import Draft
from schakelbord.editor.operations import Insert, Remove, Set, digest_of
from schakelbord.editor.services import (
    bring_back,
    copy_story,
    edit_story,
    empty_draft,
    export_story,
    import_story,
    put_away,
)
from schakelbord.engine.story_text import story_yaml
from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.live.journal import verify
from schakelbord.live.models import Event, Room
from schakelbord.stories.library import shipped

pytestmark = pytest.mark.django_db


def now_in(draft: Draft) -> Content:
    return decode(Draft.objects.get(pk=draft.pk).content)


def say_path(content: Content, scene: int = 0, beat: int = 0) -> str:
    return f"scenes/{content.scenes[scene].key}/beats/{content.scenes[scene].beats[beat].key}/say/nl"


def write(draft: Draft, actor: Actor, path: str, old: str | int | None, new: str | int | None) -> None:
    change(draft, [Set(path, old, new)], Asked(actor))


def test_every_change_is_in_the_journal_before_it_is_answered(draft: Draft, merel: Actor) -> None:
    outcome = change(draft, [Set("title/nl", now_in(draft).title.nl, "Wilg is weg")], Asked(merel))
    assert (outcome.seq, Draft.objects.get(pk=draft.pk).seq, Draft.objects.get(pk=draft.pk).title) == (
        1,
        1,
        "Wilg is weg",
    )
    event = Event.objects.get(room=draft.room_id)
    assert (event.verb, event.audience, event.node) == ("draft.changed", "meeting", "title/nl")
    assert "Wilg" not in event.payload
    assert verify(Room.objects.get(pk=draft.room_id)) is None


def test_the_same_command_twice_is_one_change(draft: Draft, merel: Actor) -> None:
    operation = insertion(now_in(draft), "dolls", key=new_key())
    for _ in range(2):
        change(draft, [operation], Asked(merel, "sleutel-12345"))
    assert len(now_in(draft).dolls) == 4
    assert Event.objects.filter(room=draft.room_id).count() == 1


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PARTICIPANT, Role.TECHNICAL_ADMIN, Role.READER])
def test_only_who_writes_stories_may_change_or_begin_one(draft: Draft, actor_in: ActorIn, role: Role) -> None:
    actor = actor_in(role)
    begun = Draft.objects.get(pk=draft.pk).content
    with pytest.raises(RightError):
        write(draft, actor, "title/en", "Wilg moves and drops out of sight", "x")
    with pytest.raises(RightError):
        undo(draft, Asked(actor))
    with pytest.raises(RightError):
        empty_draft(actor, "Iets", now=NOW)
    with pytest.raises(RightError):
        import_story(READER, b"id: x", now=NOW)
    assert Draft.objects.get(pk=draft.pk).content == begun


def test_two_people_undo_and_neither_loses_the_work_of_the_other(draft: Draft, merel: Actor, spreeuw: Actor) -> None:
    content = now_in(draft)
    path, old = say_path(content), content.scenes[0].beats[0].say.nl
    write(draft, merel, path, old, old.replace("16 jaar", "zestien jaar"))
    write(draft, spreeuw, path, old, old.replace("lessen", "uren"))
    write(draft, spreeuw, "dolls/" + content.dolls[1].key + "/age", 11, 12)
    undo(draft, Asked(merel))
    assert now_in(draft).scenes[0].beats[0].say.nl == old.replace("lessen", "uren")
    assert now_in(draft).dolls[1].age == 12
    undo(draft, Asked(spreeuw))
    undo(draft, Asked(spreeuw))
    assert encode(now_in(draft)) == encode(content)
    redo(draft, Asked(merel))
    assert now_in(draft).scenes[0].beats[0].say.nl == old.replace("16 jaar", "zestien jaar")
    with pytest.raises(StateError):
        redo(draft, Asked(merel))


def test_undo_after_redo_takes_back_what_redo_did(draft: Draft, merel: Actor, spreeuw: Actor) -> None:
    content = now_in(draft)
    path, old = say_path(content), content.scenes[0].beats[0].say.nl
    write(draft, merel, path, old, old.replace("16 jaar", "zestien jaar"))
    undo(draft, Asked(merel))
    write(draft, spreeuw, path, old, old.replace("lessen", "uren"))
    redo(draft, Asked(merel))
    assert "zestien" in now_in(draft).scenes[0].beats[0].say.nl
    undo(draft, Asked(merel))
    assert now_in(draft).scenes[0].beats[0].say.nl == old.replace("lessen", "uren")


def test_who_comes_second_hears_who_changed_it(draft: Draft, merel: Actor, spreeuw: Actor) -> None:
    content = now_in(draft)
    path = f"scenes/{content.scenes[1].key}/beats/{content.scenes[1].beats[0].key}/day"
    write(draft, spreeuw, path, 16, 17)
    with pytest.raises(ConflictError) as refused:
        write(draft, merel, path, 16, 18)
    assert refused.value.nl == "S. Spreeuw veranderde scène 2, stap 1 ook. Kijk eerst wat er nu staat."
    removal = Remove(path.rpartition("/")[0], digest_of(content.scenes[1].beats[0]))
    with pytest.raises(ConflictError) as refused:
        change(draft, [removal], Asked(merel))
    assert "S. Spreeuw veranderde" in refused.value.nl


def test_a_text_for_a_step_that_is_gone_is_refused_with_who_removed_it(
    draft: Draft, merel: Actor, spreeuw: Actor
) -> None:
    content = now_in(draft)
    beat = content.scenes[0].beats[0]
    change(draft, [Remove(f"scenes/{content.scenes[0].key}/beats/{beat.key}", digest_of(beat))], Asked(spreeuw))
    with pytest.raises(ConflictError) as refused:
        write(draft, merel, say_path(content), beat.say.nl, "Iets nieuws")
    assert refused.value.nl.startswith("S. Spreeuw haalde een stap van scène 1 weg.")
    undo(draft, Asked(spreeuw))
    write(draft, merel, say_path(content), beat.say.nl, "Iets nieuws")
    assert now_in(draft).scenes[0].beats[0].say.nl == "Iets nieuws"


def test_undo_never_removes_what_somebody_else_filled_in(draft: Draft, merel: Actor, spreeuw: Actor) -> None:
    key = new_key()
    change(draft, [insertion(now_in(draft), "dolls", key=key)], Asked(merel))
    write(draft, spreeuw, f"dolls/{key}/age", None, 8)
    with pytest.raises(ConflictError) as refused:
        undo(draft, Asked(merel))
    assert "S. Spreeuw" in refused.value.nl
    assert now_in(draft).dolls[-1].age == 8


def test_typing_on_in_one_field_is_undone_at_once(draft: Draft, merel: Actor) -> None:
    content = now_in(draft)
    path, old = say_path(content), content.scenes[0].beats[0].say.nl
    for before, after in ((old, "Wilg"), ("Wilg", "Wilg wacht"), ("Wilg wacht", "Wilg wacht buiten.")):
        write(draft, merel, path, before, after)
    assert encode(content_before_last(draft, merel)) == encode(content)
    undo(draft, Asked(merel))
    assert encode(now_in(draft)) == encode(content)
    with pytest.raises(StateError):
        undo(draft, Asked(merel))


def test_what_a_change_did_is_compared_with_the_draft_before_it(draft: Draft, merel: Actor, spreeuw: Actor) -> None:
    content = now_in(draft)
    write(draft, spreeuw, "title/nl", content.title.nl, "Anders")
    write(draft, merel, f"dolls/{content.dolls[0].key}/age", 16, 17)
    write(draft, spreeuw, f"dolls/{content.dolls[1].key}/age", 11, 12)
    found = content_before_last(draft, merel)
    assert (found.title.nl, found.dolls[0].age, found.dolls[1].age) == ("Anders", 16, 11)


def test_a_draft_of_a_shipped_story_gives_the_same_bytes(draft: Draft) -> None:
    assert export_story(draft) == story_yaml(shipped()["wilg"])


def test_export_import_export_gives_the_same_bytes(draft: Draft, merel: Actor) -> None:
    content = now_in(draft)
    write(draft, merel, say_path(content), content.scenes[0].beats[0].say.nl, 'Wilg zegt: "nee", en #1 is: [weg] 🌳')
    write(draft, merel, "title/en", content.title.en, "")
    once = export_story(Draft.objects.get(pk=draft.pk))
    other = import_story(merel, once.encode(), now=NOW)
    assert export_story(other) == once


def test_a_bad_file_gives_one_sentence_with_its_line_and_no_draft(merel: Actor) -> None:
    good = story_yaml(shipped()["berk"])
    for bad, sign in (
        (good.replace("fictional: true", "fictional: misschien").encode(), "verhaal.yaml:"),
        (b"PK\x03\x04\x00\x00 geen verhaal \xff\xfe", "verhaal.yaml"),
        (b"<svg onload='alert(1)'/>", "verhaal.yaml"),
        (b"", "verhaal.yaml"),
        (b"x" * (1024 * 1024 + 1), "verhaal.yaml"),
    ):
        with pytest.raises(InputError) as refused:
            import_story(merel, bad, now=NOW)
        assert sign in refused.value.sentence("nl")
    assert not Draft.objects.exists()


def test_an_unfinished_draft_says_what_is_missing_first(merel: Actor) -> None:
    begun = empty_draft(merel, "  Iep   krijgt   hulp ", now=NOW)
    assert (begun.title, begun.story) == ("Iep   krijgt   hulp", "iep_krijgt_hulp")
    with pytest.raises(StateError) as refused:
        export_story(begun)
    assert "vul een leeftijd in" in refused.value.nl
    with pytest.raises(InputError):
        empty_draft(merel, "   ", now=NOW)


def test_editing_the_same_story_goes_on_in_the_same_draft_and_copying_makes_another(
    draft: Draft, spreeuw: Actor
) -> None:
    assert edit_story(spreeuw, shipped()["wilg"], now=NOW).pk == draft.pk
    copy = copy_story(spreeuw, shipped()["wilg"], now=NOW)
    assert (copy.story, now_in(copy).title.nl) == ("wilg_2", "Wilg verhuist en raakt uit beeld (kopie)")
    assert copy_story(spreeuw, shipped()["wilg"], now=NOW).story == "wilg_3"


def test_a_draft_that_is_put_away_is_kept_and_cannot_be_changed(draft: Draft, merel: Actor) -> None:
    put_away(merel, draft, now=NOW)
    with pytest.raises(StateError):
        write(draft, merel, "title/en", "", "x")
    with pytest.raises(StateError):
        put_away(merel, draft, now=NOW)
    bring_back(merel, draft)
    write(draft, merel, "title/nl", now_in(draft).title.nl, "Terug")
    assert now_in(draft).title.nl == "Terug"


@pytest.mark.parametrize("text", ["x" * 4001, "x" * 10_000])
def test_a_text_that_is_too_long_is_refused_and_nothing_changes(draft: Draft, merel: Actor, text: str) -> None:
    content = now_in(draft)
    with pytest.raises(InputError) as refused:
        write(draft, merel, say_path(content), content.scenes[0].beats[0].say.nl, text)
    assert "4000" in refused.value.nl
    assert encode(now_in(draft)) == encode(content)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "👨‍👩‍👧‍👦 🌳", "{{ 7|add:1 }} {% now %}", "\u202erechts"]
)
def test_any_characters_come_back_as_they_were_written(draft: Draft, merel: Actor, text: str) -> None:
    content = now_in(draft)
    write(draft, merel, say_path(content), content.scenes[0].beats[0].say.nl, text)
    assert now_in(draft).scenes[0].beats[0].say.nl == text


def test_an_item_with_values_that_do_not_fit_is_refused(draft: Draft, merel: Actor) -> None:
    for raw in ({"key": "a", "age": [1]}, {"key": ""}, {"name": "Iep"}):
        with pytest.raises((InputError, ConflictError)):
            change(draft, [Insert("dolls", raw)], Asked(merel))

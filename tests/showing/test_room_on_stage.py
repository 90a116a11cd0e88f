"""What the desk adds comes on the stage, in the list and in the gaps, told apart from what was computed."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from schakelbord.showing.models import Session
from schakelbord.showing.selectors import SessionView, session_view
from showing_session import Do, JoinPhone, say


def view(session: Session, **more: int) -> SessionView:
    return session_view(Session.objects.get(pk=session.pk), "nl", now=timezone.now(), **more)


def test_an_added_organisation_stands_in_drawing_and_list_and_in_the_spotlight(session: Session, do: Do) -> None:
    do("add-organisation", name="Voetbalclub", ring="uitvoering", sector="b", icon="mensen")
    page = view(session).page
    token = next(row for row in page.stage.drawing.tokens if row.added)
    assert token.lit
    rows = {row.id: row for ring in page.rings for row in ring.rows}
    assert rows[token.id].name == "Voetbalclub"
    assert rows[token.id].added
    assert rows[token.id].says == token.says


def test_a_told_gap_brings_on_whom_it_names_and_counts_who_recognise_it(
    session: Session, do: Do, join_phone: JoinPhone
) -> None:
    do("add-gap", between_from="huisarts@b", sentence="Niemand vraagt het de huisarts", kind="no_feedback")
    key = view(session).told[0].key
    say(join_phone(), session, "recognise", gap=key)
    seen = view(session)
    mark = next(row for row in seen.page.stage.drawing.gaps if row.key == key)
    assert mark.told
    assert {mark.from_, mark.to} == {"huisarts@b", f"nobody:{key}"}
    link = next(row for row in seen.page.gaps.all if row.row.key == key)
    assert (link.row.told, link.row.count, link.row.label) == (True, 1, seen.told[0].label)
    assert link.says == mark.says
    assert "1 mens herkent dit. Status: herkend, verteld in de zaal." in link.says
    assert [gap.told for gap in seen.gaps if gap.key == key] == [True]


def test_a_channel_and_a_doll_of_the_room_are_drawn_and_told(session: Session, do: Do) -> None:
    do("add-doll", name="Hazelaar", age=12, place="a")
    do("add-channel", between_from="school@a", between_to="leerplicht@a", ground="AVG, 6", works=False)
    page = view(session).page
    assert "Hazelaar" in {row.name for ring in page.rings for row in ring.rows if row.is_doll and row.added}
    assert [row.paper for row in page.stage.drawing.lines if row.told] == [True]
    assert any("toegevoegd in de zaal" in row.sentence for row in page.channels)


def test_what_is_added_later_in_the_story_is_not_there_earlier(session: Session, do: Do) -> None:
    do("go-to", scene=2, beat=0)
    do("add-organisation", name="Voetbalclub")
    do("add-gap", between_from="school@a", sentence="Niemand belt terug")
    assert any(token.added for token in view(session).page.stage.drawing.tokens)
    earlier = view(session, scene=0).page
    assert not any(token.added for token in earlier.stage.drawing.tokens)
    assert not any(gap.told for gap in earlier.stage.drawing.gaps)


def test_large_letters_count_the_passive_ones(session: Session, client: Client) -> None:
    seen = session_view(session, "nl", now=timezone.now(), large=True)
    assert not [row for row in seen.page.stage.drawing.tokens if row.quiet and row.shape in {"card", "body"}]

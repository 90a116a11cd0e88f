"""Two people edit the model: nothing is lost, every edit is on record, a version is for good."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakelbord.accounts.actors import Actor, Role
from schakelbord.accounts.demo import demo_user
from schakelbord.errors import ConflictError, InputError, RightError, StateError
from schakelbord.stories.library import PUBLISHED, all_stories, catalogue_with, shipped_catalogue, the_catalogue
from schakelbord.stories.models import ModelVersion
from schakelbord.system_model import services
from schakelbord.system_model.columns import column_of, value_at
from schakelbord.system_model.exchange import as_xlsx
from schakelbord.system_model.models import Edit
from schakelbord.system_model.selectors import content_now, differences, usage_of, version_in_use
from schakelbord.system_model.services import Change

CHANNEL = "meldcode_school_vt"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _model_as_it_was(db: None) -> Iterator[None]:
    """The process forgets which model was in use in a test."""
    yield
    PUBLISHED.model = None


def editor(role: Role = Role.SECRETARY) -> Actor:
    """Somebody who may edit; other roles stand for a second secretary here."""
    user = demo_user(role)
    return Actor(user_id=user.pk, name=user.name, roles=frozenset({Role.SECRETARY}))


def now() -> dt.datetime:
    """This moment."""
    return timezone.now()


def field(name: str, row: str = CHANNEL) -> Any:
    """A field of a channel as it is now."""
    found = next(one for one in content_now()["channels"] if one["id"] == row)
    return value_at(found, column_of("channels", name))


def test_only_the_secretary_edits() -> None:
    with pytest.raises(RightError):
        services.edit(Actor(user_id=1), "channels", [Change(CHANNEL, "delay.days", 3)], now=now())


def test_two_people_change_different_fields_and_both_stay() -> None:
    one, other = editor(), editor(Role.CHAIR)
    services.edit(one, "channels", [Change(CHANNEL, "delay.days", 3, 5)], now=now())
    services.edit(other, "channels", [Change(CHANNEL, "works", "paper", None)], now=now())
    assert (field("delay.days"), field("works")) == (3, "paper")


def test_who_changes_what_somebody_else_changed_hears_who_that_was_and_nothing_is_lost() -> None:
    one, other = editor(), editor(Role.CHAIR)
    services.edit(one, "channels", [Change(CHANNEL, "delay.days", 3, 5)], now=now())
    with pytest.raises(ConflictError, match=r"M\. Merel"):
        services.edit(other, "channels", [Change(CHANNEL, "delay.days", 9, 5)], now=now())
    assert field("delay.days") == 3


def test_many_rows_change_together_or_not_at_all_and_one_undo_takes_all_back() -> None:
    one = editor()
    ids = [row["id"] for row in content_now()["channels"][:5]]
    before = [field("delay.days", row) for row in ids]
    assert services.edit(one, "channels", [Change(row, "delay.days", 77) for row in ids], now=now()) == 5
    with pytest.raises(InputError):
        services.edit(one, "channels", [Change(ids[0], "delay.days", 1), Change("none", "delay.days", 1)], now=now())
    assert [field("delay.days", row) for row in ids] == [77] * 5
    services.undo(one, now=now())
    assert [field("delay.days", row) for row in ids] == before


def test_undo_never_touches_the_work_of_somebody_else() -> None:
    one, other = editor(), editor(Role.CHAIR)
    services.edit(one, "channels", [Change(CHANNEL, "delay.days", 3)], now=now())
    services.edit(other, "channels", [Change(CHANNEL, "delay.days", 4)], now=now())
    with pytest.raises(ConflictError):
        services.undo(one, now=now())
    services.undo(other, now=now())
    services.undo(one, now=now())
    assert field("delay.days") == 5


def test_a_row_in_use_cannot_be_taken_out_and_says_where_it_is_used() -> None:
    with pytest.raises(StateError, match="used in"):
        services.remove_row(editor(), "organisations", "school", now=now())
    assert usage_of(content_now(), "organisations", "school").places["stories"]


def test_a_version_is_for_good_and_the_draft_goes_on_from_it() -> None:
    one = editor()
    services.edit(one, "channels", [Change(CHANNEL, "delay.days", 3)], now=now())
    version = services.name_version(one, name="Sneller", note="", now=now())
    assert version.number == 2
    assert ModelVersion.objects.get(number=1).name == "Meegeleverd"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE stories_modelversion SET content = '{}'")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM stories_modelversion")
    with pytest.raises(StateError, match="same"):
        services.name_version(one, name="Nog eens", note="", now=now())
    services.take_into_use(one, version, now=now())
    assert version_in_use() == version
    all_stories()
    assert the_catalogue().channel[CHANNEL].delay.days == 3
    assert catalogue_with(shipped_catalogue().digest).channel[CHANNEL].delay.days == 5


def test_a_draft_with_errors_is_no_version() -> None:
    one = editor()
    services.edit(one, "channels", [Change(CHANNEL, "to", "nowhere")], now=now())
    with pytest.raises(StateError, match="errors"):
        services.name_version(one, name="Kapot", note="", now=now())


def test_an_import_with_an_error_changes_nothing() -> None:
    one = editor()
    before = content_now()
    broken = [dict(row) | {"to": "nowhere"} for row in before["channels"]]
    with pytest.raises(InputError):
        services.replace_rows(one, {"channels": broken}, now=now())
    assert content_now() == before
    assert Edit.objects.count() == 0


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["delay.days", "queue.real_days", "queue.norm_days"]), st.integers(2, 6)
    ),
    max_size=12,
)


@given(steps=STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_edit_that_was_not_refused_is_there_until_somebody_who_saw_it_changes_it(
    steps: list[tuple[int, str, int]],
) -> None:
    with transaction.atomic():
        people = [editor(), editor(Role.CHAIR)]
        seen: list[dict[str, Any]] = [{}, {}]
        truth: dict[str, Any] = {}
        start = {name: field(name) for name in ("delay.days", "queue.real_days", "queue.norm_days")}
        for who, name, value in steps:
            known = seen[who].get(name, start[name])
            change = Change(CHANNEL, name, value, known)
            try:
                services.edit(people[who], "channels", [change], now=now())
            except ConflictError:
                assert truth[name] not in (known, value)
                seen[who][name] = truth[name]
            else:
                truth[name] = seen[who][name] = value
        assert {name: field(name) for name in truth} == truth
        transaction.set_rollback(True)


def test_the_pages_of_the_model_answer_and_a_bulk_edit_shows_what_changes_first(as_role: Any) -> None:
    client: Client = as_role("secretary")
    for address in (
        "/stelsel",
        "/stelsel/channels",
        "/stelsel/channels?zoek=school&sorteer=-delay.days&works=paper",
        f"/stelsel/channels/regel/{CHANNEL}",
        "/stelsel/concept",
        "/stelsel/invoer",
        "/stelsel/signals/nieuw",
        "/stelsel/bestand/stelsel.xlsx",
        "/stelsel/bestand/channels.csv",
        "/stelsel/gevolgen/concept",
    ):
        assert client.get(address).status_code == 200, address
    chosen = {"regel": [CHANNEL], "veld": "delay.days", "waarde": "3"}
    shown = client.post("/stelsel/channels/samen", chosen)
    assert "Becomes" in shown.content.decode() or "Wordt" in shown.content.decode()
    assert field("delay.days") == 5
    client.post("/stelsel/channels/samen", chosen | {"was": ["5"], "doe": "ja"})
    assert field("delay.days") == 3
    wrong = client.post("/stelsel/channels/samen", chosen | {"waarde": "drie"})
    assert wrong.status_code == 400
    assert "drie" in wrong.content.decode()


def test_a_form_keeps_what_was_typed_when_it_does_not_fit(as_role: Any) -> None:
    client: Client = as_role("secretary")
    page = client.post(f"/stelsel/channels/regel/{CHANNEL}", {"delay.days": "veel", "delay.source": "Handboek 2026"})
    assert page.status_code == 400
    assert "Handboek 2026" in page.content.decode()
    assert field("delay.source") is None


def test_a_file_is_seen_first_and_then_comes_in_whole(as_role: Any) -> None:
    client: Client = as_role("secretary")
    content = content_now()
    content["signals"][0]["name"]["nl"] = "Andere naam"
    upload = io.BytesIO(as_xlsx(content))
    upload.name = "stelsel.xlsx"
    page = client.post("/stelsel/invoer", {"bestand": upload}).content.decode()
    assert "Andere naam" in page
    assert content_now()["signals"][0]["name"]["nl"] != "Andere naam"
    token = page.partition('name="bewaard" value="')[2].partition('"')[0]
    client.post("/stelsel/invoer", {"bewaard": token, "doe": "ja"})
    assert content_now()["signals"][0]["name"]["nl"] == "Andere naam"


def test_a_reader_may_look_and_not_touch(as_role: Any) -> None:
    client: Client = as_role("participant")
    assert client.get("/stelsel/channels").status_code == 200
    assert (
        client.post("/stelsel/channels/samen", {"regel": CHANNEL, "veld": "delay.days", "waarde": "3"}).status_code
        == 403
    )
    assert client.get("/stelsel/invoer").status_code == 403


def test_differences_are_said_field_by_field() -> None:
    before = content_now()
    services.edit(editor(), "channels", [Change(CHANNEL, "delay.days", 3)], now=now())
    changes = differences(before, content_now())
    assert [
        (change.row, [(one.column.name, one.before, one.after) for one in change.fields]) for change in changes
    ] == [(CHANNEL, [("delay.days", "5", "3")])]

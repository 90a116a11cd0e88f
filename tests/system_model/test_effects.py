"""Which gaps change: computed in the background, kept for each model and story, stopped and taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from schakelbord.engine import read_story
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.text import Text
from schakelbord.errors import RightError
from schakelbord.stories.library import PUBLISHED, all_stories, the_catalogue
from schakelbord.system_model import effects, services
from schakelbord.system_model.effects import Gap, Outcome, compared
from schakelbord.system_model.models import EffectJob, StoryGaps
from schakelbord.system_model.selectors import checked_now, content_now
from schakelbord.system_model.services import Change
from system_model.people import CHANNEL, NOW, reader, secretary

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)
TEXT = Text(nl="x", en="x")


@pytest.fixture(autouse=True)
def _model_as_it_was(db: None) -> Iterator[None]:
    """The process forgets which model was in use in a test."""
    yield
    PUBLISHED.model = None


def _slower() -> Catalogue:
    """A draft in which one channel takes a hundred days more."""
    services.edit(secretary(), "channels", [Change(CHANNEL, "delay.days", 105)], now=NOW)
    catalogue = checked_now(content_now()).catalogue
    assert catalogue is not None
    return catalogue


def _begun(after: Catalogue, *, now: dt.datetime = NOW) -> EffectJob:
    effects.begin(secretary(), after, now=now)
    return EffectJob.objects.get(after=after.digest)


def test_the_work_computes_every_story_with_both_models_and_keeps_what_it_found() -> None:
    after = _slower()
    job = _begun(after)
    assert effects.effects_of(after.digest, now=NOW).is_running
    effects.work(job.pk, job.run)
    found = effects.effects_of(after.digest, now=NOW)
    assert (found.done, found.state) == (len(all_stories()), EffectJob.DONE)
    for story, effect in found.stories:
        old = {row.key for row in read_story(story, the_catalogue(), with_repairs=False).findings}
        new = {row.key for row in read_story(story, after, with_repairs=False).findings}
        assert effect is not None
        assert {gap.key for gap in effect.gone} == old - new
        assert {gap.key for gap in effect.new} == new - old
        assert effect.same + len(effect.different) == len(old & new)
    assert any(effect.gone or effect.new or effect.different for _story, effect in found.stories if effect)


def test_what_was_computed_once_is_not_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    after = _slower()
    job = _begun(after)
    effects.work(job.pk, job.run)
    version = services.name_version(secretary(), name="Langzamer", note="", now=NOW)
    assert version.digest == after.digest
    monkeypatch.setattr(effects, "outcome_of", lambda *_: pytest.fail("it was known already"))
    again = _begun(after, now=LATER)
    effects.work(again.pk, again.run)
    assert effects.effects_of(version.digest, now=LATER).done == len(all_stories())


def test_it_stops_after_the_story_at_hand_and_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    after = _slower()
    job = _begun(after)
    computed = []

    def and_stop(*asked: Any) -> Outcome:
        computed.append(asked)
        if len(computed) == 3:
            effects.stop(secretary(), after.digest)
        return Outcome()

    monkeypatch.setattr(effects, "outcome_of", and_stop)
    effects.work(job.pk, job.run)
    assert len(computed) == StoryGaps.objects.count() == 3
    found = effects.effects_of(after.digest, now=NOW)
    assert (found.state, found.done) == (EffectJob.STOPPED, 1)
    again = _begun(after, now=LATER)
    effects.work(again.pk, again.run)
    assert len(computed) == StoryGaps.objects.count() == 2 * len(all_stories())


def test_two_who_ask_get_one_job_and_a_thread_that_was_overtaken_does_nothing_more() -> None:
    after = _slower()
    first = _begun(after)
    assert _begun(after).run == first.run
    effects.stop(secretary(), after.digest)
    second = _begun(after)
    assert second.run != first.run
    effects.work(first.pk, first.run)
    assert not StoryGaps.objects.exists()
    assert effects.effects_of(after.digest, now=NOW).is_running


def test_a_job_whose_process_ended_can_be_taken_up() -> None:
    after = _slower()
    first = _begun(after)
    assert effects.effects_of(after.digest, now=LATER).state == EffectJob.STOPPED
    assert _begun(after, now=LATER).run != first.run


def test_a_story_that_cannot_be_read_with_the_model_says_why() -> None:
    story = all_stories()["wilg"]
    model = the_catalogue()
    without = Catalogue(
        organisations=tuple(row for row in model.organisations if row.id != "school"),
        bodies=model.bodies,
        channels=model.channels,
        signals=model.signals,
        patterns=model.patterns,
        themes=model.themes,
    )
    outcome = effects.outcome_of(story, without)
    assert outcome.trouble is not None
    assert "school" in outcome.trouble.nl
    assert compared(story, Outcome(), outcome).trouble == outcome.trouble


def test_a_gap_differs_when_its_day_or_its_cause_does() -> None:
    def gap(key: str, day: int = 5, cause: str = "law") -> Gap:
        return Gap(key, "late", ((cause,),), day, TEXT, TEXT)

    before = Outcome((gap("a"), gap("b"), gap("c"), gap("d")))
    after = Outcome((gap("a"), gap("b", 9), gap("c", cause="practice"), gap("e")))
    effect = compared(all_stories()["wilg"], before, after)
    assert [one.key for one in effect.gone] == ["d"]
    assert [one.key for one in effect.new] == ["e"]
    assert [one.key for one, _other in effect.different] == ["b", "c"]
    assert effect.same == 1


def test_only_the_secretary_lets_compute_and_everybody_reads(
    as_role: Callable[[str], Client], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    after = _slower()
    with pytest.raises(RightError):
        effects.begin(reader(), after, now=NOW)
    assert as_role("presenter").post("/stelsel/gevolgen/concept/reken").status_code == 403
    with django_capture_on_commit_callbacks() as asked:
        assert as_role("secretary").post("/stelsel/gevolgen/concept/reken").status_code == 302
    assert len(asked) == 1
    job = EffectJob.objects.get()
    page = as_role("participant").get("/stelsel/gevolgen/concept").content.decode()
    assert 'hx-trigger="load delay:1s"' in page
    assert "/stop" not in page
    assert as_role("participant").post("/stelsel/gevolgen/concept/stop").status_code == 403
    effects.work(job.pk, job.run)
    done = as_role("participant").get("/stelsel/gevolgen/concept", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in done
    assert "Alle verhalen zijn doorgerekend." in done
    assert "<html" not in done


def test_what_fails_is_said_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    after = _slower()
    job = _begun(after)

    def broken(*_: Any) -> Outcome:
        raise MemoryError

    monkeypatch.setattr(effects, "outcome_of", broken)
    monkeypatch.setattr(effects.connection, "close", lambda: None)
    effects._in_thread(job.pk, job.run)
    assert effects.effects_of(after.digest, now=NOW).state == EffectJob.FAILED
    assert _begun(after).state == EffectJob.RUNNING


def test_what_was_computed_for_drafts_that_are_gone_is_let_go() -> None:
    after = _slower()
    StoryGaps.objects.create(model="sha256:gone", story="x", release="0", content="{}")
    job = _begun(after)
    effects.work(job.pk, job.run)
    assert not StoryGaps.objects.filter(model="sha256:gone").exists()
    assert StoryGaps.objects.count() == 2 * len(all_stories())

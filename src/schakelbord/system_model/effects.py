"""Which gaps of which stories change with another model: computed in the background, kept, and compared.

What is kept is the gaps of one story with one model, so that a draft that becomes a version, and a model that is
compared with several others, is computed once. The work survives the page that asked for it: the job is a row in the
database, a thread of this process does it story by story, and anybody may look. When the process ends in the middle,
the job has an old beat, and whoever lets it go on loses nothing of what was computed.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final

import msgspec
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from schakelbord import __version__
from schakelbord.accounts.actors import Actor
from schakelbord.engine import read_story
from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.stories.library import all_stories, catalogue_with, shipped_catalogue, the_catalogue
from schakelbord.stories.models import ModelVersion
from schakelbord.stories.readings import digest_of
from schakelbord.system_model.content import as_text, content_of
from schakelbord.system_model.models import EffectJob, StoryGaps
from schakelbord.system_model.selectors import catalogue_in
from schakelbord.system_model.services import require_editor, trouble_with

SILENT: Final = dt.timedelta(minutes=5)
"""After how long without a story a job counts as left alone."""
JOBS_KEPT: Final = 20
COMPUTING: Final = Lock()
log = logging.getLogger(__name__)


class Gap(msgspec.Struct, frozen=True):
    """What is kept of a finding."""

    key: str
    kind: str
    causes: tuple[tuple[str, ...], ...]
    day: int
    title: Text
    sentence: Text


class Outcome(msgspec.Struct, frozen=True):
    """A story with a model: its gaps, or why it cannot be read with it."""

    gaps: tuple[Gap, ...] = ()
    trouble: Text | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What another model changes in one story; `different` are pairs of before and after."""

    story: Story
    gone: tuple[Gap, ...]
    new: tuple[Gap, ...]
    different: tuple[tuple[Gap, Gap], ...]
    same: int
    trouble: Text | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """How far the comparison of two models is: an effect a story, None where it was not computed."""

    stories: tuple[tuple[Story, Effect | None], ...]
    state: str

    @property
    def done(self) -> int:
        """How many stories are computed."""
        return sum(effect is not None for _story, effect in self.stories)

    @property
    def is_running(self) -> bool:
        """Whether a thread works on it."""
        return self.state == EffectJob.RUNNING


def effects_of(after: str, *, now: dt.datetime) -> Effects:
    """What is known of the effects of the model with digest `after` on all stories, beside the model in use."""
    stories = tuple(all_stories().values())
    before = the_catalogue().digest
    known = _known(before, after)
    job = EffectJob.objects.filter(before=before, after=after).first()
    state = job.state if job else ""
    if job and job.state == EffectJob.RUNNING and now - job.beat > SILENT:
        state = EffectJob.STOPPED
    return Effects(tuple((story, _effect(story, before, after, known)) for story in stories), state)


def begin(actor: Actor, after: Catalogue, *, now: dt.datetime) -> None:
    """Let the effects of a model be computed from here on; nothing new when that is being done already.

    Raises:
        RightError: this actor may not.
    """
    user_id = require_editor(actor)
    all_stories()
    before = the_catalogue().digest
    run = secrets.token_hex(8)
    with transaction.atomic():
        job, is_new = EffectJob.objects.select_for_update().get_or_create(
            before=before,
            after=after.digest,
            defaults={
                "content": as_text(content_of(after)),
                "state": EffectJob.RUNNING,
                "run": run,
                "beat": now,
                "by_id": user_id,
            },
        )
        if not is_new:
            if job.state == EffectJob.RUNNING and now - job.beat <= SILENT:
                return
            job.state, job.run, job.beat, job.by_id = EffectJob.RUNNING, run, now, user_id
            job.save(update_fields=["state", "run", "beat", "by"])
        _forget_old()
        thread = Thread(target=_in_thread, args=(job.pk, run), name="effects", daemon=True)
        transaction.on_commit(thread.start)


def stop(actor: Actor, after: str) -> None:
    """Stop computing after the story at hand; what was computed stays.

    Raises:
        RightError: this actor may not.
    """
    require_editor(actor)
    EffectJob.objects.filter(after=after, state=EffectJob.RUNNING).update(state=EffectJob.STOPPED)


def work(job_id: int, run: str) -> None:
    """Compute what is not known yet, story by story, until all is done or somebody stopped it."""
    job = EffectJob.objects.get(pk=job_id)
    models = (catalogue_with(job.before), catalogue_in(job.content))
    known = _known(job.before, job.after)
    for story in all_stories().values():
        for model in models:
            if not _goes_on(job_id, run):
                return
            if (model.digest, digest_of(story)) not in known:
                with COMPUTING:
                    outcome = outcome_of(story, model)
                _keep(story, model, outcome)
    _this(job_id, run).update(state=EffectJob.DONE)


def outcome_of(story: Story, model: Catalogue) -> Outcome:
    """The gaps of a story with a model, without repairs."""
    trouble = trouble_with(story, model)
    if trouble is not None:
        return Outcome(trouble=trouble)
    findings = read_story(story, model, with_repairs=False).findings
    return Outcome(tuple(Gap(row.key, row.kind, row.causes, row.day, row.title, row.sentence) for row in findings))


def compared(story: Story, before: Outcome, after: Outcome) -> Effect:
    """Which gaps of a story go, come, or open on another day or for another reason."""
    if after.trouble is not None:
        return Effect(story, (), (), (), 0, after.trouble)
    old, new = ({gap.key: gap for gap in outcome.gaps} for outcome in (before, after))
    both = [(old[key], new[key]) for key in old if key in new]
    different = tuple(pair for pair in both if _differ(*pair))
    return Effect(
        story,
        gone=tuple(gap for key, gap in old.items() if key not in new),
        new=tuple(gap for key, gap in new.items() if key not in old),
        different=different,
        same=len(both) - len(different),
    )


def _in_thread(job_id: int, run: str) -> None:
    try:
        work(job_id, run)
    except Exception:  # whatever it is, the page must say that nobody works on it any more
        log.exception("the effects of job %s could not be computed", job_id)
        _this(job_id, run).update(state=EffectJob.FAILED)
    finally:
        connection.close()


def _this(job_id: int, run: str) -> QuerySet[EffectJob]:
    """The job, as long as it is the work of this thread."""
    return EffectJob.objects.filter(pk=job_id, run=run, state=EffectJob.RUNNING)


def _goes_on(job_id: int, run: str) -> bool:
    return _this(job_id, run).update(beat=timezone.now()) == 1


def _keep(story: Story, model: Catalogue, outcome: Outcome) -> None:
    StoryGaps.objects.update_or_create(
        model=model.digest,
        story=digest_of(story),
        release=__version__,
        defaults={"content": msgspec.json.encode(outcome).decode()},
    )


def _known(*models: str) -> dict[tuple[str, str], Outcome]:
    """Everything that this release computed with these models, by the digests of model and story."""
    rows = StoryGaps.objects.filter(model__in=models, release=__version__)
    return {(row.model, row.story): msgspec.json.decode(row.content, type=Outcome) for row in rows}


def _effect(story: Story, before: str, after: str, known: Mapping[tuple[str, str], Outcome]) -> Effect | None:
    name = digest_of(story)
    old, new = known.get((before, name)), known.get((after, name))
    return None if old is None or new is None else compared(story, old, new)


def _differ(before: Gap, after: Gap) -> bool:
    return (before.day, before.causes, before.kind) != (after.day, after.causes, after.kind)


def _forget_old() -> None:
    """Let go of drafts that nobody looks at any more, and of what was computed with them."""
    newest = EffectJob.objects.order_by("-beat").values_list("pk", flat=True)[:JOBS_KEPT]
    EffectJob.objects.exclude(pk__in=list(newest)).delete()
    in_jobs = {digest for pair in EffectJob.objects.values_list("before", "after") for digest in pair}
    in_versions = set(ModelVersion.objects.values_list("digest", flat=True))
    StoryGaps.objects.exclude(model__in=in_jobs | in_versions | {shipped_catalogue().digest}).delete()

"""Changes to dossiers, themes and issues: the root of the thread."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from schakelbord.accounts.actors import Actor
from schakelbord.bodies.models import Body, Organisation
from schakelbord.dossiers import codes
from schakelbord.dossiers.models import Dossier, Issue, Theme
from schakelbord.dossiers.numbers import next_code
from schakelbord.dossiers.rights import may_bring_issues, may_make_dossiers
from schakelbord.engine.reading import Finding
from schakelbord.errors import ConflictError, InputError, Language, RightError, StateError
from schakelbord.showing.models import RoomGap
from schakelbord.showing.reading import clean, one_line_of
from schakelbord.showing.real_people import refuse_real_people
from schakelbord.stories.models import StoryVersion

OPEN_STATES = frozenset({"draft", "submitted", "accepted", "returned", "parked"})
LONGEST_TOLD = 4000
LETTERS = {codes.IssueKind.GAP: "H", codes.IssueKind.DILEMMA: "D"}


def make_dossier(actor: Actor, *, title: str, summary: str = "", now: dt.datetime) -> Dossier:
    """A new dossier.

    Raises:
        RightError: this actor may not.
        InputError: the title is empty, too long or taken.
    """
    user_id = _require_maker(actor)
    shown = one_line(title, field="title", longest=160)
    try:
        with transaction.atomic():
            return Dossier.objects.create(title=shown, summary=clean(summary), made_by_id=user_id, made_at=now)
    except IntegrityError:
        raise InputError(
            "title_taken", "title", nl="Er is al een dossier met deze titel.", en="There is a dossier with this title."
        ) from None


def add_theme(actor: Actor, dossier: Dossier, *, title: str, question: str) -> Theme:
    """A theme with the question that guides the talk about it.

    Raises:
        RightError: this actor may not.
        InputError: title or question is empty, too long, or the title is taken.
    """
    _require_maker(actor)
    words = {"title": one_line(title, field="title", longest=120)}
    words["question"] = one_line(question, field="question", longest=300)
    try:
        with transaction.atomic():
            return Theme.objects.create(dossier=dossier, order=dossier.themes.count(), **words)
    except IntegrityError:
        raise InputError(
            "theme_taken",
            "title",
            nl="Dit dossier heeft al een thema met deze titel.",
            en="This dossier has a theme with this title.",
        ) from None


def bring_dilemma(
    actor: Actor,
    dossier: Dossier,
    *,
    statement: str,
    happened: str = "",
    stuck: str = "",
    tried: str = "",
    would_help: str = "",
    themes: Sequence[Theme] = (),
    organisations: Sequence[Organisation] = (),
    urgency: str = codes.Urgency.THIS_YEAR,
    submitted_by: Body | None = None,
    now: dt.datetime,
) -> Issue:
    """A dilemma from practice, in general terms.

    Raises:
        RightError: this actor may not.
        InputError: it says nothing, is too long, or looks like a real person; says at which field.
    """
    if not may_bring_issues(actor):
        raise RightError("not_yours", nl="U kunt hier geen dilemma inbrengen.", en="You cannot bring a dilemma here.")
    words = {
        "happened": _some_lines(happened, field="happened", longest=LONGEST_TOLD),
        "stuck": _some_lines(stuck, field="stuck", longest=300),
        "tried": _some_lines(tried, field="tried", longest=LONGEST_TOLD),
        "would_help": _some_lines(would_help, field="would_help", longest=LONGEST_TOLD),
    }
    sentence = one_line(statement, field="statement", longest=300)
    for field, text in ({"statement": sentence} | words).items():
        refuse_real_people(text, where=field)
    if urgency not in codes.Urgency.values:
        raise InputError("urgency", "urgency", nl="Kies hoe dringend het is.", en="Choose how urgent it is.")
    issue = _keep_issue(
        dossier,
        themes,
        now=now,
        kind=codes.IssueKind.DILEMMA,
        origin=codes.Origin.BROUGHT,
        statement=sentence,
        urgency=urgency,
        submitted_by=submitted_by,
        state=codes.IssueState.SUBMITTED,
        made_by_id=actor.user_id,
        **words,
    )
    issue.organisations.add(*organisations)
    return issue


def gap_in_words(finding: Finding, language: Language) -> str:
    """A computed gap as an issue says it: who, what and since when. Its title alone says only of which kind it is."""
    return textwrap.shorten(finding.sentence.get(language), 300, placeholder="…")


def issue_of_finding(
    actor: Actor,
    dossier: Dossier,
    *,
    story: str,
    finding: Finding,
    sentence: str,
    version: StoryVersion | None = None,
    themes: Sequence[Theme] = (),
    now: dt.datetime,
) -> Issue:
    """The issue of a gap that was computed; the same one when it was made before.

    Args:
        actor: who makes it.
        dossier: where it belongs.
        story: id of the story.
        finding: with the key that stays the same across readings.
        sentence: the gap in words.
        version: the version of the story in which it was found.
        themes: of the dossier.
        now: the time.

    Raises:
        RightError: this actor may not.
    """
    _require_maker(actor)
    known = Issue.objects.filter(dossier=dossier, story=story, finding=finding.key).first()
    if known is not None:
        known.themes.add(*themes)
        return known
    return _keep_issue(
        dossier,
        themes,
        now=now,
        kind=codes.IssueKind.GAP,
        origin=codes.Origin.COMPUTED,
        statement=one_line(sentence, field="statement", longest=300),
        story=story,
        finding=finding.key,
        story_version=version,
        state=codes.IssueState.ACCEPTED,
        made_by_id=actor.user_id,
    )


def issue_of_room_gap(
    actor: Actor, dossier: Dossier, gap: RoomGap, *, themes: Sequence[Theme] = (), now: dt.datetime
) -> Issue:
    """The issue of a gap that the room told; the same one when it was made before.

    Raises:
        RightError: this actor may not.
        ConflictError: it is a computed gap; that one comes from its finding.
    """
    _require_maker(actor)
    known = Issue.objects.filter(room_gap=gap).first()
    if known is not None:
        known.themes.add(*themes)
        return known
    if not gap.is_told:
        raise ConflictError(
            "computed_gap",
            nl="Dit hiaat is berekend. Breng het in vanaf de pagina van het verhaal.",
            en="This gap was computed. Bring it in from the page of the story.",
        )
    return _keep_issue(
        dossier,
        themes,
        now=now,
        kind=codes.IssueKind.GAP,
        origin=codes.Origin.TOLD,
        statement=gap.sentence,
        story=gap.session.story,
        room_gap=gap,
        state=codes.IssueState.ACCEPTED,
        made_by_id=actor.user_id,
    )


def set_issue_state(actor: Actor, issue: Issue, state: str, *, reason: str, now: dt.datetime) -> None:
    """Take an issue up, give it back or keep it for later.

    Raises:
        RightError: this actor may not.
        StateError: it lies on a table already, or that step does not exist.
        InputError: giving back and keeping ask for a reason.
    """
    _require_maker(actor)
    if issue.state not in OPEN_STATES or state not in {*OPEN_STATES, codes.IssueState.ACCEPTED} - {"draft"}:
        raise StateError(
            "issue_state",
            nl=f"{issue.code} ligt al op een tafel, of is al verder; dit kan niet meer.",
            en=f"{issue.code} lies on a table or is further on; this is not possible any more.",
        )
    said = one_line_of(reason)[:600]
    if state in {codes.IssueState.RETURNED, codes.IssueState.PARKED} and not said:
        raise InputError(
            "reason", "reason", nl="Zeg waarom. Wie dit inbracht, leest het.", en="Say why. Who brought it reads it."
        )
    issue.state, issue.reason, issue.changed_at = state, said, now
    issue.save(update_fields=["state", "reason", "changed_at"])


def set_issue_themes(actor: Actor, issue: Issue, themes: Sequence[Theme]) -> None:
    """Under which themes of its dossier an issue is; these and no others.

    Raises:
        RightError: this actor may not.
    """
    _require_maker(actor)
    issue.themes.set([theme for theme in themes if theme.dossier_id == issue.dossier_id])


def one_line(text: str, *, field: str, longest: int) -> str:
    """A text on one line.

    Raises:
        InputError: it is empty or too long; says which field.
    """
    shown = one_line_of(text)
    if not shown:
        raise InputError("empty", field, nl="Vul dit in.", en="Fill this in.")
    return _short_enough(shown, field=field, longest=longest)


def _some_lines(text: str, *, field: str, longest: int) -> str:
    shown = "\n".join(" ".join(line.split()) for line in clean(text).strip().splitlines())
    return _short_enough(shown, field=field, longest=longest)


def _short_enough(shown: str, *, field: str, longest: int) -> str:
    if len(shown) > longest:
        raise InputError(
            "too_long",
            field,
            nl=f"Dit is te lang: hooguit {longest} tekens. Uw tekst staat er nog; maak hem korter.",
            en=f"This is too long: {longest} characters at most. Your text is still there; make it shorter.",
        )
    return shown


def _keep_issue(dossier: Dossier, themes: Sequence[Theme], *, now: dt.datetime, **values: object) -> Issue:
    with transaction.atomic():
        issue = Issue(dossier=dossier, made_at=now, changed_at=now, **values)
        issue.code = next_code(LETTERS[codes.IssueKind(issue.kind)])
        issue.save()
        issue.themes.add(*themes)
    return issue


def _require_maker(actor: Actor) -> int:
    if actor.user_id is None or not may_make_dossiers(actor):
        raise RightError(
            "not_the_secretary",
            nl="Dit doet de secretaris of de voorzitter.",
            en="This is for the secretary or the chair.",
        )
    return actor.user_id

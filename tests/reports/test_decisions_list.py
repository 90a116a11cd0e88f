"""The list of decisions of a meeting or a written round: one content, as page, DOCX and plain text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import docx
import pytest
from django.test import Client

from chain_world import Chain, key, make_chain
from live_inline import commands_inline
from meeting_world import NOW
from schakelbord.chain import deciding, proposals
from schakelbord.chain.models import Decision
from schakelbord.live.gateway import at
from schakelbord.reports.decisions_list import WIDE, decisions_of, list_docx, list_text, occasion_of

ClientInRole = Callable[[str], Client]

__all__ = ["commands_inline"]


@pytest.fixture
def chain(commands_inline: None, db: None) -> Iterator[Chain]:
    """Two bodies with one decision adopted, one rejected and one that lies before them, all in one written round."""
    with at(NOW):
        made = make_chain()
        decision = made.decided()
        made.action(decision)
        rejected = made.tabled(made.proposal(direct=True, text="Wij maken een app"))
        made.says(rejected, made.board_chair, "objection")
        deciding.turn_down(made.secretary, rejected, outcome="rejected", reason="Die app bestaat al", key=key())
        made.tabled(made.proposal(direct=True, text="Wij wachten nog"))
        yield made


def text_of(code: str, language: str = "nl") -> str:
    """The list as plain text."""
    occasion = occasion_of(code)
    assert occasion is not None
    return list_text(decisions_of(occasion, today=NOW.date()), "en" if language == "en" else "nl")


def test_the_text_tells_what_was_decided_and_what_comes_of_it(chain: Chain) -> None:
    text = text_of(f"ronde-{chain.world.dossier.pk}-2026-12-04")
    for part in (
        "Besluitenlijst: Schriftelijk, tot en met 4 december 2026",
        "Deze lijst is nog niet af: niet over alles is besloten.",
        "B-2026-01: vastgesteld\nElke melder hoort binnen drie weken iets",
        "Beleidsplatform: stemt in, 5 oktober 2026",
        "A-01: Melders horen het",
        "B-2026-02: verworpen",
        "Reden: Die app bestaat al",
        "“Daar zijn wij tegen”",
        "Niet besloten\n-------------",
        "B-2026-03: ligt voor",
    ):
        assert part in text
    assert max(len(line) for line in text.splitlines()) <= WIDE
    assert "<" not in text


def test_the_list_speaks_english_too(chain: Chain) -> None:
    text = text_of(f"ronde-{chain.world.dossier.pk}-2026-12-04", "en")
    assert "List of decisions: In writing, until 4 December 2026" in text
    assert "B-2026-02: rejected" in text


def test_the_file_holds_the_same_and_is_the_same_each_time(chain: Chain) -> None:
    occasion = occasion_of(f"ronde-{chain.world.dossier.pk}-2026-12-04")
    assert occasion is not None
    found = decisions_of(occasion, today=NOW.date())
    content = list_docx(found, "nl")
    assert content == list_docx(found, "nl")
    file = docx.Document(io.BytesIO(content))
    said = [paragraph.text for paragraph in file.paragraphs]
    assert "Elke melder hoort binnen drie weken iets" in said
    assert [row.text for row in file.paragraphs if row.style is not None and row.style.name == "Heading 2"] == [
        "B-2026-01: vastgesteld",
        "B-2026-02: verworpen",
        "B-2026-03: ligt voor",
    ]
    assert file.core_properties.author == "Schakelbord"


def test_a_meeting_has_a_list_of_its_own(chain: Chain, as_role: ClientInRole) -> None:
    code, client = chain.world.meeting.code, as_role("secretary")
    assert "Hier lag niets voor." in client.get(f"/besluiten/lijst/{code}").content.decode()
    proposal = chain.proposal(text="In de bijeenkomst")
    proposals.table(chain.secretary, proposal, meeting=chain.world.meeting, key=key())
    page = client.get(f"/besluiten/lijst/{code}").content.decode()
    assert "In de bijeenkomst" in page
    assert Decision.objects.get(proposal=proposal).code in page
    assert "Wij maken een app" not in page


@pytest.mark.parametrize(("kind", "content_type"), [("docx", "application/vnd.openxml"), ("txt", "text/plain")])
def test_files_come_with_a_name(chain: Chain, as_role: ClientInRole, kind: str, content_type: str) -> None:
    code = f"ronde-{chain.world.dossier.pk}-2026-12-04"
    answer = as_role("auditor").get(f"/besluiten/lijst/{code}.{kind}?taal=en")
    assert answer["Content-Type"].startswith(content_type)
    assert answer["Content-Disposition"] == f'attachment; filename="{code}-decisions.{kind}"'
    assert Client().get(f"/besluiten/lijst/{code}.{kind}").status_code == 403


@pytest.mark.parametrize(
    "code", ["M-99", "ronde-1-2026-13-01", "ronde-99999-2026-12-04", "ronde-²-2026-12-04", "x" * 99]
)
def test_what_was_never_held_has_no_list(chain: Chain, as_role: ClientInRole, code: str) -> None:
    assert as_role("secretary").get(f"/besluiten/lijst/{code}").status_code == 404

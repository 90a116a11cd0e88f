"""What would close the gaps of a draft, in words."""

from __future__ import annotations

from dataclasses import dataclass

from schakelbord.engine.story import Story
from schakelbord.errors import Language
from schakelbord.stories.findings import finding_words
from schakelbord.stories.library import reading_of, the_catalogue
from schakelbord.stories.names import Names


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A gap and the first thing that would close it; `more` counts other ways."""

    number: int
    title: str
    text: str
    more: int


def repair_rows(story: Story, language: Language) -> tuple[RepairRow, ...]:
    """Every gap of a story with what would close it."""
    reading = reading_of(story)
    names = Names(story, the_catalogue(), language)
    found = []
    for row in reading.findings:
        words = finding_words(row, reading, names, mended=False, on=())
        text = "; ".join(words.repairs[0].items) if words.repairs else words.repair_note
        found.append(RepairRow(row.number, words.row.title, text, max(len(words.repairs) - 1, 0)))
    return tuple(found)

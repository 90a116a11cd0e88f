"""A reading as text in 80 columns: the three most important things first, then need by need."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text as Styled

from schakelbord.engine.catalogue import Catalogue
from schakelbord.engine.reading import Finding, NeedResult, Reading, Repair
from schakelbord.engine.text import Text
from schakelbord.engine.wording.findings import cause_words
from schakelbord.engine.wording.hops import hop_sentence
from schakelbord.engine.wording.needs import decider_words, heaviest, need_sentence, need_title
from schakelbord.errors import Language

WIDTH = 80
Line = tuple[str, str]


def write_text(reading: Reading, catalogue: Catalogue, language: Language) -> None:
    """Print the reading; in colour on a terminal, plain in a pipe or with NO_COLOR."""
    console = Console(width=WIDTH, highlight=False, soft_wrap=False)
    for text, style in _Page(reading, catalogue, language).lines():
        console.print(Styled(text, style=style), no_wrap=True, overflow="ignore", crop=False)


class _Page:
    """The lines of one reading in one language."""

    def __init__(self, reading: Reading, catalogue: Catalogue, language: Language) -> None:
        self.reading = reading
        self.story = reading.story
        self.catalogue = catalogue
        self.language = language

    def say(self, *, nl: str, en: str) -> str:
        return nl if self.language == "nl" else en

    def of(self, text: Text) -> str:
        return text.get(self.language)

    def lines(self) -> Iterator[Line]:
        yield from self._head()
        yield from self._three_things()
        for need in self.reading.needs:
            yield from self._need(need)
        yield from self._unseen()
        yield from self._assumptions()

    def _head(self) -> Iterator[Line]:
        title = self.of(self.story.title)
        yield title, "bold"
        yield "─" * min(len(title), WIDTH), ""
        scenes, days = len(self.story.scenes), self.story.horizon
        yield from wrapped(
            self.say(
                nl=f"Een verzonnen verhaal in {scenes} scènes en {days} dagen. Het model besluit niets.",
                en=f"An invented story in {scenes} scenes and {days} days. The model decides nothing.",
            ),
            style="dim",
        )
        if self.reading.repairs:
            yield from wrapped(self.say(nl="Reparaties aan: ", en="Repairs on: ") + ", ".join(self.reading.repairs))
        yield "", ""

    def _three_things(self) -> Iterator[Line]:
        for number, sentence in enumerate(self._most_important(), start=1):
            yield from wrapped(sentence, first=f"{number}. ", then="   ", style="bold" if number == 1 else "")
        yield "", ""

    def _most_important(self) -> Iterator[str]:
        late, total = [need for need in self.reading.needs if not need.in_time], len(self.reading.needs)
        if not late:
            yield self.say(
                nl=f"Alle {total} keer wist wie moest handelen op tijd genoeg.",
                en=f"All {total} times who had to act knew enough in time.",
            )
            return
        yield self.say(
            nl=f"{len(late)} van de {total} keer weet wie moet handelen niet op tijd genoeg. "
            f"Er zijn {len(self.reading.findings)} hiaten.",
            en=f"{len(late)} of {total} times who must act does not know enough in time. "
            f"There are {len(self.reading.findings)} gaps.",
        )
        worst = max(late, key=lambda need: len(self._findings_of(need)))
        findings = self._findings_of(worst)
        yield self.of(findings[0].sentence)
        repairs = findings[0].repairs
        if repairs:
            yield self._promise(worst, repairs[0], len(findings))
        elif findings[0].repair_note:
            yield self.of(findings[0].repair_note)

    def _promise(self, need: NeedResult, repair: Repair, closed: int) -> str:
        what = " ".join(self.of(item.says) for item in repair.items)
        close = (
            self.say(nl=f"Dan sluiten {closed} hiaten", en=f"Then {closed} gaps close")
            if closed > 1
            else self.say(nl="Dan sluit dit hiaat", en="Then this gap closes")
        )
        days = self.say(
            nl=f"op dag {repair.met_on} is er genoeg bekend, uiterlijk dag {need.by}",
            en=f"on day {repair.met_on} enough is known, needed by day {need.by}",
        )
        return f"{what} {close}: {days}."

    def _findings_of(self, need: NeedResult) -> list[Finding]:
        place = (need.pattern, need.about, need.by)
        return [row for row in self.reading.findings if (row.pattern, row.about, row.by) == place]

    def _need(self, need: NeedResult) -> Iterator[Line]:
        mark, style = ("✓", "bold green") if need.in_time else ("✗", "bold")
        yield from wrapped(
            self.of(need_title(need, self.story, self.catalogue)), first=f"{mark} ", then="  ", style=style
        )
        yield from wrapped(self.of(need_sentence(need, self.story, self.catalogue)), first="  ", then="  ")
        yield "", ""
        findings = self._findings_of(need)
        for finding in findings:
            yield from self._finding(finding)
        if findings:
            yield from self._repairs(findings[0])

    def _finding(self, finding: Finding) -> Iterator[Line]:
        head = self.say(nl="Hiaat", en="Gap") + f" {finding.number}  {self.of(finding.title)}"
        since = self.say(nl="sinds dag", en="since day") + f" {finding.day}"
        yield f"  {head}{since:>{WIDTH - 2 - len(head)}}", "bold red"
        yield from wrapped(self.of(finding.sentence), first="    ", then="    ")
        for hop in finding.path:
            day = self.say(nl="dag", en="day") + f" {hop.day}"
            sentence = self.of(hop_sentence(hop, self.story, self.catalogue))
            yield from wrapped(sentence, first=f"    {day:>8}  ", then=" " * 14, style="dim")
        if finding.causes:
            yield from wrapped(self._causes(finding), first="    ", then="    ", style="italic")
        for warning in finding.warnings:
            yield from wrapped(self.of(warning), first="    ! ", then="      ", style="bold")
        yield "", ""

    def _causes(self, finding: Finding) -> str:
        plus, either = self.say(nl=" én ", en=" and "), self.say(nl="; of: ", en="; or: ")
        sets = either.join(plus.join(self.of(cause_words(one)) for one in causes) for causes in finding.causes)
        return self.say(nl="Oorzaak: ", en="Cause: ") + sets + "."

    def _repairs(self, finding: Finding) -> Iterator[Line]:
        if finding.repair_note:
            yield from wrapped(self.of(finding.repair_note), first="  ", then="  ")
        for number, repair in enumerate(finding.repairs, start=1):
            words = self.of(decider_words(heaviest(repair.items)))
            head = self.say(nl=f"Reparatie {number}  {words}", en=f"Repair {number}  {words}")
            day = self.say(nl=f"op tijd op dag {repair.met_on}", en=f"in time on day {repair.met_on}")
            yield f"  {head}{day:>{WIDTH - 2 - len(head)}}", "cyan"
            for item in repair.items:
                yield from wrapped(self.of(item.says), first="    + ", then="      ")
                yield f"      --repair {item.key}", "dim"
        yield "", ""

    def _unseen(self) -> Iterator[Line]:
        patterns = {signal for row in self.reading.findings if row.kind == "unseen" for signal in row.signals}
        for signal, about, day in self.reading.unseen:
            if signal not in patterns:
                name = self.of(self.catalogue.signal[signal].name)
                doll = next((row.name for row in self.story.dolls if row.id == about), about)
                yield from wrapped(
                    self.say(
                        nl=f"Dag {day}, {doll}: “{name}”. Dit gebeurt, en niemand ziet het.",
                        en=f"Day {day}, {doll}: “{name}”. This happens, and nobody sees it.",
                    ),
                    first="○ ",
                    then="  ",
                )
                yield "", ""

    def _assumptions(self) -> Iterator[Line]:
        rows = {self.of(row.what): row for finding in self.reading.findings for row in finding.assumptions}
        if not rows:
            return
        loose = [what for what, row in rows.items() if not row.verified]
        yield self.say(nl="Waar dit op rust", en="What this rests on"), "bold"
        yield from wrapped(
            self.say(
                nl=f"{len(rows)} aannames, waarvan {len(rows) - len(loose)} nagekeken. Nog geen bron:",
                en=f"{len(rows)} assumptions, {len(rows) - len(loose)} of them verified. No source yet:",
            )
        )
        for what in loose:
            yield from wrapped(what, first="  · ", then="    ", style="dim")


def wrapped(text: str, *, first: str = "", then: str = "", style: str = "") -> Iterator[Line]:
    """A paragraph in lines of at most 80 columns."""
    for line in textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=then, break_on_hyphens=False):
        yield line, style

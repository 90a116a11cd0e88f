"""Names of people: by a title, by initials, by a known first name or surname, or by two capitals in mid-sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from schakelbord.guard.flags import Hit
from schakelbord.guard.titles import (
    ARTICLES,
    HEADS,
    HINTS,
    INNER,
    LETTERED,
    NEAR_LETTER,
    ORGANISED,
    PARTICLES,
    POLITE,
    STARTERS,
    WORKERS,
)
from schakelbord.guard.words import Lists, Word, lists

LONGEST = 8


def names_in(text: str, words: list[Word], allowed: Collection[str]) -> Iterator[Hit]:
    """Names of people in a text; dolls, organisations and places are left alone."""
    known = lists()
    page = _Page(text, words, known, known.trees | {word.lower() for name in allowed for word in name.split()})
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        first, last = at, page.last_of_row(at)
        at = last + 1
        hit = page.name_in(first, last)
        if hit:
            yield hit


@dataclass(frozen=True, slots=True)
class _Page:
    """What is read: the text, its words, the lists, and the words that are no names here. Words are given by number."""

    text: str
    words: list[Word]
    known: Lists
    free: Collection[str]

    def last_of_row(self, first: int) -> int:
        """The last of the capitals that belong together from here on, with particles between them."""
        last = first
        while last - first < LONGEST:
            step = last + 1
            while step < len(self.words) and step - last < 4 and self.words[step].text in INNER and self._joins(step):
                step += 1
            if step >= len(self.words) or not self.words[step].capital or not self._joins(step):
                break
            last = step
        return last

    def name_in(self, first: int, last: int) -> Hit | None:
        """The name in a row of capitals, if it holds one."""
        title = self._title_before(first)
        if title is None and self.words[first].low in HINTS and last > first:
            title, first = self.words[first].low, first + 1
        while last > first and self.words[last].low in PARTICLES:
            last -= 1
        if title:
            return self._titled(first, last, title)
        if self._is_organised(first, last):
            return None
        return self._initialled(first, last) or self._listed(first, last) or self._pair(first, last)

    def _between(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _before(self, at: int) -> str:
        """The word before, in lower case; "" at the start of the text."""
        return self.words[at - 1].low if at else ""

    def _joins(self, at: int) -> bool:
        """Whether a word goes on with the name of the one before: by a space, or a point after an initial or title."""
        between, before = self._between(at), self.words[at - 1]
        dotted = len(before.text) == 1 or before.low in POLITE or before.low == "fam"
        return between in {" ", "  "} or (dotted and between in {". ", "."})

    def _skip_particles(self, at: int) -> int:
        """The first of the particles in lower case right before a word, at most three."""
        back = at
        while back and at - back < 3 and self.words[back - 1].text in INNER and self._between(back) == " ":
            back -= 1
        return back

    def _title_before(self, first: int) -> str | None:
        """The title that stands before a row of capitals: `mevrouw`, `dhr.`, `familie van der`."""
        start = self._skip_particles(first)
        title = self._before(start)
        if title not in HINTS:
            return None
        between = self._between(start)
        return title if between == " " or (between in {". ", "."} and len(title) < 6) else None

    def _titled(self, first: int, last: int, title: str) -> Hit | None:
        at = next((at for at in range(first, last + 1) if self.words[at].low not in INNER), None)
        if at is None or self._is_known(self.words[at], title):
            return None
        start = self._skip_particles(first)
        if start and self.words[start - 1].low in POLITE:
            start -= 1
        return Hit("person_name", self.words[start].start, self._end(last), HINTS[title])

    def _is_known(self, word: Word, title: str) -> bool:
        """Whether a word after a title is no name: a doll, a place, another title, an abbreviation."""
        if word.low in self.free or word.low in self.known.ordinary or word.low in HINTS:
            return True
        if (len(word.text) > 1 and word.text.isupper()) or (title in WORKERS and len(word.text) == 1):
            return True
        return title not in POLITE and self._is_everyday(word)

    def _end(self, last: int) -> int:
        """The end of a name, with the point of a last initial."""
        end = self.words[last].end
        return end + (len(self.words[last].text) == 1 and self.text[end : end + 1] == ".")

    def _is_organised(self, first: int, last: int) -> bool:
        """Whether the row is the name of a school, a foundation, a street, a committee."""
        if self.words[first].low in HEADS or (not self.words[first].first and self._before(first) in HEADS):
            return True
        return any(self.words[at].low.endswith(ORGANISED) for at in range(max(first, last - 1), last + 1))

    def _initialled(self, first: int, last: int) -> Hit | None:
        """`J. Jansen`, `A.B. van der Berg`; not `gemeente B. School ziet`."""
        start = first if self._is_initial(first) else first + 1
        name = start
        while name <= last and self._is_initial(name):
            name += 1
        if name == start or name > last or self._is_letter_of_place(start, name):
            return None
        if self.words[name].low.endswith(ORGANISED) or self.words[last].text.isupper():
            return None
        return Hit("person_name", self.words[start].start, self.words[last].end)

    def _is_initial(self, at: int) -> bool:
        if at >= len(self.words) or len(self.words[at].text) != 1:
            return False
        end = self.words[at].end
        return self.text[end : end + 1] == "."

    def _is_letter_of_place(self, start: int, name: int) -> bool:
        """Whether a single letter ends a sentence about a place (`in gemeente B. School ...`)."""
        if name - start > 1:
            return False
        before, letter = self._before(start), self.words[start].text
        lettered = before in LETTERED or (before in NEAR_LETTER and letter in "ABCDEF")
        return lettered or self.words[name].low in STARTERS

    def _listed(self, first: int, last: int) -> Hit | None:
        """A first name or surname of the lists, with what follows it."""
        for at in range(first, last + 1):
            word = self.words[at]
            low = word.low.removesuffix("'s")
            given = low in self.known.first_names
            short = word.text.isupper() and len(word.text) < 5
            if short or low in self.free or low in self.known.ordinary or not (given or low in self.known.surnames):
                continue
            end = self._last_of_name(at, last)
            particle = at > first and not given and self.words[at - 1].low in PARTICLES and not self.words[at - 1].first
            start = self.words[at - particle].start
            return Hit("person_name", start, self._end(end) if end > at else word.start + len(low))
        return None

    def _last_of_name(self, at: int, last: int) -> int:
        """The last word of a name that starts here: up to a doll or an everyday word."""
        stop = (
            other
            for other in range(at + 1, last + 1)
            if self.words[other].low in self.known.ordinary or self.words[other].low in self.free
        )
        end = next(stop, last + 1) - 1
        while end > at and self.words[end].low in PARTICLES:
            end -= 1
        return end

    def _pair(self, first: int, last: int) -> Hit | None:
        """Two or more capitals in mid-sentence of which none is an everyday word, a place or an organisation."""
        if self._before(first) in ARTICLES:
            return None
        first += self.words[first].first
        row = [word for word in self.words[first : last + 1] if word.capital and word.low not in PARTICLES]
        if len(row) < 2 or any(self._is_everyday(word) or word.low in self.free or word.text.isupper() for word in row):
            return None
        return Hit("person_name", self.words[first].start, self.words[last].end)

    def _is_everyday(self, word: Word) -> bool:
        """Whether a word is on the list of everyday words, or made with a word for an organisation."""
        known = self.known
        return word.low.endswith(ORGANISED) or any(
            word.low in row for row in (known.ordinary, known.descent, known.peoples)
        )

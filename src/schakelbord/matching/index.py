"""Bodies in the order in which they fit an action.

Three likenesses are added: words (BM25 over stems and parts of compounds, as a share of what is possible), character
pieces (cosine of tf-idf) and concepts of the thesaurus (share of what the action is about that the body knows, close
concepts for less). Layer, jurisdiction and rhythm multiply the sum, so that they lift nothing out of nothing.
Everything is the same for any order of the bodies.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schakelbord.errors import InputError, Language
from schakelbord.matching import weights
from schakelbord.matching.exclusions import without_exclusions
from schakelbord.matching.model import Body, Earlier, Fit, Layer, Matches, Wanted
from schakelbord.matching.reasons import Shared, reasons_of
from schakelbord.matching.texts import Content, Reader, reader_of, stem_of, together, tokens_of
from schakelbord.matching.thesaurus import Thesaurus, load_thesaurus

Floats = NDArray[np.float64]
SHOWN_WHEN_UNCLEAR = 3


@dataclass(frozen=True, slots=True)
class _Postings:
    """Where a key stands, and what it counts there."""

    rows: NDArray[np.int64]
    values: Floats


class Index:
    """Bodies, ready to be asked.

    Args:
        bodies: at least one, each with an id of its own; their order does not matter.
        earlier: what bodies said to actions before.
        thesaurus: the field words; the shipped ones when None.

    Raises:
        InputError: no bodies, or an id twice.
    """

    def __init__(
        self, bodies: Iterable[Body], earlier: Iterable[Earlier] = (), thesaurus: Thesaurus | None = None
    ) -> None:
        self.bodies = sorted(bodies, key=lambda body: body.id)
        self._check()
        known = thesaurus or load_thesaurus()
        self.reader = reader_of(known)
        self.concepts = {concept.id: concept for concept in known.concepts}
        self._place = {name: place for place, name in enumerate(self.concepts)}
        self._near = _nearness(known, self._place)
        self._kinds = np.array([weights.KIND_WEIGHT[concept.kind] for concept in known.concepts])
        read = [_read_body(self.reader, body) for body in self.bodies]
        self.contents = [content for content, _ in read]
        self.excluded = [content for _, content in read]
        self._members: dict[str, frozenset[str]] = {}
        self._words = _bm25([content.words for content in self.contents])
        self._pieces, self._piece_idf = _tf_idf([content.pieces for content in self.contents])
        self._held = np.array([self._vector(content.concepts) for content in self.contents])
        self._reach = np.maximum(self._held, weights.NEAR * (self._held @ self._near).clip(0, 1))
        self._barred = np.array([self._vector(content.concepts) for content in self.excluded])
        count = len(self.bodies)
        self._word_idf = {key: _idf(count, len(found.rows)) for key, found in self._words.items()}
        holders = (self._held > 0).sum(axis=0)
        self._idf = np.log1p((count - holders + 0.5) / (holders + 0.5)) * self._kinds
        self._rhythm = np.array([_often(body.meets_every_days) for body in self.bodies])
        row_of = {body.id: row for row, body in enumerate(self.bodies)}
        self.earlier = [(row_of[one.body], one, self._read_earlier(one)) for one in earlier if one.body in row_of]
        self._known = {name for content in self.contents for name in content.concepts}
        self._known.update(name for _, one, content in self.earlier if one.accepted for name in content.concepts)
        self._near_known = {
            name for concept in known.concepts if concept.id in self._known for name in concept.near
        } | {concept.id for concept in known.concepts if self._known.intersection(concept.near)}

    def match(self, wanted: Wanted, top: int = 5) -> Matches:
        """The bodies that fit best, and whether any clearly does.

        Args:
            wanted: the action.
            top: how many bodies to give, at least 1.
        """
        asked = self._read_wanted(wanted)
        plain = self._scores(asked)
        scores = np.round(plain * self._boost(wanted), 9)
        order = sorted(range(len(self.bodies)), key=lambda row: (-scores[row], self.bodies[row].id))
        doubt = self._doubt(wanted, asked, float(plain[order[0]]))
        fits = tuple(
            Fit(self.bodies[row].id, round(float(scores[row]), 6), reasons_of(self._shared(wanted, asked, row)))
            for row in order[: max(top, 1)]
        )
        return Matches(fits, no_clear_match=doubt >= weights.UNCLEAR_FROM, doubt=round(doubt, 4))

    def _check(self) -> None:
        if not self.bodies:
            raise InputError(
                "no_bodies", nl="er is geen enkel gremium; geef er minstens een.", en="there are no bodies; give one."
            )
        for one, other in zip(self.bodies, self.bodies[1:], strict=False):
            if one.id == other.id:
                raise InputError(
                    "doubled_body",
                    nl=f"het gremium “{one.id}” staat er twee keer.",
                    en=f"the body “{one.id}” is there twice.",
                )

    def _vector(self, concepts: Mapping[str, float]) -> Floats:
        vector = np.zeros(len(self._place))
        for name, value in concepts.items():
            vector[self._place[name]] = value
        return vector

    def _read_wanted(self, wanted: Wanted) -> Content:
        parts = ((weights.TITLE, wanted.title), (weights.RESULT, wanted.desired_result), (weights.THEME, wanted.theme))
        return together((weight, self.reader.read(text, wanted.lang)) for weight, text in parts if text)

    def _read_earlier(self, one: Earlier) -> Content:
        return self.reader.read(one.text, self.reader.language(one.text))

    def _scores(self, asked: Content) -> Floats:
        """How like every body is, before layer, jurisdiction and rhythm."""
        count = len(self.bodies)
        words, possible = np.zeros(count), 0.0
        highest = _idf(count, 0) * (weights.BM25_K1 + 1)
        for key, weight in sorted(asked.words.items()):
            found = self._words.get(key)
            if found is None:
                possible += 0.5 * weight * highest
                continue
            possible += weight * self._word_idf[key] * (weights.BM25_K1 + 1)
            words[found.rows] += weight * found.values
        words /= possible or 1.0
        sums = (
            weights.WORD_SHARE * words
            + weights.PIECE_SHARE * self._piece_likeness(asked.pieces)
            + weights.CONCEPT_SHARE * self._concept_share(self._vector(asked.concepts))
        )
        sums *= 1.0 - weights.EXCLUDED * self._barred_share(asked)
        accepted, declined = self._answered(asked)
        return (sums + weights.ACCEPTED * accepted) * (1.0 - weights.DECLINED * declined)

    def _concept_share(self, asked: Floats) -> Floats:
        mass = self._idf * asked
        total = float(mass.sum())
        if not total:
            return np.zeros(len(self.bodies))
        return np.asarray(self._reach @ mass / total)

    def _barred_share(self, asked: Content) -> Floats:
        mass = self._kinds * self._vector(asked.concepts)
        total = float(mass.sum())
        return self._barred @ mass / total if total else np.zeros(len(self.bodies))

    def _piece_likeness(self, pieces: Mapping[str, float]) -> Floats:
        found = np.zeros(len(self.bodies))
        length = 0.0
        for key, count in sorted(pieces.items()):
            weight = (1 + math.log(max(count, 1.0))) * self._piece_idf.get(key, math.log(1 + len(self.bodies)))
            length += weight * weight
            place = self._pieces.get(key)
            if place is not None:
                found[place.rows] += weight * place.values
        return found / (math.sqrt(length) or 1.0)

    def _boost(self, wanted: Wanted) -> Floats:
        boost = 1.0 + weights.RHYTHM * self._rhythm
        if wanted.layer:
            boost += weights.SAME_LAYER * np.array([_same_layer(wanted.layer, body.layer) for body in self.bodies])
        if wanted.jurisdiction:
            boost += weights.SAME_PLACE * np.array(
                [body.jurisdiction == wanted.jurisdiction for body in self.bodies], dtype=np.float64
            )
        return boost

    def _answered(self, asked: Content) -> tuple[Floats, Floats]:
        """How like the likest action is that each body accepted, and declined; 0 for hardly like."""
        found = np.zeros(len(self.bodies)), np.zeros(len(self.bodies))
        for row, one, content in self.earlier:
            likeness = _likeness(asked, content)
            part = found[0 if one.accepted else 1]
            if likeness >= weights.LIKE_ENOUGH:
                part[row] = max(part[row], likeness)
        return found

    def _doubt(self, wanted: Wanted, asked: Content, best: float) -> float:
        """How little the best body says: by its likeness, by who is asked for and sits nowhere, by what none knows.

        A logistic curve with three numbers, chosen on cases of our own (docs/matching.md).
        """
        subjects = {
            name: value
            for name, value in sorted(asked.concepts.items())
            if value > weights.THEME and self.concepts[name].kind in ("topic", "sector")
        }
        strange = {name: value for name, value in subjects.items() if name not in self._known}
        total = math.fsum(subjects.values())
        lost = math.fsum(value * (0.5 if name in self._near_known else 1.0) for name, value in strange.items())
        branches = [value for name, value in strange.items() if self.concepts[name].kind == "sector"]
        absent = max(*branches, self._doer_sits_nowhere(wanted), 0.0)
        unknown = lost / total if total else weights.NO_SUBJECT
        pull = weights.DOUBT - weights.DOUBT_LIKE * best
        pull += weights.DOUBT_ABSENT * absent + weights.DOUBT_UNKNOWN * unknown
        return 1.0 / (1.0 + math.exp(-pull))

    def _doer_sits_nowhere(self, wanted: Wanted) -> float:
        """1 when the title begins with who is to do it and no body has such a one or even the word; else 0."""
        doer = self.reader.doer(wanted.title, wanted.lang)
        if doer is None:
            return 0.0
        content = self.reader.read(doer, wanted.lang)
        if not content.concepts:
            return 0.0 if any(word in self._words for word in content.words) else 1.0
        people = all(self.concepts[name].kind in ("actor", "sector") for name in content.concepts)
        return 1.0 if people and self._known.isdisjoint(content.concepts) else 0.0

    def _shared(self, wanted: Wanted, asked: Content, row: int) -> Shared:
        """What reasons are made of."""
        held, barred = self.contents[row].concepts, self.excluded[row].concepts
        heavy = sorted(asked.concepts, key=lambda name: (-self._mass(name, asked) * held.get(name, 0.0), name))
        both = [self.concepts[name] for name in heavy if held.get(name)]
        topics = [concept for concept in both if concept.kind in ("topic", "general", "task")]
        close = [
            self.concepts[name]
            for name in sorted(held, key=lambda name: (-self._idf[self._place[name]], name))
            if self.concepts[name].kind == "topic" and any(self._are_near(name, other) for other in asked.concepts)
        ]
        likest = max(
            (
                (likeness, one.text, one)
                for place, one, content in self.earlier
                if place == row and (likeness := _likeness(asked, content)) >= weights.LIKE_ENOUGH
            ),
            default=None,
            key=lambda found: found[:2],
        )
        return Shared(
            wanted=wanted,
            body=self.bodies[row],
            topics=topics,
            close=close,
            sitting=self._sitting(row, [concept.id for concept in both if concept.kind in ("actor", "sector")]),
            words=self._plain_words(wanted, row),
            barred=[self.concepts[name] for name in sorted(barred) if name in asked.concepts],
            earlier=likest[2] if likest else None,
        )

    def _mass(self, name: str, asked: Content) -> float:
        return float(self._idf[self._place[name]]) * asked.concepts[name]

    def _are_near(self, one: str, other: str) -> bool:
        return bool(self._near[self._place[one], self._place[other]])

    def _sitting(self, row: int, actors: Sequence[str]) -> list[str]:
        """Members of a body that are one of these actors, as the body calls them."""
        return [member for member in self.bodies[row].members if self._member_concepts(member).intersection(actors)]

    def _member_concepts(self, member: str) -> frozenset[str]:
        found = self._members.get(member)
        if found is None:
            found = frozenset(self.reader.read(member, self.reader.language(member)).concepts)
            self._members[member] = found
        return found

    def _plain_words(self, wanted: Wanted, row: int) -> list[str]:
        """Words of the action, as they are written there, that the body has too and that are in no concept."""
        held = self.contents[row].words
        found: dict[str, float] = {}
        for token in tokens_of(f"{wanted.title} {wanted.desired_result}"):
            stem = stem_of(token.text, wanted.lang)
            if token.text.isdigit() or token.text in self.reader.stops[wanted.lang] or held.get(stem, 0.0) < 1.0:
                continue
            if not self.reader.read(token.text, wanted.lang).concepts:
                found[token.text] = self._word_idf[stem]
        return sorted(found, key=lambda word: (-found[word], word))


def _read_body(reader: Reader, body: Body) -> tuple[Content, Content]:
    """What a body is for, and what its remit says that it is not for."""
    lang: Language = reader.language(f"{body.name} {body.remit}")
    remit, barred = without_exclusions(body.remit, reader.excludes)
    inside = together(
        (
            (weights.NAME, reader.read(body.name, lang)),
            (weights.REMIT, reader.read(remit, lang)),
            (weights.THEMES, reader.read(". ".join(body.themes), lang)),
            (weights.MEMBERS, reader.read(". ".join(body.members), lang)),
        )
    )
    return inside, reader.read(barred, lang)


def _idf(count: int, holders: int) -> float:
    return math.log1p((count - holders + 0.5) / (holders + 0.5))


def _same_layer(asked: Layer, held: Layer | None) -> float:
    """1 for the layer that is asked, a half where one of the two is both layers."""
    return 1.0 if asked == held else 0.5 if held is not None and "mixed" in (asked, held) else 0.0


def _often(days: int | None) -> float:
    """1 for a body that meets monthly or more often, 0 for one that meets less than quarterly or at unknown times."""
    return 0.0 if days is None else 1.0 if days <= 31 else 0.5 if days <= 92 else 0.0


def _nearness(thesaurus: Thesaurus, place: Mapping[str, int]) -> Floats:
    near = np.zeros((len(place), len(place)))
    for concept in thesaurus.concepts:
        for other in concept.near:
            near[place[concept.id], place[other]] = near[place[other], place[concept.id]] = 1.0
    return near


def _bm25(documents: Sequence[Mapping[str, float]]) -> dict[str, _Postings]:
    """BM25 (Lucene's form of idf) of every word in every document."""
    lengths = [math.fsum(document.values()) for document in documents]
    mean = math.fsum(lengths) / len(lengths) or 1.0
    found: dict[str, list[tuple[int, float]]] = {}
    for row, document in enumerate(documents):
        norm = weights.BM25_K1 * (1 - weights.BM25_B + weights.BM25_B * lengths[row] / mean)
        for key, count in document.items():
            found.setdefault(key, []).append((row, count * (weights.BM25_K1 + 1) / (count + norm)))
    return {
        key: _Postings(
            np.array([row for row, _ in rows]),
            np.array([value for _, value in rows]) * _idf(len(documents), len(rows)),
        )
        for key, rows in found.items()
    }


def _tf_idf(documents: Sequence[Mapping[str, float]]) -> tuple[dict[str, _Postings], dict[str, float]]:
    """Weights of the pieces of every document, each document of length 1."""
    holders: dict[str, int] = {}
    for document in documents:
        for key in document:
            holders[key] = holders.get(key, 0) + 1
    idf = {key: math.log((1 + len(documents)) / (1 + count)) + 1e-9 for key, count in holders.items()}
    found: dict[str, list[tuple[int, float]]] = {}
    for row, document in enumerate(documents):
        weighed = {key: (1 + math.log(max(count, 1.0))) * idf[key] for key, count in document.items()}
        length = math.sqrt(math.fsum(value * value for value in weighed.values())) or 1.0
        for key, value in weighed.items():
            found.setdefault(key, []).append((row, value / length))
    postings = {
        key: _Postings(np.array([row for row, _ in rows]), np.array([value for _, value in rows]))
        for key, rows in found.items()
    }
    return postings, idf


def _likeness(one: Content, other: Content) -> float:
    """Mean of the cosines of words and of concepts; of words alone where a text has no concept."""
    words = _cosine(one.words, other.words)
    if not one.concepts or not other.concepts:
        return words
    return (words + _cosine(one.concepts, other.concepts)) / 2


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = math.fsum(one[key] * other[key] for key in sorted(one.keys() & other.keys()))
    lengths = [math.sqrt(math.fsum(value * value for value in part.values())) for part in (one, other)]
    return shared / (lengths[0] * lengths[1]) if shared else 0.0

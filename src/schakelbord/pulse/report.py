"""A pulse as JSON: what the command prints and what a person can check by hand."""

from __future__ import annotations

import time
from fractions import Fraction
from math import isfinite

from schakelbord.engine.text import Text
from schakelbord.pulse.agreement import Agreement, Count, StatementAgreement, agreement, bridging, divisive
from schakelbord.pulse.ballots import Ballots, Parts
from schakelbord.pulse.group_words import GroupInWords, groups_in_words
from schakelbord.pulse.groups import Groups, find_groups
from schakelbord.pulse.projection import Projection, project

Json = dict[str, object]
_DECIMALS = 6


def pulse_report(ballots: Ballots, groups_elsewhere: Parts) -> Json:
    """Everything about one pulse. It holds places and groups of persons, so it is for who holds the votes.

    Args:
        ballots: the votes.
        groups_elsewhere: groups from another source, for `bridging_groups` and `divisive_groups`.
    """
    start = time.perf_counter()
    agreed = agreement(ballots)
    lists = {
        "bridging_layers": _ranked(bridging(ballots, ballots.layers)),
        "bridging_groups": _ranked(bridging(ballots, groups_elsewhere)),
        "divisive_groups": _ranked(divisive(ballots, groups_elsewhere)),
    }
    projection = project(ballots)
    groups = find_groups(ballots, projection)
    words = groups_in_words(ballots, groups)
    seconds = time.perf_counter() - start
    return {
        **lists,
        "labels": {str(ballots.people[at]): group for at, group in _pairs(groups)},
        "projection": _places(ballots, projection, groups),
        "seconds": round(seconds, 4),
        "explained_variance_ratio": [round(share, _DECIMALS) for share in projection.explained],
        **_groups_json(groups, words),
        "agreement": agreement_json(agreed),
    }


def agreement_json(agreed: Agreement) -> Json:
    """The three lists. What may not be shown is null."""
    lists = {"shared": agreed.shared, "divided": agreed.divided, "unknown": agreed.unknown}
    return {name: [_statement(item, agreed.layers) for item in items] for name, items in lists.items()}


def _statement(item: StatementAgreement, layers: tuple[str, ...]) -> Json:
    return {
        "statement": item.statement,
        "direction": item.direction,
        "score": _rounded(item.score),
        "gap": _rounded(item.gap),
        "total": _count(item.total),
        "layers": {name: _count(count) for name, count in zip(layers, item.layers, strict=True)}
        if item.layers is not None
        else None,
        "why": _text(item.why),
    }


def _groups_json(groups: Groups, words: tuple[GroupInWords, ...]) -> Json:
    stability = groups.stability
    return {
        "k": groups.count,
        "groups_shown": groups.shown,
        "groups_why": _text(groups.why),
        "silhouette": round(groups.silhouette, _DECIMALS),
        "stability": None
        if stability is None
        else {
            "stable": stability.stable,
            "likeness": round(stability.likeness, 4),
            "halfway": round(stability.halfway, 4) if isfinite(stability.halfway) else None,
        },
        "groups": [
            {"group": word.letter, "people": word.people, "says": [_text(text) for text in word.says]} for word in words
        ],
    }


def _pairs(groups: Groups) -> list[tuple[int, int]]:
    return list(zip(groups.people.tolist(), groups.labels.tolist(), strict=True)) if groups.count else []


def _places(ballots: Ballots, projection: Projection, groups: Groups) -> Json:
    """The places of people with enough votes to be in a group."""
    wanted = set(groups.people.tolist())
    found = zip(projection.people.tolist(), projection.places.tolist(), strict=True)
    return {
        str(ballots.people[at]): [round(value, _DECIMALS) for value in place] for at, place in found if at in wanted
    }


def _ranked(found: list[tuple[int, Fraction]]) -> list[list[object]]:
    return [[statement, _rounded(value)] for statement, value in found]


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), _DECIMALS)


def _count(count: Count | None) -> Json | None:
    if count is None:
        return None
    return {"agree": count.agree, "disagree": count.disagree, "pass": count.passed}


def _text(text: Text | None) -> Json | None:
    return None if text is None else {"nl": text.nl, "en": text.en}

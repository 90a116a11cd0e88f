"""Replays a path hop by hop against the decoded JSON of a case, knowing nothing of the engine."""

from __future__ import annotations

from typing import Any

JsonCase = dict[str, Any]


def replay(case: JsonCase, signal: str, hops: list[dict[str, Any]]) -> tuple[str, int]:
    """Where the piece ends and since when; an AssertionError when a hop breaks a rule."""
    first = hops[0]
    assert first["by"] == "observation"
    assert {"signal": signal, "organisation": first["at"], "day": first["day"]} in case["observations"]
    kind = next(item["type"] for item in case["signals"] if item["id"] == signal)
    where, since = first["at"], first["day"]
    for hop in hops[1:]:
        assert hop["from"] == where
        assert any(_passes(case, link, hop, kind, since) for link in _links(case, hop["by"])), hop
        where, since = hop["to"], hop["day"]
    return where, since


def _links(case: JsonCase, name: str) -> list[JsonCase]:
    return [link for link in (*case.get("channels", []), *case.get("bodies", [])) if link["id"] == name]


def _passes(case: JsonCase, link: JsonCase, hop: dict[str, Any], kind: str, since: int) -> bool:
    types = link.get("types", ["*"])
    if hop["day"] > case["horizon"] or not ("*" in types or kind in types):
        return False
    if "from" in link:
        sent = max(since, link.get("from_day", 0))
        ends = (link["from"], link["to"]) == (hop["from"], hop["to"])
        return ends and sent <= link.get("until_day", case["horizon"]) and sent + link.get("delay", 1) == hop["day"]
    day = hop["day"]
    present = {
        member["organisation"]
        for member in link.get("members", [])
        if member.get("from_day", 0) <= day <= member.get("until_day", case["horizon"])
    }
    return since < day and day in link.get("days", []) and {hop["from"], hop["to"]} <= present

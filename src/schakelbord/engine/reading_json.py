"""A reading as JSON: the output of `schakelbord gaps --format json`, in the form of the engine design."""

from __future__ import annotations

from typing import Any

import msgspec

from schakelbord.engine.reading import Arrival, Finding, Hop, NeedResult, Reading, Repair

Json = dict[str, Any]


def reading_json(reading: Reading) -> Json:
    """The reading as plain lists, texts and numbers, ready for `json.dumps`."""
    return {
        "story": reading.story.id,
        "engine": reading.engine,
        "catalogue": reading.catalogue,
        "repairs_on": list(reading.repairs),
        "needs": [_need(row) for row in reading.needs],
        "findings": [_finding(row) for row in reading.findings],
        "unseen": [{"signal": signal, "about": about, "day": day} for signal, about, day in reading.unseen],
        "timeline": [_arrival(row) for row in reading.timeline],
    }


def _need(row: NeedResult) -> Json:
    found: Json = msgspec.to_builtins(row)
    return found


def _finding(row: Finding) -> Json:
    return {
        "key": row.key,
        "number": row.number,
        "kind": row.kind,
        "causes": [list(causes) for causes in row.causes],
        "pattern": row.pattern,
        "about": row.about,
        "signal": row.signal,
        "signals": list(row.signals),
        "between": list(row.between),
        "day": row.day,
        "by": row.by,
        "link": row.link,
        "title": msgspec.to_builtins(row.title),
        "sentence": msgspec.to_builtins(row.sentence),
        "path": [_hop(hop) for hop in row.path],
        "assumptions": msgspec.to_builtins(row.assumptions),
        "repairs": [_repair(repair) for repair in row.repairs],
        "warnings": msgspec.to_builtins(row.warnings),
    }


def _hop(hop: Hop) -> Json:
    """A hop in the form of a path of a case: the first is the sight, every other goes from one instance to another."""
    if hop.from_ is None:
        return {"by": "observation", "at": hop.to, "day": hop.day}
    return {"by": hop.by, "from": hop.from_, "to": hop.to, "sent": hop.sent, "day": hop.day, "unsafe": hop.unsafe}


def _repair(repair: Repair) -> Json:
    return {
        "cost": repair.cost,
        "met_on": repair.met_on,
        "slack": repair.slack,
        "items": [{**msgspec.to_builtins(item), "type": item.key.partition(":")[2]} for item in repair.items],
    }


def _arrival(row: Arrival) -> Json:
    return {
        "day": row.day,
        "organisation": row.organisation,
        "signal": row.signal,
        "about": row.about,
        "by": row.by,
        "from": row.from_,
    }

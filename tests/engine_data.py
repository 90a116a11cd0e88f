"""The engine cases with their answers, as files in this repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "engine"
NAMES = sorted(path.stem for path in (DATA / "cases").glob("*.json"))


def case_file(name: str) -> Path:
    return DATA / "cases" / f"{name}.json"


def case_document(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(case_file(name).read_bytes())
    return document


def expected(name: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((DATA / "expected" / f"{name}.json").read_bytes())
    return answer


def bad_files() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "bad" / "index.jsonl").read_text().splitlines()]

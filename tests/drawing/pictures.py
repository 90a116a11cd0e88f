"""Drawings as real pages, through the template that the product uses."""

from __future__ import annotations

from schakelbord.cli.stage_file import STAGE, TOKENS, _drawn, _style
from schakelbord.drawing.parts import Drawing

LETTERS = {"Atkinson Hyperlegible Next": "atkinson-hyperlegible-next-latin-wght-normal.woff2"}


def page_of(drawings: dict[str, Drawing]) -> str:
    """A page with drawings, each in a box of the size of its view box and named after its key."""
    boxes = "".join(
        f'<div id="{name}" style="inline-size:{drawing.width}px">{_drawn(drawing, name=name, shared=at > 0)}</div>'
        for at, (name, drawing) in enumerate(drawings.items())
    )
    return f"<!doctype html><meta charset=utf-8><style>{_style(TOKENS, STAGE, fonts=LETTERS)}</style>{boxes}"

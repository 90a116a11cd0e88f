"""Measure the letters of the font that the stage is set in: how wide each is at the weights in use.

The drawing needs text widths without a browser. Run again when the font file changes:

    pip install fonttools brotli
    python scripts/font_widths.py

Writes `src/schakelbord/drawing/font_widths.json`: per weight the advance width of every character of the font in
thousandths of the font size. Kerning is left out; it mostly narrows.
"""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCE = Path(__file__).parents[1] / "src" / "schakelbord"
FONT = SOURCE / "core/static/core/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
TARGET = SOURCE / "drawing/font_widths.json"
WEIGHTS = (400, 600, 700, 800)


def widths(weight: int) -> dict[str, int]:
    """Advance width of every character at a weight, in thousandths of the font size."""
    font = instantiateVariableFont(TTFont(FONT), {"wght": weight})
    scale, metrics = 1000 / font["head"].unitsPerEm, font["hmtx"]
    return {chr(code): round(metrics[name][0] * scale) for code, name in sorted(font.getBestCmap().items())}


def main() -> None:
    """Write the table."""
    table = {str(weight): widths(weight) for weight in WEIGHTS}
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(table['400'])} characters at {len(WEIGHTS)} weights")


if __name__ == "__main__":
    main()

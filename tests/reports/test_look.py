"""How the pages look: near to what was judged good, and clear in black and white.

After a change that was meant, `SCHAKELBORD_NEW_LOOK=1 pytest tests/reports/test_look.py` makes the reference
pictures anew. Look at them before you keep them.
"""

from __future__ import annotations

import io
import math
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from reports.papers import moment_of, opened, page_image, pdf_of
from schakelbord.drawing.parts import Drawing
from schakelbord.reports.flat_stage import flat_svg
from schakelbord.reports.paper_scenes import end_of_scene
from schakelbord.reports.typeset import stage_png
from schakelbord.stories.stage import stage_of

EXPECTED = Path(__file__).parent / "expected"
PAGES = {"title": 0, "picture": 1, "list": 2, "sheet": -12, "annex": -8, "last": -1}
WIDTH = 240
MOST_UNLIKE = 7.0
"""Mean difference in grey (0 to 255) of two soft pictures: another engine draws edges a little differently."""


def soft(image: Image.Image) -> Image.Image:
    """A picture in which the last pixel does not matter."""
    return image.filter(ImageFilter.GaussianBlur(2.5))


def unlike(first: Image.Image, second: Image.Image) -> float:
    """How much two pictures differ: the worst of sixteen parts, so that one wrong part does not drown in white."""
    difference = ImageChops.difference(soft(first), soft(second))
    wide, high = difference.width // 4, difference.height // 4
    parts = (
        difference.crop((column * wide, row * high, (column + 1) * wide, (row + 1) * high))
        for column in range(4)
        for row in range(4)
    )
    return max(ImageStat.Stat(part).mean[0] for part in parts)


def photographed(page: str) -> Image.Image:
    """A page of the first story as it is now."""
    content = pdf_of("wilg")
    return page_image(content, PAGES[page] % len(opened(content).pages), width=WIDTH)


@pytest.fixture(scope="module", autouse=True)
def _new_references() -> None:
    if os.environ.get("SCHAKELBORD_NEW_LOOK"):
        make_references()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_looks_as_it_was_judged(page: str) -> None:
    expected = Image.open(EXPECTED / f"{page}.png").convert("L")
    now = photographed(page)
    assert abs(now.height - expected.height) <= 2
    assert unlike(now.resize(expected.size), expected) < MOST_UNLIKE


def test_another_page_would_be_noticed() -> None:
    expected = Image.open(EXPECTED / "list.png").convert("L")
    other = photographed("sheet").resize(expected.size)
    assert unlike(other, expected) > 2 * MOST_UNLIKE


def changes_along(image: Image.Image, path: str, scale: float) -> float:
    """How often a line turns from dark to light and back, for each hundred units of the drawing."""
    points = [
        (float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.replace("M", "").replace("L", ","))
    ]
    greys: list[int] = []
    length = 0.0
    for (x, y), (right, down) in pairwise(points):
        far = math.hypot(right - x, down - y)
        length += far
        steps = max(1, int(far * 2))
        for step in range(steps):
            at = ((x + (right - x) * step / steps) * scale, (y + (down - y) * step / steps) * scale)
            if 0 <= at[0] < image.width and 0 <= at[1] < image.height:
                grey = image.getpixel((int(at[0]), int(at[1])))
                assert isinstance(grey, int)
                greys.append(grey)
    dark = [grey < 150 for grey in greys]
    return 100 * sum(one != other for one, other in pairwise(dark)) / max(length, 1.0)


def grey_stage(drawing: Drawing) -> tuple[Image.Image, float]:
    """A drawing as a copier shows it, and how many pixels a unit has."""
    image = Image.open(io.BytesIO(stage_png(flat_svg(drawing), width=3840))).convert("L")
    return image, image.width / drawing.width


@pytest.mark.django_db
def test_without_colour_a_gap_is_hatched_and_a_channel_is_one_line() -> None:
    hatched, plain = [], []
    for name in ("wilg", "beuk", "iep", "berk"):
        moment = moment_of(name)
        drawing = stage_of(end_of_scene(moment, 2)).drawing
        image, scale = grey_stage(drawing)
        hatched += [changes_along(image, half.path, scale) for gap in drawing.gaps for half in gap.halves]
        plain += [changes_along(image, line.path, scale) for line in drawing.lines if not line.paper]
    assert hatched
    assert plain
    assert sorted(hatched)[len(hatched) // 2] > 8, hatched
    assert sorted(plain)[len(plain) // 2] < 3, plain


def make_references() -> None:
    """Make the reference pictures anew."""
    EXPECTED.mkdir(exist_ok=True)
    for page in PAGES:
        photographed(page).quantize(16).save(EXPECTED / f"{page}.png", optimize=True)

"""Make the letters for documents: Typst reads static TrueType, the site has variable WOFF2.

Run again when the fonts of the site change, in an environment of its own:

    pip install fonttools brotli
    python scripts/paper_fonts.py

Takes the packages of Fontsource at the version that the site has (with npm), cuts the weights that documents use out of
the variable fonts, and joins the Latin and the extended Latin part of each. Writes `src/schakelbord/reports/fonts/`:
the fonts, their licences, and `characters.txt` with every character that all of them have.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

from fontTools.merge import Merger
from fontTools.merge.options import Options
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parents[1] / "src/schakelbord/reports/fonts"
VERSION = "5.3.0"
PARTS = ("latin", "latin-ext")
DATE = 3_800_000_000
"""The day of making in the fonts, always the same, so that the same sources give the same bytes."""


class Cut(NamedTuple):
    """One font: of which package, at which weight, upright or not."""

    package: str
    family: str
    weight: int
    name: str
    slope: str = "normal"


CUTS = (
    Cut("literata", "Literata", 400, "Regular"),
    Cut("literata", "Literata", 600, "SemiBold"),
    Cut("literata", "Literata", 400, "Italic", "italic"),
    Cut("atkinson-hyperlegible-next", "Atkinson Hyperlegible Next", 400, "Regular"),
    Cut("atkinson-hyperlegible-next", "Atkinson Hyperlegible Next", 600, "SemiBold"),
    Cut("atkinson-hyperlegible-next", "Atkinson Hyperlegible Next", 700, "Bold"),
)


def packed(package: str) -> dict[str, bytes]:
    """The files of a package of Fontsource by their name."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"@fontsource-variable/{package}@{VERSION}"
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, wanted], check=True)  # noqa: S603, S607
        found = next(Path(folder).glob("*.tgz"))
        with tarfile.open(found) as archive:
            members = [(member.name, archive.extractfile(member)) for member in archive.getmembers()]
            return {name.rpartition("/")[2]: file.read() for name, file in members if file is not None}


def cut(row: Cut, files: dict[str, bytes]) -> TTFont:
    """One static font of all parts."""
    parts = []
    for part in PARTS:
        variable = TTFont(io.BytesIO(files[f"{row.package}-{part}-wght-{row.slope}.woff2"]))
        static = instantiateVariableFont(variable, {"wght": row.weight})
        static.flavor = None
        kept = io.BytesIO()
        static.save(kept)
        kept.seek(0)
        parts.append(kept)
    font = Merger(Options(drop_tables=["STAT", "DSIG"])).merge(parts)
    _name(font, row)
    return font


def _name(font: TTFont, row: Cut) -> None:
    """The names and the weight by which a program finds the font."""
    names = font["name"]
    for number in (3, 16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    plain = row.name in {"Regular", "Bold", "Italic"}
    family = row.family if plain else f"{row.family} {row.name}"
    values = {1: family, 2: row.name if plain else "Regular", 3: f"{row.family} {row.name} {VERSION}"}
    values |= {4: f"{row.family} {row.name}", 6: f"{row.family.replace(' ', '')}-{row.name}"}
    if not plain:
        values |= {16: row.family, 17: row.name}
    for number, value in values.items():
        names.setName(value, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = row.weight
    font["head"].created = font["head"].modified = DATE
    font.recalcTimestamp = False


def main() -> None:
    """Write the fonts, their licences, and the characters that every font has."""
    TARGET.mkdir(parents=True, exist_ok=True)
    known: set[int] | None = None
    files = {package: packed(package) for package in dict.fromkeys(row.package for row in CUTS)}
    for row in CUTS:
        font = cut(row, files[row.package])
        path = TARGET / f"{row.family.replace(' ', '')}-{row.name}.ttf"
        font.save(path)
        have = set(font.getBestCmap())
        known = have if known is None else known & have
        print(f"{path.name}: {len(have)} characters, {path.stat().st_size // 1024} kB")
    for package, content in files.items():
        (TARGET / f"OFL-{package}.txt").write_bytes(content["LICENSE"])
    letters = "".join(chr(code) for code in sorted(known or ()) if code >= 0x20)
    (TARGET / "characters.txt").write_text(f"{letters}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

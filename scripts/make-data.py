"""Make what follows from the shipped YAML: the schemas and the compact catalogue. Run it after changing the YAML.

.venv/bin/python scripts/make-data.py
"""

from __future__ import annotations

from schakelbord.engine.catalogue_files import load_catalogue_from
from schakelbord.engine.compact import compact_of
from schakelbord.engine.schemas import schemas_of
from schakelbord.engine.shipped import CATALOGUE, COMPACT, DATA


def main() -> None:
    """Write both; stops with a message when the YAML has an error."""
    catalogue = load_catalogue_from(CATALOGUE)
    schemas = DATA / "schemas"
    schemas.mkdir(exist_ok=True)
    for name, text in schemas_of(catalogue).items():
        (schemas / name).write_text(text, encoding="utf-8")
    COMPACT.write_bytes(compact_of(catalogue, CATALOGUE))


if __name__ == "__main__":
    main()

"""Every trouble the engine sees stands at its row and at its field."""

from __future__ import annotations

import pytest

from schakelbord.engine import load_catalogue
from schakelbord.system_model.columns import Plain, column_of, with_value
from schakelbord.system_model.content import check, content_of

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("section", "row", "field", "value"),
    [
        ("channels", "meldcode_school_vt", "to", "veilig_thui"),
        ("channels", "meldcode_school_vt", "delay.days", 0),
        ("channels", "meldcode_school_vt", "ages", [18, 12]),
        ("channels", "meldcode_school_vt", "carries", ["letsel", "lettsel"]),
        ("channels", "meldcode_school_vt", "scope", "overal"),
        ("channels", "meldcode_school_vt", "ground.as_of", "gisteren"),
        ("channels", "meldcode_school_vt", "unsafe_for", ["niets"]),
        ("bodies", "zorgadviesteam", "members", []),
        ("bodies", "zorgadviesteam", "members", [{"organisation": "schol"}]),
        ("bodies", "zorgadviesteam", "rhythm.every_days", 0),
        ("patterns", "zorgwekkend_verzuim", "at_least", 40),
        ("patterns", "zorgwekkend_verzuim", "mandate", []),
        ("organisations", "school", "observes", ["niets"]),
    ],
)
def test_a_wrong_value_is_told_at_its_row_and_field(section: str, row: str, field: str, value: Plain) -> None:
    content = content_of(CATALOGUE)
    column = column_of(section, field)
    content[section] = [with_value(one, column, value) if one["id"] == row else one for one in content[section]]
    errors = [trouble for trouble in check(content).troubles if trouble.level == "error"]
    assert (section, row, field) in {(trouble.section, trouble.row, trouble.field) for trouble in errors}
    assert {(trouble.section, trouble.row) for trouble in errors} == {(section, row)}
    assert check(content).catalogue is None


def test_what_is_shipped_has_no_error_and_every_warning_has_a_field() -> None:
    checked = check(content_of(CATALOGUE))
    assert checked.errors == 0
    assert all(trouble.row and trouble.field for trouble in checked.troubles)


def test_checking_gives_the_same_catalogue() -> None:
    catalogue = check(content_of(CATALOGUE)).catalogue
    assert catalogue is not None
    assert catalogue.digest == CATALOGUE.digest

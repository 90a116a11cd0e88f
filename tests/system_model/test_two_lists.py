"""Two changes of one list: what each did is there, and only the same item is a conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakelbord.errors import ConflictError
from schakelbord.system_model import services
from schakelbord.system_model.columns import Plain, column_of, value_at
from schakelbord.system_model.merging import merged_list
from schakelbord.system_model.selectors import content_now
from schakelbord.system_model.services import Change
from system_model.people import CHANNEL, NOW, secretary

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)


@given(base=IDS, mine=IDS, theirs=IDS)
def test_what_either_put_in_or_took_out_holds_and_nothing_else_changes(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    merged = merged_list(base, mine, theirs)
    if merged is None:
        common = set(base) & set(mine) & set(theirs)
        orders = [[item for item in items if item in common] for items in (base, mine, theirs)]
        assert orders[0] not in orders[1:]
        return
    assert len(merged) == len(set(merged))
    kept = set(base) & set(mine) & set(theirs)
    assert set(merged) == kept | (set(mine) - set(base)) | (set(theirs) - set(base))


@given(base=IDS, mine=IDS)
def test_with_one_who_changes_the_list_is_as_that_one_made_it(base: list[str], mine: list[str]) -> None:
    assert merged_list(base, mine, base) == mine
    assert merged_list(base, base, mine) == mine
    assert merged_list(base, mine, mine) == mine


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        (["a", "b"], ["a", "x", "b"], ["a", "b", "y"], ["a", "x", "b", "y"]),
        (["a", "b", "c"], ["c", "b", "a"], ["a", "b", "c", "d"], ["c", "d", "b", "a"]),
        (["a", "b"], ["*"], ["a", "b", "c"], None),
        (["a", "b", "c"], ["b", "a", "c"], ["a", "c", "b"], None),
        (
            [{"organisation": "a"}, {"organisation": "b"}],
            [{"organisation": "a", "works": "paper"}, {"organisation": "b"}],
            [{"organisation": "a"}],
            [{"organisation": "a", "works": "paper"}],
        ),
        (
            [{"organisation": "a"}],
            [{"organisation": "a", "works": "paper"}],
            [{"organisation": "a", "ages": [0, 12]}],
            None,
        ),
        ([{"organisation": "a"}], [{"organisation": "a", "works": "paper"}], [], None),
        (
            [{"organisation": "a", "ages": [0, 12]}, {"organisation": "a", "ages": [12, 18]}],
            [{"organisation": "a", "ages": [0, 12]}, {"organisation": "a", "ages": [12, 17]}],
            [{"organisation": "a", "ages": [0, 12]}, {"organisation": "a", "ages": [12, 16]}],
            None,
        ),
    ],
)
def test_lists_of_ids_and_of_rows(
    base: list[Plain], mine: list[Plain], theirs: list[Plain], merged: list[Plain] | None
) -> None:
    assert merged_list(base, mine, theirs) == merged


def _carries() -> list[str]:
    row = next(one for one in content_now()["channels"] if one["id"] == CHANNEL)
    found: list[str] = value_at(row, column_of("channels", "carries"))
    return found


@pytest.mark.django_db
def test_two_people_add_to_one_list_and_each_undoes_only_what_is_theirs() -> None:
    one, other = secretary(), secretary("S. Spreeuw")
    base = _carries()
    services.edit(one, "channels", [Change(CHANNEL, "carries", [*base, "verzuim"], base)], now=NOW)
    services.edit(other, "channels", [Change(CHANNEL, "carries", ["te_laat_moe", *base], base)], now=NOW)
    assert _carries() == ["te_laat_moe", *base, "verzuim"]
    services.undo(one, now=NOW)
    assert _carries() == ["te_laat_moe", *base]
    services.undo(other, now=NOW)
    assert _carries() == base


@pytest.mark.django_db
def test_two_people_who_change_the_same_member_hear_of_each_other() -> None:
    one, other = secretary(), secretary("S. Spreeuw")
    body = next(row for row in content_now()["bodies"] if row["id"] == "zorgadviesteam")
    first, *rest = body["members"]
    services.edit(one, "bodies", [Change(body["id"], "members", rest, body["members"])], now=NOW)
    changed = [dict(first) | {"works": "paper"}, *rest]
    with pytest.raises(ConflictError, match=r"M\. Merel"):
        services.edit(other, "bodies", [Change(body["id"], "members", changed, body["members"])], now=NOW)

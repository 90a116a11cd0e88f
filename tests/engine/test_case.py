"""Bad input: one clear sentence, with the pointer of the place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine_data import DATA, bad_files, case_document, case_file
from schakelbord.engine import case_io, json_text
from schakelbord.engine.case_io import read_case
from schakelbord.engine.case_parse import parse_case
from schakelbord.engine.npz import large_case, read_npz, write_npz
from schakelbord.errors import InputError


def refused(data: object, *, strict: bool = False) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_case(data, strict=strict)
    error = caught.value
    for text in (error.nl, error.en):
        assert text.count("\n") == 0
        assert 15 < len(text) < 200
    return error


def changed(path: str, value: Any) -> dict[str, Any]:
    """The case of the ten options with one value changed; `path` is a JSON pointer."""
    document = case_document("10-the-five-kinds-of-option")
    *steps, last = path.strip("/").split("/")
    place: Any = document
    for step in steps:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last) if isinstance(place, list) else last] = value
    return document


@pytest.mark.parametrize("bad", bad_files(), ids=lambda bad: bad["file"])
def test_a_bad_file_is_refused_where_it_is_wrong(bad: dict[str, Any]) -> None:
    error = refused((DATA / "bad" / bad["file"]).read_bytes(), strict="--strict" in bad["args"])
    assert any(place in error.sentence("nl") for place in bad["names_one_of"])
    assert any(place in error.sentence("en") for place in bad["names_one_of"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/horizon", -1),
        ("/horizon", True),
        ("/horizon", "90"),
        ("/horizon", 10**9),
        ("/organisations", "a"),
        ("/organisations/1", "a"),
        ("/organisations/1", 7),
        ("/organisations/1", "a|b"),
        ("/signals/0", None),
        ("/signals/0/type", 3),
        ("/observations/0/day", 91),
        ("/observations/0/day", 3.0),
        ("/observations/0/day", False),
        ("/observations/0/signal", "unknown"),
        ("/channels/0/delay", 0),
        ("/channels/0/to", "unknown"),
        ("/channels/0/types", "x"),
        ("/channels/0/types/0", 1),
        ("/channels/0/until_day", 10**30),
        ("/bodies/0/days/0", -1),
        ("/bodies/0/members", {}),
        ("/bodies/1/id", "g1"),
        ("/needs/0/at_least", 2),
        ("/needs/0/at_least", 0),
        ("/needs/0/signals", []),
        ("/needs/0/by", 91),
        ("/options/0/cost", -1),
        ("/options/0/add_days/g1/1", 99),
        ("/options/1/add_channel/id", "c1"),
        ("/options/1/add_channel/delay", 0),
        ("/options/2/add_member/organisation", "unknown"),
        ("/options/3/set_delay/c1", "2"),
    ],
)
def test_a_wrong_value_is_refused_at_its_own_pointer(path: str, value: Any) -> None:
    assert refused(changed(path, value)).where == path


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/options/0/add_days/g~9", "/options/0/add_days/g~09"),
        ("/options/3/set_delay/c~1", "/options/3/set_delay/c~01"),
        ("/options/4/add_types/zz", "/options/4/add_types/zz"),
    ],
)
def test_an_unknown_id_in_a_key_is_named_as_an_escaped_pointer(path: str, where: str) -> None:
    assert refused(changed(path, [1])).where == where


def test_a_slash_in_a_key_is_escaped() -> None:
    document = case_document("10-the-five-kinds-of-option")
    document["options"][0]["add_days"] = {"g/9": [3]}
    assert refused(document).where == "/options/0/add_days/g~19"


@pytest.mark.parametrize(
    ("place", "field"),
    [("", "horizon"), ("/signals/0", "type"), ("/channels/0", "from"), ("/needs/0", "at_least"), ("/options/0", "id")],
)
def test_a_field_that_must_be_there_is_named_when_it_is_missing(place: str, field: str) -> None:
    document = case_document("10-the-five-kinds-of-option")
    part: Any = document
    for step in place.split("/")[1:]:
        part = part[int(step) if isinstance(part, list) else step]
    del part[field]
    assert refused(document).where == f"{place}/{field}"


def test_a_window_that_ends_before_the_default_begin_is_reversed() -> None:
    document = case_document("10-the-five-kinds-of-option")
    document["channels"][0] |= {"from_day": 5, "until_day": 4}
    assert refused(document).where == "/channels/0/until_day"


def test_strict_refuses_a_type_that_no_signal_has_and_a_field_that_nobody_knows() -> None:
    misspelt = changed("/channels/0/types/0", "xx")
    parse_case(misspelt)
    assert refused(misspelt, strict=True).where == "/channels/0/types/0"
    extra = changed("/channels/0/untill_day", 3)
    parse_case(extra)
    assert refused(extra, strict=True).where == "/channels/0/untill_day"


def test_a_link_that_is_both_a_channel_and_a_body_cannot_get_types() -> None:
    document = case_document("10-the-five-kinds-of-option")
    document["channels"][0]["id"] = "g1"
    document["options"] = [{"id": "r", "add_types": {"g1": ["x"]}}]
    assert refused(document).where == "/options/0/add_types/g1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "line 1"),
        (b'{"horizon": 3,\n"organisations": [}', "line 2"),
        (b'{"horizon": NaN}', "line 1"),
        (b'{"horizon": 1e999}', "JSON"),
        (b'{"horizon": 3}\n{"horizon": 4}', "line 2"),
        (b'{"horizon":\n"\xff"}', "UTF-8"),
        ('{"horizon": 3}'.encode("utf-16"), "UTF-8"),
        (b"[" * 200_000, "nested"),
        (b"[1, 2]", "object"),
    ],
    ids=["empty", "broken", "nan", "too-large", "two", "bytes", "utf-16", "deep", "list"],
)
def test_text_that_is_no_case_is_refused_with_its_line(text: bytes, says: str) -> None:
    assert says in refused(text).sentence("en")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = case_file("01-from-the-text").read_bytes()
    assert parse_case(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")) == parse_case(text)


def test_a_file_too_large_is_refused_without_reading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (json_text, case_io):
        monkeypatch.setattr(module, "LARGEST_JSON", 1000)
    path = tmp_path / "large.json"
    path.write_bytes(b"x" * 1001)
    with pytest.raises(InputError, match="npz") as caught:
        read_case(path)
    assert caught.value.code == "too_large"


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.json", "no_file"), (tmp_path, "a_folder"), (tmp_path / "none.npz", "no_file")):
        with pytest.raises(InputError) as caught:
            read_case(path)
        assert caught.value.code == code


def write_changed(path: Path, **arrays: Any) -> None:
    write_npz(path, large_case(read_case(case_file("19-middle-00"))))
    with np.load(path) as found:
        columns = {**found, **arrays}
    np.savez(path, **{name: column for name, column in columns.items() if column is not None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", None),
        ("day", np.array(["x"])),
        ("day", np.arange(3)),
        ("member_organisation", np.full(3, 9999)),
        ("channel_delay", np.zeros(77, dtype=int)),
        ("channel_from", np.full(77, -1)),
        ("channel_from_day", np.full(77, 189)),
        ("channel_until_day", np.full(76, 189)),
        ("organisation_id", np.full(45, "twice")),
        ("day_start", np.arange(23)[::-1].copy()),
        ("horizon", np.array(-4)),
        ("rest", np.frombuffer(b"{", dtype=np.uint8)),
    ],
)
def test_an_npz_that_does_not_fit_together_is_refused(name: str, value: Any, tmp_path: Path) -> None:
    path = tmp_path / "case.npz"
    write_changed(path, **{name: value})
    with pytest.raises(InputError):
        read_npz(path)


def test_an_npz_with_a_pickle_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "case.npz"
    write_changed(path, day=np.array([print], dtype=object))
    with pytest.raises(InputError, match="make-case"):
        read_npz(path)


def test_files_that_only_look_like_an_npz_are_refused(tmp_path: Path) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("day.npy", b"nonsense")
    for text in (b"", b"nonsense", empty.getvalue(), case_file("19-middle-00").read_bytes()):
        path = tmp_path / "case.npz"
        path.write_bytes(text)
        with pytest.raises(InputError):
            read_npz(path)


def test_ids_may_be_any_text() -> None:
    name = "é/~ 漢 \u202e 😀"
    assert parse_case({"horizon": 3, "organisations": [name, ""]}).organisations == (name, "")

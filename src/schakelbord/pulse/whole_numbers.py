"""Rows of whole numbers out of bytes, fast: millions of votes in a fraction of a second."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from schakelbord.pulse.ballots import Ints

MOST_DIGITS = 15
"""So many digits a number may have; more does not fit everywhere a number goes (JSON, spreadsheets)."""

_DIGITS = np.zeros(256, dtype=np.bool_)
_DIGITS[ord("0") : ord("9") + 1] = True
_COMMA, _NEWLINE, _MINUS = (ord(sign) for sign in ",\n-")


def whole_numbers(body: bytes, columns: int) -> Ints | None:
    """Rows of `columns` whole numbers with commas between them and a newline after each row: rows x columns.

    None when there is anything else in it, a sign or a row that does not fit; the caller then reads it with care.
    """
    if not body:
        return np.zeros((0, columns), dtype=np.int64)
    signs = np.frombuffer(body, dtype=np.uint8)
    if signs[-1] != _NEWLINE:
        signs = np.append(signs, np.uint8(_NEWLINE))
    ends = np.flatnonzero((signs == _COMMA) | (signs == _NEWLINE))
    if len(ends) % columns or not _separated(signs[ends].reshape(-1, columns)):
        return None
    starts = np.concatenate([[0], ends[:-1] + 1])
    minus = signs[starts] == _MINUS
    digits = ends - starts - minus
    if digits.min() < 1 or digits.max() > MOST_DIGITS:
        return None
    if np.count_nonzero(_DIGITS[signs]) != int(digits.sum()):
        return None
    return _values(signs, ends, digits, minus).reshape(-1, columns)


def _separated(found: npt.NDArray[np.uint8]) -> bool:
    return bool((found[:, :-1] == _COMMA).all() and (found[:, -1] == _NEWLINE).all())


def _values(signs: npt.NDArray[np.uint8], ends: Ints, digits: Ints, minus: npt.NDArray[np.bool_]) -> Ints:
    values = (signs[ends - 1] - np.uint8(ord("0"))).astype(np.int64)
    for place in range(1, int(digits.max())):
        longer = np.flatnonzero(digits > place)
        values[longer] += (signs[ends[longer] - 1 - place] - np.uint8(ord("0"))).astype(np.int64) * 10**place
    np.negative(values, out=values, where=minus)
    return values

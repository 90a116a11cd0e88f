"""What was probably meant: the known word nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def edit_distance(left: str, right: str, *, at_most: int) -> int:
    """Fewest insertions, deletions, replacements and swaps of neighbours that turn `left` into `right`.

    Args:
        left: a word.
        right: another word.
        at_most: distances above this are all returned as `at_most + 1`, which keeps the work small.

    Method: optimal string alignment, row by row (Damerau 1964; restricted form).
    """
    if abs(len(left) - len(right)) > at_most:
        return at_most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, start=1):
        before, row = row, _next_row(before, row, left=left, right=right, place=place, letter=letter)
        if min(row) > at_most:
            return at_most + 1
    return min(row[-1], at_most + 1)


def _next_row(before: list[int], row: list[int], *, left: str, right: str, place: int, letter: str) -> list[int]:
    following = [place]
    for column, other in enumerate(right, start=1):
        cost = min(row[column] + 1, following[column - 1] + 1, row[column - 1] + (letter != other))
        swapped = place > 1 and column > 1 and letter == right[column - 2] and left[place - 2] == other
        following.append(min(cost, before[column - 2] + 1) if swapped else cost)
    return following


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most probably stands for, or None when nothing is near.

    A word is near within one mistake for each three letters (at least one, at most four; none in a single letter), or
    when one of the two is a whole part of the other between underscores: `thuis` for `veilig_thuis`. Capitals, spaces
    and hyphens do not count.
    """
    if len(word) > 100:
        return None
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    choices = sorted(set(known))
    allowed = max(1, min(4, len(plain) // 3)) if len(plain) > 1 else 0
    ranked = [(edit_distance(plain, choice, at_most=allowed), choice) for choice in choices]
    close = [pair for pair in ranked if pair[0] <= allowed]
    return min(close)[1] if close else _by_part(plain, choices)


def _by_part(word: str, choices: Sequence[str]) -> str | None:
    parts = set(word.split("_"))
    sharing = [choice for choice in choices if len(word) > 2 and (word in choice.split("_") or choice in parts)]
    whole = [
        choice for choice in choices if len(word) > 4 and (choice.startswith(word) or word.startswith(choice + "_"))
    ]
    both = sharing or whole
    return min(both, key=lambda choice: (len(choice), choice)) if both else None

"""Links by mail for who has no account. Nothing of them is kept: each is made of keys of rows, and signed.

A link says what somebody may look at, never that they may still do it: the page asks that of the rows.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from schakelbord.core.numbers import whole_number

SALT = "schakelbord.chain."


def secret_of(kind: str, *ids: int) -> str:
    """The secret in a link; the same each time.

    Args:
        kind: what the link is for, such as `offer`; a secret of one kind opens nothing of another.
        ids: keys of the rows that it is about, such as a placement and a person.
    """
    return Signer(salt=SALT + kind, sep=".").sign("-".join(str(one) for one in ids))


def read_secret(kind: str, secret: str) -> tuple[int, ...] | None:
    """The keys of the rows that a link is about; None when we did not make it, or it means nothing."""
    try:
        text = Signer(salt=SALT + kind, sep=".").unsign(secret)
    except BadSignature:
        return None
    ids = tuple(whole_number(part) for part in text.split("-"))
    return ids if all(ids) else None

"""Where to report a weakness: security.txt, RFC 9116."""

from __future__ import annotations

from datetime import UTC, datetime

# A person renews this at each release; a test fails a month before it passes.
EXPIRES = datetime(2027, 11, 1, tzinfo=UTC)


def security_txt(address: str, *, contact: str) -> str:
    """The text of the file; `address` is where it is found, `contact` where to report."""
    return "\n".join(
        (
            f"Contact: {contact}",
            f"Expires: {EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: nl, en",
            f"Canonical: {address}",
            "",
        )
    )

"""`schakelbord warm`: compile the searches of the seating once, so that nobody waits for it later."""

from __future__ import annotations

from schakelbord.cli.language import LangOption, say
from schakelbord.seating.warm import is_ready, prepare


def run(lang: LangOption = "nl") -> None:
    """Compile what is not in the cache of this user; `make install` and `schakelbord serve` do so too."""
    del lang  # chosen before any command runs
    if not is_ready():
        prepare()
    print(say(nl="Het rekenwerk staat klaar.", en="The arithmetic is ready."))

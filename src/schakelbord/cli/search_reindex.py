"""`schakelbord search-reindex`: make the index of search anew."""

from __future__ import annotations

from schakelbord.cli.language import LangOption, say
from schakelbord.site.start import set_up_django


def run(lang: LangOption = "nl") -> None:
    """Make the index anew of everything there is; who searches meanwhile finds what was there before."""
    set_up_django()
    from schakelbord.chain.searching.search import reindex_all  # noqa: PLC0415 - needs the apps to be loaded

    count = reindex_all()
    print(say(nl=f"Nu te vinden: {count}.", en=f"Can be found now: {count}."))

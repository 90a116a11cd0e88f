"""What a link to the public page of a dossier looks like where somebody shares it: a picture of what the page says."""

from __future__ import annotations

import textwrap
from functools import lru_cache

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakelbord.chain.public_pages.public import PublicDossier
from schakelbord.core.languages import current_language
from schakelbord.reports.clean import printed
from schakelbord.reports.typeset import share_png

LONGEST_TITLE = 130
KEPT = 32
"""Pictures kept in memory, each some 40 kB."""


def share_picture(page: PublicDossier) -> bytes:
    """The picture as PNG, 1200 by 630 dots: title, day, and in numbers what is on the page and nothing else.

    Raises:
        StateError: it cannot be made.
    """
    reached = sum(one.is_reached for one in page.actions)
    seen, agreed, done = len(page.issues), len(page.decisions), len(page.actions)
    counted = (
        (seen, ngettext("gap or dilemma seen", "gaps and dilemmas seen", seen)),
        (agreed, ngettext("joint decision", "joint decisions", agreed)),
        (done, ngettext("action agreed", "actions agreed", done)),
        (reached, ngettext("action that did what was hoped", "actions that did what was hoped", reached)),
    )
    day = formats.date_format(page.changed, "DATE_FORMAT")
    words = (
        textwrap.shorten(page.dossier.title, LONGEST_TITLE, placeholder="…"),
        _("Dossier · %(day)s") % {"day": day},
        _("Nothing was agreed yet."),
        _("All families are invented. Nothing about real people stands here."),
    )
    return _made(current_language(), words, tuple((str(number), label) for number, label in counted if number))


@lru_cache(maxsize=KEPT)
def _made(language: str, words: tuple[str, str, str, str], numbers: tuple[tuple[str, str], ...]) -> bytes:
    title, kicker, says, fiction = words
    data = {"title": title, "kicker": kicker, "says": says, "fiction": fiction}
    return share_png({**printed({**data, "numbers": [list(one) for one in numbers]}), "language": language})

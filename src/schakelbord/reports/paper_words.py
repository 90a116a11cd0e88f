"""The fixed words of a story on paper, in the language of the page at hand."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def labels() -> dict[str, str]:
    """Headings and column names, by the name that the typesetter knows them by."""
    return {
        "contents": _("What is in here"),
        "how": _("How to use these pages"),
        "legend": _("What the signs mean"),
        "gaps": _("Gaps"),
        "gap": _("Gap"),
        "no_gap": _("No gap yet."),
        "more_gaps": _("and more: see the list"),
        "number": _("No."),
        "what": _("What"),
        "between": _("Between"),
        "kind": _("Kind"),
        "since": _("Since"),
        "recognised": _("Recognised"),
        "status": _("Status"),
        "assigned": _("Assigned to"),
        "mended": _("Mended"),
        "told": _("told by the room"),
        "told_heading": _("What is told"),
        "question": _("Question for the table"),
        "channels": _("Channels"),
        "no_channel": _("No channel was used in this scene."),
        "from": pgettext("channel", "From"),
        "to": pgettext("channel", "To"),
        "ground": _("Ground"),
        "works": _("Works?"),
        "on_stage": _("On the stage"),
        "quiet": _("Quiet now:"),
        "nobody": _("Nobody of this ring plays a part now."),
        "turn": _("Whose turn is it?"),
        "scan": _("This scene on the screen"),
        "sheets": _("Sheets for the tables"),
        "sheet": _("Sheet for the table"),
        "table": _("Table"),
        "date": _("Date"),
        "no_names": _("Write no names or addresses of real people."),
        "annex": _("Annex: how each gap was found"),
        "path": _("How the message went"),
        "day": _("Day"),
        "happens": _("What happens"),
        "stops": _("Here the message stops"),
        "arrives": _("The message now arrives"),
        "causes": _("What it comes down to"),
        "assumptions": _("What we assume"),
        "assumption": _("Assumption"),
        "standing": _("Standing"),
        "source": _("Source"),
        "no_assumption": _("This gap rests on the story alone."),
        "repairs": _("What would mend it"),
        "repair": _("What would be agreed"),
        "size": _("How large"),
        "then": _("Then in time"),
        "no_repair": _("We found no set of at most three repairs that closes this gap."),
        "on": _("switched on here"),
        "informs": _("The model informs the talk. It decides nothing."),
        "everybody": _("Everybody in this story"),
        "sources": _("Sources"),
        "no_source": _("No source is named yet."),
        "list_page": _("list"),
        "page": _("page"),
    }


def standings() -> dict[str, str]:
    """How sure an assumption is."""
    return {"checked": _("checked"), "practice": _("known from practice"), "open": _("no source yet")}


def legend(*, mended: bool, told: bool) -> tuple[tuple[str, str], ...]:
    """The signs on the stage with what they mean."""
    rows = [
        ("channel", _("channel with a ground")),
        ("paper", _("on paper only")),
        ("gap", _("gap")),
        ("mended", _("mended gap") if mended else ""),
        ("told", _("added in the room") if told else ""),
        ("organisation", _("organisation")),
        ("body", _("body")),
        ("chair", _("empty chair")),
        ("piece", _("a piece of what is known")),
    ]
    return tuple(row for row in rows if row[1])


def prompts() -> tuple[tuple[str, int], ...]:
    """What a table writes, with the number of lines for it."""
    return (
        (_("Do you recognise this? Who else saw it?"), 3),
        (_("Why does it happen, in your view?"), 4),
        (_("Whose turn is it?"), 2),
        (_("What do we agree, and by when?"), 5),
    )


def how_to_use() -> tuple[str, ...]:
    """Three sentences for who holds the pages."""
    return (
        _("Each scene has a picture page for the wall and a list page with the same in words."),
        _("Each gap has a sheet for a table: read it together, talk, write on it."),
        _("The annex shows for each gap how it was found, what we assume and what would mend it."),
    )

"""Words of the system model for people: sections, columns, and the choices in them."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schakelbord.errors import Language
from schakelbord.stories.words import BODY_KINDS, JURISDICTIONS, LAYERS, REQUIREMENTS, SCOPES, SIGNAL_KINDS
from schakelbord.system_model.columns import Column

SECTION_WORDS: Final[dict[str, tuple[Promise, Promise]]] = {
    "organisations": (_("Organisations"), _("who they are, what they can see, their tasks and queues")),
    "bodies": (_("Bodies"), _("who sits in them, how often they meet, what they may speak about")),
    "channels": (_("Channels"), _("who tells whom what, by which law, how fast, and whether it is done")),
    "signals": (_("Signals"), _("what can be seen: the puzzle pieces")),
    "patterns": (_("Patterns"), _("how many pieces together say that somebody must act")),
    "themes": (_("Themes"), _("subjects of talk, each with a guiding question")),
}
PLACES: Final[dict[str, Promise]] = {name: words[0] for name, words in SECTION_WORDS.items()} | {
    "stories": _("Stories")
}
PARTS: Final[dict[str, Promise]] = {
    "id": _("id"),
    "name": _("name"),
    "nl": _("Dutch"),
    "en": _("English"),
    "layer": _("layer"),
    "jurisdiction": _("works for"),
    "observes": _("can see"),
    "tasks": _("tasks"),
    "queue": _("queue"),
    "norm_days": _("days by the norm"),
    "real_days": _("days it really takes"),
    "source": _("source"),
    "kind": _("kind"),
    "members": _("members"),
    "carries": _("about"),
    "remit": _("remit"),
    "rhythm": _("rhythm"),
    "every_days": _("every so many days"),
    "first_day": _("first day"),
    "fictitious": _("invented"),
    "ground": _("ground"),
    "law": _("law"),
    "article": _("article"),
    "duty": _("duty"),
    "asked": _("only when asked"),
    "threshold": _("threshold"),
    "purpose": _("purpose"),
    "status": _("status"),
    "as_of": _("text of"),
    "verified": _("checked"),
    "contested": _("contested"),
    "themes": _("themes"),
    "ages": _("ages"),
    "requires": _("condition"),
    "works": _("works"),
    "escalates_to": _("goes up to"),
    "members_fixed_by": _("members fixed by"),
    "from": _("from"),
    "to": _("to"),
    "scope": _("where"),
    "delay": _("delay"),
    "days": _("days"),
    "unsafe_for": _("unsafe for"),
    "sensitive": _("sensitive"),
    "signals": _("signals"),
    "at_least": _("at least"),
    "mandate": _("who must act"),
    "question": _("guiding question"),
}
CHOICES: Final[dict[str, dict[str, Promise]]] = {
    "layer": LAYERS,
    "jurisdiction": JURISDICTIONS,
    "scope": SCOPES,
    "requires": REQUIREMENTS,
    "duty": {"may": pgettext_lazy("duty", "may"), "must": pgettext_lazy("duty", "must")},
    "status": {"in_force": _("in force"), "bill": _("a bill"), "ending": _("ends soon")},
    "works": {"practice": _("in practice"), "paper": _("on paper only")},
    "kind": {**BODY_KINDS, **SIGNAL_KINDS, "report": _("tells"), "feedback": _("word back")},
    "sensitive": {"none": _("no"), "health": _("health"), "criminal": _("criminal law")},
}
# What a field means, where the sentence for who writes a file speaks of the notation of files.
HINTS: Final[dict[str, Promise | str]] = {
    "from": _("The id of a type of organisation."),
    "to": _("The id of a type of organisation."),
    "carries": _("Ids of signals with commas between them; * means all, nothing means none."),
    "observes": _("Ids of signals with commas between them."),
    "signals": _("Ids of signals with commas between them."),
    "themes": _("Ids of themes with commas between them."),
    "unsafe_for": _("Patterns in which this channel may put somebody in danger: ids with commas between them."),
    "requires": _("What must be there first: consent, acute, measure, with commas between them."),
    "ages": _("From and up to, such as 12-18: eighteen itself is not in it."),
    "as_of": _("Date of the text that was read, such as 2026-10-05."),
    "scope": _("Where the two must be to reach each other."),
    "duty": _("Whether sharing is allowed or demanded."),
    "status": _("A bill counts as no ground."),
    "asked": _("Yes: only when the other asks for it."),
    "verified": _("Yes only when somebody read the text of the article itself; then source and date are needed."),
    "fictitious": _("Yes: we made this number up and show it as such."),
    "works": _("On paper only: allowed and agreed, but not done."),
    "kind": "",
    "sensitive": "",
    "layer": "",
    "members": _('An organisation a line. Who may come but does not: {"organisation": "…", "works": "paper"}'),
    "mandate": _('An organisation a line, the first in front; with ages: {"organisation": "…", "ages": [0, 18]}'),
    "tasks": _("A task a line, as the export writes it."),
    "escalates_to": _("A body a line, as the export writes it."),
    "contested": _("A reading of the rule a line, as the export writes it."),
}
# What a table shows at first sight.
SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "organisations": ("layer", "jurisdiction", "observes", "queue.real_days"),
    "bodies": ("kind", "layer", "rhythm.every_days", "ground.law", "works"),
    "channels": ("from", "to", "ground.law", "ground.article", "ground.duty", "delay.days", "works", "ground.verified"),
    "signals": ("kind", "sensitive"),
    "patterns": ("signals", "at_least"),
    "themes": ("question.nl",),
}


def label_of(column: Column) -> str:
    """What a column is called: `ground: law`."""
    return ": ".join(str(PARTS.get(part, part)) for part in column.path)


def label_in_group(column: Column) -> str:
    """What a column is called below the name of its group: `law`."""
    return ": ".join(str(PARTS.get(part, part)) for part in column.path[1:] or column.path)


def hint_of(column: Column, language: Language) -> str:
    """What a column means to who fills in a form."""
    return str(HINTS.get(column.path[-1], column.help.get(language)))


def choice_words(column: Column, value: str) -> str:
    """A choice in words."""
    return str(CHOICES.get(column.path[-1], {}).get(value, value))

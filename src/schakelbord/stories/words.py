"""Short words for the codes of catalogue and reading, translated when asked. The codes stay English."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LAYERS: dict[str, Promise] = {
    "leefwereld": _("life world"),
    "uitvoering": _("front line"),
    "beleid": _("policy"),
    "bestuur": _("administration"),
}

CAUSES: dict[str, Promise] = {
    "age": _("age limit"),
    "border": _("across a border"),
    "layer": _("wrong layer"),
    "time": _("too late"),
    "practice": _("not done in practice"),
    "ground": _("no legal ground"),
    "link": _("no channel"),
}

CAUSE_GONE: dict[str, Promise] = {
    "age": _("If the age limits were gone, the message would arrive in time."),
    "border": _("If the file moved along with the family, the message would arrive in time."),
    "layer": _("If matters went up to a higher body within a week, the message would arrive in time."),
    "time": _("If everybody passed things on at once, the message would arrive in time."),
    "practice": _("If everybody did what is agreed and asked what may be asked, the message would arrive in time."),
    "ground": _("If law, consent and urgency stood in nobody's way, the message would arrive in time."),
    "link": _("Only if anybody could tell anybody would the message arrive in time."),
}

KINDS: dict[str, Promise] = {
    "unseen": _("not seen"),
    "no_channel": _("no channel"),
    "no_ground": _("no legal ground"),
    "practice": _("not done in practice"),
    "border": _("across a border"),
    "late": _("too late"),
    "age": _("age limit"),
    "wrong_layer": _("wrong layer"),
    "unowned": _("nobody's task"),
    "no_director": _("nobody directs"),
    "combined": _("several causes together"),
    "not_enough_pieces": _("too little was seen"),
}

KIND_ICONS = {
    "unseen": "kennis",
    "practice": "kennis",
    "no_channel": "kanaal",
    "no_ground": "grondslag",
    "border": "overdracht",
    "age": "overdracht",
    "late": "capaciteit",
    "unowned": "eigenaar",
    "no_director": "eigenaar",
    "wrong_layer": "eigenaar",
    "combined": "hiaat",
    "not_enough_pieces": "kennis",
    "no_feedback": "terugkoppeling",
    "capacity": "capaciteit",
    "knowledge": "kennis",
}

DECIDERS: dict[str, Promise] = {
    "practice": _("Small: the people who do the work can do this themselves."),
    "agreement": _("Middle: organisations must agree on this."),
    "money": _("Middle: this costs money or people."),
    "law": _("Large: this needs a law."),
}
DECIDER_ORDER = ("practice", "agreement", "money", "law")

DUTIES: dict[str, Promise] = {"may": pgettext_lazy("duty", "may"), "must": pgettext_lazy("duty", "must")}

LAW_STATUS: dict[str, Promise] = {
    "in_force": _("in force"),
    "bill": _("a bill, not law yet: counts as no ground"),
    "ending": _("ends soon"),
}

SCOPES: dict[str, Promise] = {
    "same_place": _("in the same place, while the person lives there"),
    "same_region": _("within the region, while the person lives there"),
    "any": _("in the whole country"),
    "local": _("within the same place, wherever the person lives"),
    "handover": _("from the old place to the new one, when somebody moves"),
}

JURISDICTIONS: dict[str, Promise] = {
    "buurt": _("neighbourhood"),
    "gemeente": _("municipality"),
    "regio": _("region"),
    "land": _("whole country"),
}

REQUIREMENTS: dict[str, Promise] = {
    "consent": _("only with consent"),
    "acute": _("only when danger is near"),
    "measure": _("only while a court measure runs"),
}

BODY_KINDS: dict[str, Promise] = {
    "platform": _("national platform"),
    "strategic_board": _("strategic board"),
    "working_group": _("working group"),
    "existing": _("existing body"),
}

SIGNAL_KINDS: dict[str, Promise] = {
    "fact": pgettext_lazy("kind of knowledge", "fact"),
    "experience": pgettext_lazy("kind of knowledge", "experience"),
    "assumption": pgettext_lazy("kind of knowledge", "assumption"),
}

DOLL_ICONS = {"stripes": "pop-strepen", "dots": "pop-stippen", "band": "pop-band", "zigzag": "pop-zigzag"}

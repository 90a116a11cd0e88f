"""Actors and channels of a story as tables for a spreadsheet."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from schakelbord.reports.network import Network
from schakelbord.stories.files import table_csv
from schakelbord.stories.words import LAYERS

NODE_KINDS: dict[str, Promise] = {
    "doll": gettext_lazy("invented person"),
    "organisation": gettext_lazy("organisation"),
    "body": gettext_lazy("body"),
    "chair": gettext_lazy("empty chair"),
    "nobody": gettext_lazy("nobody"),
}
LINK_KINDS: dict[str, Promise] = {
    "channel": gettext_lazy("channel"),
    "body": gettext_lazy("in a body"),
    "escalation": gettext_lazy("up to a higher body"),
}


def actors_csv(network: Network) -> str:
    """Everybody in a story, one a row."""
    head = [_("id"), _("name"), _("what"), _("ring"), _("place"), _("pieces heard"), _("pieces told"), _("gaps")]
    rows: list[list[str | int]] = [
        [
            node.id,
            node.name,
            str(NODE_KINDS[node.kind]),
            str(LAYERS[node.ring]) if node.ring in LAYERS else "",
            node.place_name,
            sum(link.pieces for link in network.links if link.to == node.id),
            sum(link.pieces for link in network.links if link.from_ == node.id),
            ", ".join(str(gap.number) for gap in network.gaps if node.id in {gap.from_, gap.to}),
        ]
        for node in network.nodes
    ]
    return table_csv(head, rows)


def channels_csv(network: Network) -> str:
    """Every channel over which something went, one a row."""
    head = [_("id"), pgettext("channel", "from"), pgettext("channel", "to"), _("what")]
    head += [_("ground"), _("works"), _("since day"), _("pieces")]
    names = {node.id: node.name for node in network.nodes}
    rows: list[list[str | int]] = [
        [
            link.id,
            names.get(link.from_, link.from_),
            names.get(link.to, link.to),
            str(LINK_KINDS[link.kind]),
            link.ground or _("no legal ground"),
            _("works") if link.works else _("on paper only"),
            link.day,
            link.pieces,
        ]
        for link in network.links
    ]
    return table_csv(head, rows)

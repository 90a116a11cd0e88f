"""A network as GraphML: for yEd, Gephi, Cytoscape and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from schakelbord.reports.network import GapLink, Link, Network, Node

FIELDS: Final = (
    ("node", "name", "string"), ("node", "kind", "string"), ("node", "ring", "string"), ("node", "place", "string"),
    ("node", "place_name", "string"), ("edge", "relation", "string"), ("edge", "label", "string"),
    ("edge", "channel_kind", "string"), ("edge", "ground", "string"), ("edge", "works", "boolean"),
    ("edge", "day", "int"), ("edge", "by", "int"), ("edge", "pieces", "int"), ("edge", "number", "int"),
    ("edge", "sentence", "string"), ("edge", "mended", "boolean"),
)  # fmt: skip
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"

Value = str | int | bool


def graphml(network: Network) -> str:
    """The network as a file."""
    keys = (f'<key id="{on}_{name}" for="{on}" attr.name="{name}" attr.type="{kind}"/>' for on, name, kind in FIELDS)
    edges = (*map(_link, network.links), *map(_gap, network.gaps))
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<graphml xmlns="{NAMESPACE}">',
            f"<desc>{_said(network.title)}</desc>",
            *keys,
            '<graph id="story" edgedefault="directed">',
            *map(_node, network.nodes),
            *edges,
            "</graph>",
            "</graphml>",
            "",
        ]
    )


def _node(node: Node) -> str:
    data = [("name", node.name), ("kind", node.kind), ("ring", node.ring), ("place", node.place)]
    return f"<node id={_quoted(node.id)}>{_data('node', [*data, ('place_name', node.place_name)])}</node>"


def _link(link: Link) -> str:
    data: list[tuple[str, Value]] = [
        ("relation", "channel"),
        ("label", link.ground),
        ("channel_kind", link.kind),
        ("ground", link.ground),
        ("works", link.works),
        ("day", link.day),
        ("pieces", link.pieces),
    ]
    return _edge(link.id, link.from_, link.to, data)


def _gap(gap: GapLink) -> str:
    data: list[tuple[str, Value]] = [
        ("relation", "gap"),
        ("label", f"{gap.number}. {gap.title}"),
        ("day", gap.day),
        ("number", gap.number),
        ("sentence", gap.sentence),
        ("mended", gap.mended),
    ]
    return _edge(f"gap:{gap.key}", gap.from_, gap.to, data + ([("by", gap.by)] if gap.by is not None else []))


def _edge(name: str, source: str, target: str, data: Iterable[tuple[str, Value]]) -> str:
    ends = f"id={_quoted(name)} source={_quoted(source)} target={_quoted(target)}"
    return f"<edge {ends}>{_data('edge', data)}</edge>"


def _data(on: str, pairs: Iterable[tuple[str, Value]]) -> str:
    return "".join(_values(on, pairs))


def _values(on: str, pairs: Iterable[tuple[str, Value]]) -> Iterator[str]:
    """The values that say something."""
    for name, value in pairs:
        if value != "":
            shown = str(value).lower() if isinstance(value, bool) else _said(str(value))
            yield f'<data key="{on}_{name}">{shown}</data>'


def _said(text: str) -> str:
    return escape(NOT_XML.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(NOT_XML.sub("", text))

"""The system model as GraphML, for Gephi, yEd and the like: organisations and bodies, and what goes between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from schakelbord.errors import Language
from schakelbord.system_model.columns import Row

GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
Content = Mapping[str, Sequence[Row]]


def as_graphml(content: Content, language: Language) -> bytes:
    """Organisations and bodies as nodes; channels, seats and ways up as edges."""
    root = Element("graphml", xmlns=GRAPHML)
    for place, name in (
        *(("node", name) for name in ("name", "kind", "layer", "jurisdiction")),
        *(("edge", name) for name in ("kind", "law", "article", "works", "days")),
    ):
        key = {"id": f"{place}_{name}", "for": place, "attr.name": name, "attr.type": "string"}
        SubElement(root, "key", key)
    graph = SubElement(root, "graph", edgedefault="directed")
    for kind, section in (("organisation", "organisations"), ("body", "bodies")):
        for row in content[section]:
            node = SubElement(graph, "node", id=f"{kind}:{row['id']}")
            facts = {"name": row["name"][language], "kind": kind, "layer": row["layer"]}
            _data(node, "node", facts | {"jurisdiction": row["jurisdiction"]})
    for source, target, facts in _edges(content):
        _data(SubElement(graph, "edge", source=source, target=target), "edge", facts)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _edges(content: Content) -> Iterator[tuple[str, str, dict[str, str]]]:
    for row in content["channels"]:
        ground = row.get("ground") or {}
        facts = {"kind": "channel", "law": ground.get("law", ""), "article": ground.get("article", "")}
        facts |= {"works": row.get("works", "practice"), "days": str((row.get("delay") or {}).get("days", 1))}
        yield f"organisation:{row['from']}", f"organisation:{row['to']}", facts
    for row in content["bodies"]:
        for member in row.get("members", []):
            facts = {"kind": "seat", "works": member.get("works", "practice")}
            yield f"organisation:{member['organisation']}", f"body:{row['id']}", facts
        for step in row.get("escalates_to", []):
            facts = {"kind": "escalation", "works": step.get("works", "practice")}
            yield f"body:{row['id']}", f"body:{step['body']}", facts


def _data(element: Element, place: str, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        SubElement(element, "data", key=f"{place}_{name}").text = value

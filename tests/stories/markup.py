"""Reading a page as a visitor's browser would: elements with their attributes and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

VOID = {"input", "meta", "link", "br", "hr", "img"}


@dataclass
class Element:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str]
    parts: list[str | Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, with single blanks."""
        return " ".join(" ".join(part if isinstance(part, str) else part.text for part in self.parts).split())

    def all(self, tag: str = "", **wanted: str) -> list[Element]:
        """Everything inside with this tag and these attributes; `cls` asks for one class, `_` stands for a hyphen."""
        found: list[Element] = []
        for part in self.parts:
            if isinstance(part, Element):
                found += [part] if part.fits(tag, wanted) else []
                found += part.all(tag, **wanted)
        return found

    def one(self, tag: str = "", **wanted: str) -> Element:
        """The only element that fits."""
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} times {tag} {wanted}"
        return found[0]

    def fits(self, tag: str, wanted: dict[str, str]) -> bool:
        """Whether this element is what is asked for."""
        return tag in ("", self.tag) and all(self._has(name, value) for name, value in wanted.items())

    def _has(self, name: str, value: str) -> bool:
        if name == "cls":
            return value in self.attributes.get("class", "").split()
        return self.attributes.get(name.replace("_", "-")) == value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read(html: str) -> Element:
    """The page as a tree; an end tag that does not fit is an error."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]


def page_at(client: Client, address: str, status: int = 200) -> Element:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address} gave {answer.status_code}"
    return read(answer.content.decode())

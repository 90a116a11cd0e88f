"""The stage as an SVG that needs nothing else: every colour stands in the mark-up, so that each program and printer
shows it the same. No style sheet, no script, nothing from elsewhere; it says the same in black and white.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from schakelbord.drawing.parts import Drawing, GapMark, LineMark, RingMark, Token, Trail
from schakelbord.drawing.pictograms import PREFIX
from schakelbord.drawing.shapes import Box, Label
from schakelbord.reports.clean import printable

SANS: Final = "Atkinson Hyperlegible Next, Noto Sans, sans-serif"
INK, QUIET, EDGE, WHITE = "#000000", "#3A3A3A", "#4A4A4A", "#FFFFFF"
GAP, GAP_WASH, MENDED, CHANNEL, ON_PAPER = "#8A0006", "#FFFFFF", "#0B4F54", "#2B4A6F", "#3C4558"
RINGS: Final = {"bestuur": "#EFF1F5", "beleid": "#FFFFFF", "uitvoering": "#EDF3F1", "leefwereld": "#FFFFFF"}
HUES: Final = {"teal": "#2E7C86", "indigo": "#5A62A8", "slate": "#5C6F7E", "violet": "#7B5796"}
TOKENS: Final = {"doll-light": WHITE, "doll-dark": "#0E1626", "sheet": WHITE, "paper": WHITE, "ink": INK, "gap": GAP}
NAME, NOTE = 16.0, 15.5
VARIABLE: Final = re.compile(r"var\(--([a-z-]+)(?:,\s*var\(--[a-z-]+\))?\)")
LOCAL: Final = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')


def flat_svg(drawing: Drawing) -> str:
    """A drawing as a file of its own."""
    marks = "\n".join(part for part in _marks(drawing) if part)
    box = drawing.view_box
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'width="{drawing.width:g}" height="{drawing.height:g}" '
        f'lang="{drawing.language}" role="img" aria-labelledby="stage-title" aria-describedby="stage-about" '
        f'font-family="{SANS}" font-size="{NAME:g}" fill="{INK}">'
    )
    words = (
        f'<title id="stage-title">{_said(drawing.title)}</title>\n'
        f'<desc id="stage-about">{_said(drawing.description)}</desc>'
    )
    ground = f'<rect width="{drawing.width:g}" height="{drawing.height:g}" fill="{WHITE}"/>'
    defs = f"<defs>\n{_definitions(drawing)}\n</defs>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{words}\n{defs}\n{ground}\n{marks}\n</svg>\n'


def _marks(drawing: Drawing) -> Iterator[str]:
    """Everything that is drawn, what lies below first."""
    yield from (_shape("path", d=ring.path, fill=RINGS[ring.id], stroke=EDGE, width=1.2) for ring in drawing.rings)
    for divider in drawing.dividers:
        yield _shape("path", d=divider, fill="none", stroke=EDGE, width=1.5, dash="10 5 2 5")
    yield from (_ring_name(ring) for ring in drawing.rings if ring.name)
    for at, caption in enumerate(drawing.captions):
        last = at == len(drawing.captions) - 1
        yield _text(caption, NOTE, weight=700, fill=INK if last else QUIET)
    yield from (_trail(trail) for trail in drawing.trails)
    yield from (_line(line) for line in drawing.lines)
    yield from (_bars(gap) for gap in drawing.gaps)
    yield from (_pill(line) for line in drawing.lines if line.pill)
    for group in drawing.groups:
        yield from (_token(token) for token in group.tokens)
    yield from (_picture("puzzel", row.box, hue=row.hue) for row in drawing.travels)
    yield from (_gap(gap) for gap in drawing.gaps)


def _ring_name(ring: RingMark) -> str:
    """The name of a ring along its edge."""
    return (
        f'<text font-size="{NOTE:g}" font-weight="700" letter-spacing="1.4" fill="{QUIET}">'
        f'<textPath href="#edge-{ring.id}" startOffset="50%" text-anchor="middle">{_said(ring.name)}</textPath></text>'
    )


def _trail(trail: Trail) -> str:
    """Where somebody lived before, and the way to the new home."""
    parts = [_picture("pop-spoor", trail.box, colour=QUIET)]
    if trail.path:
        parts.append(_shape("path", d=trail.path, fill="none", stroke=QUIET, width=2.2, dash="2 6", cap="round"))
        parts.append(f'<path d="{trail.head}" fill="{QUIET}"/>')
    return "".join(parts)


def _line(line: LineMark) -> str:
    """A channel: full when it works, dotted when it is on paper only."""
    if line.paper:
        shape = _shape("path", d=line.path, fill="none", stroke=ON_PAPER, width=3.2, dash="0.1 7.5", cap="round")
    else:
        shape = _shape("path", d=line.path, fill="none", stroke=CHANNEL, width=3.2 if line.new else 2)
    return f"<g data-line={quoteattr(line.id)}>{shape}</g>"


def _pill(line: LineMark) -> str:
    """The ground of a channel beside its line."""
    if line.pill is None or line.pill_text is None:
        return ""
    box = f'<rect {line.pill.attributes} rx="13" fill="{WHITE}" stroke="{CHANNEL}" stroke-width="1.3"/>'
    return box + _text(line.pill_text, NOTE, fill=CHANNEL)


def _bars(gap: GapMark) -> str:
    """The two halves of a gap: hatched, or stitched when it is mended."""
    return "".join(_half(gap, half.path, mirrored=half.mirrored) for half in gap.halves) + _leader(gap)


def _half(gap: GapMark, way: str, *, mirrored: bool) -> str:
    if gap.mended:
        line = _shape("path", d=way, fill="none", stroke=MENDED, width=4)
        return line + _shape("path", d=way, fill="none", stroke=MENDED, width=13, dash="2 12")
    edge, fill = (9.0, 6.5) if gap.quiet else (14.0, 11.0)
    hatch = f"url(#hatch{'-mirrored' if mirrored else ''})"
    return _shape("path", d=way, fill="none", stroke=GAP, width=edge) + _shape(
        "path", d=way, fill="none", stroke=hatch, width=fill
    )


def _leader(gap: GapMark) -> str:
    colour = MENDED if gap.mended else GAP
    return _shape("path", d=gap.leader, fill="none", stroke=colour, width=1.6) if gap.leader else ""


def _gap(gap: GapMark) -> str:
    """The disc of a gap with its number, and its label."""
    colour = MENDED if gap.mended else GAP
    parts = []
    if gap.label is not None and gap.bar is not None:
        parts.append(f'<rect {gap.label.attributes} rx="6" fill="{GAP_WASH}" stroke="{colour}" stroke-width="1.6"/>')
        parts.append(f'<rect {gap.bar.attributes} rx="3" fill="{colour}"/>')
        parts += [_text(row, NOTE, weight=700, fill=colour) for row in (gap.heading,) if row]
        parts += [_text(row, NAME, weight=700) for row in (gap.title, gap.line) if row]
    parts.append(f'<circle {gap.disc_attributes} fill="{colour}" stroke="{WHITE}" stroke-width="3"/>')
    if gap.number is not None:
        parts.append(_text(gap.number, NOTE, weight=700, fill=WHITE))
    else:
        parts.append(_picture(gap.symbol, gap.picture, colour=WHITE))
    return f"<g data-id={quoteattr(gap.key)} data-finding={quoteattr(gap.all_keys)}>{''.join(parts)}</g>"


def _token(token: Token) -> str:
    """Somebody on the stage."""
    absent = token.shape == "chair"
    ink = GAP if absent else QUIET if token.quiet and token.shape != "doll" else INK
    parts = [*_plate(token)]
    if token.picture is not None:
        hue = token.hue if token.shape == "doll" else ""
        parts.append(_picture(token.symbol, token.picture, hue=hue, colour=ink))
    weight = 600 if token.quiet and token.shape != "doll" else 700
    size = NOTE if token.shape == "fold" else NAME
    parts += [_text(line, size, weight=weight, fill=ink) for line in token.names]
    parts += [_text(line, NOTE, fill=INK if absent else QUIET) for line in token.notes]
    for piece in token.pieces:
        parts.append(_picture(piece.symbol, piece.box, hue=piece.hue if piece.full else "", colour=QUIET))
    return f"<g data-id={quoteattr(token.id)}>{''.join(parts)}</g>"


def _plate(token: Token) -> Iterator[str]:
    """What lies under a name: one edge for an organisation, two for a body, dashes for an empty chair."""
    if token.shape == "doll":
        return
    stroke, width, dash = (EDGE, 1.2, "") if token.quiet else (INK, 1.8, "")
    if token.shape == "chair":
        stroke, width, dash = GAP, 2.2, "6 4"
    elif token.shape == "fold":
        stroke, width, dash = EDGE, 1.2, "3 3"
    elif token.changed:
        width = 3
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    yield (
        f'<rect {token.box.attributes} rx="{token.radius}" fill="{WHITE}" stroke="{stroke}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )
    if token.shape == "body":
        yield (
            f'<rect {token.inner.attributes} rx="{token.inner_radius}" fill="none" stroke="{stroke}" '
            f'stroke-width="1.2"/>'
        )


def _text(label: Label, size: float, *, weight: int = 400, fill: str = INK) -> str:
    """A line of text."""
    return (
        f'<text {label.attributes} font-size="{size:g}" font-weight="{weight}" fill="{fill}">{_said(label.text)}</text>'
    )


def _picture(symbol: str, box: Box, *, hue: str = "", colour: str = INK) -> str:
    """A picture in a box. A symbol with a hue has a copy for each hue."""
    name = f"{symbol}-{hue}" if hue else symbol
    return f'<svg {box.attributes} color="{colour}"><use href="#{PREFIX}{name}"/></svg>'


def _shape(name: str, *, d: str, fill: str, stroke: str, width: float, dash: str = "", cap: str = "") -> str:
    """A shape of one path."""
    more = (f' stroke-dasharray="{dash}"' if dash else "") + (f' stroke-linecap="{cap}"' if cap else "")
    return f'<{name} d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"{more}/>'


def _said(text: str) -> str:
    """A text that every program shows."""
    return escape(printable(text))


def _definitions(drawing: Drawing) -> str:
    """Hatching, edges and pictures."""
    hatch = (
        '<pattern id="hatch{0}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate({1})">'
        '<rect width="9" height="9" fill="{2}"/><rect width="4.8" height="9" fill="{3}"/></pattern>'
    )
    parts = [hatch.format("", 45, WHITE, GAP), hatch.format("-mirrored", -45, WHITE, GAP)]
    parts += [f'<path id="edge-{ring.id}" d="{ring.text_path}"/>' for ring in drawing.rings if ring.name]
    return "\n".join([*parts, *_pictures(drawing.symbols)])


def _pictures(symbols: Iterable[str]) -> Iterator[str]:
    """Every picture with its colours filled in, one for each hue when it has one."""
    for symbol in symbols:
        if re.search(r"--(doll|piece)\b[^-]", symbol):
            for hue, colour in HUES.items():
                yield LOCAL.sub(rf"\1\2-{hue}", _coloured(symbol, colour))
        yield _coloured(symbol, INK)


def _coloured(symbol: str, hue: str) -> str:
    """A picture without variables."""
    return VARIABLE.sub(lambda found: TOKENS.get(found[1], hue), symbol)

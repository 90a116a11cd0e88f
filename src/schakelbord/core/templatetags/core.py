"""Small things that templates need: an icon, a number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A picture from icons.svg, hidden from screen readers: there is always a word beside it.

    Args:
        name: id of the symbol, such as `school`.
        size: "", `l` or `xl`.
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {size}" if size else "",
        static("core/icons.svg"),
        name,
    )


@register.filter
def number(value: float | Decimal, decimals: int | None = None) -> str:
    """A number as people write it: `1.234,5` in Dutch, `1,234.5` in English."""
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def at(table: Mapping[str, object] | None, key: str) -> object:
    """What stands under a key, None when nothing does."""
    return table.get(key) if table else None

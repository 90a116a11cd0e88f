"""What a field says of itself when its form was refused."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def marks(
    context: Context, of: str, at: str, by: str, *, hint: str = "", row: str = "", group: bool = False
) -> SafeString:
    """Attributes of a field: the texts that describe it; after a refusal also that it is wrong, and the focus.

    Args:
        context: of the page; `refused` in it is what was refused.
        of: which form.
        at: which field of it.
        by: id of the sentence of a refusal.
        hint: id of what stands under the field, "" for nothing.
        row: the code of the thing when there is a form for each.
        group: whether this is a group of choices; it then takes the focus itself.
    """
    refused = context.get("refused")
    is_wrong = refused is not None and (refused.form, refused.row if row else row, refused.where) == (of, row, at)
    described = " ".join(one for one in (hint, by if is_wrong else "") if one)
    found = format_html(' aria-describedby="{}"', described) if described else SafeString()
    if not is_wrong:
        return found
    # A group is not wrong in the sense of ARIA, only its choices are; its name and the sentence are read on focus.
    return found + SafeString(' tabindex="-1" autofocus' if group else ' aria-invalid="true" autofocus')

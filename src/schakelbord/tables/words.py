"""Words that belong to the kinds of contributions."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schakelbord.tables.codes import Kind

KIND_HINTS: Final[dict[Kind, Promise]] = {
    Kind.EXPERIENCE: _("this happened to me"),
    Kind.FACT: _("this stands somewhere"),
    Kind.ASSUMPTION: _("this is what I think"),
    Kind.WISH: _("this would help"),
}

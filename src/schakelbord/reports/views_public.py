"""The picture of the public page of a dossier."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from schakelbord.chain.public_pages.views import page_of
from schakelbord.reports.serving import PNG
from schakelbord.reports.share_picture import share_picture


@require_safe
def picture(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """What a shared link looks like; for whoever may read the page."""
    made = share_picture(page_of(request, dossier_id))
    etag = quote_etag(hashlib.sha256(made).hexdigest()[:32])
    answer = HttpResponse(made, content_type=PNG, headers={"ETag": etag, "Cache-Control": "no-cache"})
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    return get_conditional_response(request, etag=etag, response=answer) or answer

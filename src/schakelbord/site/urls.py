"""All addresses: Dutch, lower case, without a slash at the end."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("schakelbord.chain.urls")),
    path("", include("schakelbord.tables.urls")),
    path("", include("schakelbord.meetings.urls")),
    path("", include("schakelbord.dossiers.urls")),
    path("", include("schakelbord.bodies.urls")),
    path("", include("schakelbord.editor.urls")),
    path("", include("schakelbord.stories.urls")),
    path("", include("schakelbord.reports.urls")),
    path("", include("schakelbord.showing.urls")),
    path("", include("schakelbord.system_model.urls")),
    path("", include("schakelbord.accounts.urls")),
    path("", include("schakelbord.core.urls")),
]

handler400 = "schakelbord.core.errors.bad_request"
handler403 = "schakelbord.core.errors.forbidden"
handler404 = "schakelbord.core.errors.not_found"
handler429 = "schakelbord.core.errors.too_often"
handler500 = "schakelbord.core.errors.server_error"

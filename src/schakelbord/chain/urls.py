"""Addresses of the chain, by what somebody comes to do."""

from __future__ import annotations

from schakelbord.chain import urls_decide, urls_issues, urls_place, urls_public, urls_thread, urls_year

app_name = "chain"

urlpatterns = [
    *urls_issues.urlpatterns,
    *urls_decide.urlpatterns,
    *urls_place.urlpatterns,
    *urls_year.urlpatterns,
    *urls_thread.urlpatterns,
    *urls_public.urlpatterns,
]

"""Addresses of the chain, by what somebody comes to do."""

from __future__ import annotations

from schakelbord.chain.decide_pages import urls as decide
from schakelbord.chain.issue_pages import urls as issues
from schakelbord.chain.place_pages import urls as place
from schakelbord.chain.public_pages import urls as public
from schakelbord.chain.searching import urls as search
from schakelbord.chain.threads import urls as thread
from schakelbord.chain.year_pages import urls as year

app_name = "chain"

urlpatterns = [row for part in (issues, decide, place, year, thread, search, public) for row in part.urlpatterns]

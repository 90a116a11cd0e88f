"""Many people at once, against the real server and a real SQLite file."""

from __future__ import annotations

import http.cookiejar
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

PEOPLE = 40
AT_ONCE = 8


def _choose_a_role(address: str) -> str:
    """Choose a role as a new visitor, and give back who the next page says one is."""
    jar = http.cookiejar.CookieJar()
    visitor = build_opener(HTTPCookieProcessor(jar))
    with visitor.open(f"{address}/rollen", timeout=60) as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
    assert token is not None
    form = urlencode({"csrfmiddlewaretoken": token.group(1), "role": "table_host", "next": "/rollen"}).encode()
    with visitor.open(f"{address}/rollen", form, timeout=60) as answer:
        said = re.search(r"U bent nu ([^<]+)<", answer.read().decode())
    return said.group(1) if said else "nobody"


def test_forty_people_choose_a_role_at_once_and_nobody_is_turned_away(address: str) -> None:
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        said = list(crowd.map(_choose_a_role, [address] * PEOPLE))
    assert said == ["T. Tureluur: Tafelheer"] * PEOPLE

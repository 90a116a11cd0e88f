"""The ASGI application that a server runs: the streams of rooms in front, Django behind."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schakelbord.site.settings")
django.setup(set_prefix=False)

# Only now: these need the apps to be loaded.
from schakelbord.live.asgi import LiveApplication  # noqa: E402
from schakelbord.live.gateway import PUBLISHER  # noqa: E402
from schakelbord.site.request_threads import RequestThreads  # noqa: E402
from schakelbord.site.rooms import ROOMS  # noqa: E402

application = LiveApplication(RequestThreads(), rooms=ROOMS, publisher=PUBLISHER)

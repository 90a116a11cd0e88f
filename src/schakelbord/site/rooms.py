"""The apps that have rooms which people follow live."""

from __future__ import annotations

from schakelbord.editor.admission import admit as admit_to_draft
from schakelbord.editor.admission import render as render_draft
from schakelbord.live.frames import RoomsOf
from schakelbord.showing.admission import admit as admit_to_session
from schakelbord.showing.fragments import render as render_session
from schakelbord.tables.admission import admit as admit_to_meeting
from schakelbord.tables.admission import render as render_meeting

ROOMS: tuple[RoomsOf, ...] = (
    RoomsOf(admit=admit_to_session, render=render_session),
    RoomsOf(admit=admit_to_draft, render=render_draft),
    RoomsOf(admit=admit_to_meeting, render=render_meeting),
)

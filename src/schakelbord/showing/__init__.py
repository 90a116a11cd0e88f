"""A story shown to a room: the session, and its three screens for presenter, hall and phone."""

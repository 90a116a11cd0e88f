"""Meetings of bodies, prepared: agenda, people, invitations, tables and who sits where."""

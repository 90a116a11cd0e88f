"""Organisations, bodies (platform, Strategic Board, working groups, existing bodies), people and who sits where."""

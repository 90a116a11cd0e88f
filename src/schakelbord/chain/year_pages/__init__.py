"""Pages of the programme of a year and of its actions."""

"""A meeting as it happens: rounds, contributions, reading votes, harvest, plenary, and what remains of it."""

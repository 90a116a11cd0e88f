"""Pages of where actions land: fit, offers and days for a calendar."""

"""From issue to account: referrals, proposals, decisions, actions, where they land, the programme of a year."""

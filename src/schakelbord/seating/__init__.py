"""Who sits where: tables in rounds, with hard rules and a cost; and groups that differ as much as they can. No Django.

`parse` reads a problem, `solve` and `replan` find plans, `check` and `cost` judge any plan, `conflict` says why there
is none, `groups` makes groups.
"""

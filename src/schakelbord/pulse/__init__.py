"""The pulse (*peiling*, a reading vote): what people agree on across layers, and groups of people who vote alike.

`ballots` lays out the votes; `agreement` gives the three lists per declared layer and guards what may be shown (I15);
`project` and `find_groups` do what Polis does, for large pulses only; `groups_in_words` says it without a picture.
A pulse binds nobody.
"""

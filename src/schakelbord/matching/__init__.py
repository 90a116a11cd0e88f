"""Which existing bodies fit an action, with the reason for each in words. No Django, no network.

`model` holds what goes in and comes out, `thesaurus` the reviewed field words (`data/matching`), `texts` makes words
and concepts of a text, `index` orders the bodies, `reasons` says why, `read_files` reads bodies and actions from JSON.
"""

"""The pulse (*peiling*, a reading vote): what people agree on across layers, and groups of people who vote alike.

`ballots` lays out the votes; `agreement` gives the three lists per declared layer and guards what may be shown (I15);
`project` and `find_groups` do what Polis does, for large pulses only; `groups_in_words` says it without a picture.
A pulse binds nobody.
"""

from __future__ import annotations

import os

# Threads of the linear algebra wait for each other while other work goes on: six times as slow as one thread on a busy
# machine, hardly faster on an idle one. Only heeded when numpy was not imported before; who set it otherwise is obeyed.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

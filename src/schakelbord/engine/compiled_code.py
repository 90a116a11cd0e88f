"""Where numba keeps compiled code between processes. Imports nothing of numba, which reads the folder when imported."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir

VARIABLE = "NUMBA_CACHE_DIR"


def use_cache_folder() -> Path:
    """Make numba keep its code in the user's cache folder, or a private temporary one; a folder that is set stays."""
    return Path(os.environ.setdefault(VARIABLE, str(_cache_folder())))


def _cache_folder() -> Path:
    private = Path(gettempdir()) / f"schakelbord-numba-{Path.home().name}"
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "schakelbord" / "numba"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return private
    return folder if os.access(folder, os.W_OK) else private

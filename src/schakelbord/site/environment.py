"""What the environment says. No Django in here.

| Variable, after `SCHAKELBORD_` | Default | Means |
|---|---|---|
| `MODE` | `demo` | `demo` or `production` |
| `DATA` | `var` | the one folder with everything that must be kept |
| `SECRET_KEY` | demo: made once, in the data folder | key for signing sessions |
| `HOSTS` | demo: this computer | names under which the site is reached, with commas |
| `ORIGINS` | | addresses (`https://...`) from which forms may come, with commas |
| `DATABASE_URL` | SQLite in the data folder | `postgresql://name:password@server/database` |
| `MAIL_URL` | demo: into the folder `mail` of the data | `smtp://` or `smtps://name:password@server:port` |
| `MAIL_FROM` | `schakelbord@localhost` | sender of mail |
| `SECURITY_CONTACT` | | `mailto:` or `https:` address in security.txt |
| `BEHIND_PROXY` | `0` | `1`: a server before this one does HTTPS and says so in X-Forwarded-Proto |
| `DEBUG`, `DEMO_ROLES`, `SECURE_COOKIES` | safe for the mode | refused in production when unsafe |
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from schakelbord.errors import InputError

Mode = Literal["demo", "production"]

SHORTEST_SECRET = 50
HELP = "112; Veilig Thuis 0800 2000"
DEMO_CONTACT = "mailto:security@schakelbord.example"
KEY_FILE = "secret.key"
TRUE_WORDS = frozenset({"1", "true", "yes", "on", "ja", "aan"})
FALSE_WORDS = frozenset({"", "0", "false", "no", "off", "nee", "uit"})


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings a person gave, cleaned but not yet judged; see `environment_checks.problems_of`.

    Args:
        mode: `demo` or `production`.
        data: the one folder with everything that must be kept.
        secret: key for signing sessions; `secret_given` says whether a person gave it.
        hosts: names under which the site is reached.
        origins: addresses (with scheme) from which forms may be sent.
        database_url: `postgresql://...`, or "" for SQLite in the data folder.
        mail_url: `smtp://user:password@host:port`, or "" when mail cannot be sent.
        mail_from: sender of mail.
        security_contact: `mailto:` or `https:` address for who finds a weakness, as security.txt gives it.
        help_lines: where somebody finds help, each a name and a number, as phones and public pages show them.
        debug, demo_roles, secure_cookies, behind_proxy: switches.
    """

    mode: Mode
    data: Path
    secret: str
    secret_given: bool
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    database_url: str
    mail_url: str
    mail_from: str
    security_contact: str
    help_lines: tuple[tuple[str, str], ...]
    debug: bool
    demo_roles: bool
    secure_cookies: bool
    behind_proxy: bool

    @property
    def is_demo(self) -> bool:
        """True for a demo, which must always say that it is one."""
        return self.mode == "demo"

    @property
    def database_file(self) -> Path:
        """Where SQLite keeps its file when no other database is given."""
        return self.data / "schakelbord.sqlite3"


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read all `SCHAKELBORD_*` variables; writes nothing.

    Args:
        variables: what to read; the environment of this process when None.

    Raises:
        InputError: a value that cannot be understood at all.
    """
    given = os.environ if variables is None else variables
    mode = _mode(given.get("SCHAKELBORD_MODE", "demo"))
    is_demo = mode == "demo"
    data = Path(given.get("SCHAKELBORD_DATA") or "var").expanduser().absolute()
    secret = given.get("SCHAKELBORD_SECRET_KEY", "")
    return Environment(
        mode=mode,
        data=data,
        secret=secret or (_kept_secret(data) if is_demo else ""),
        secret_given=bool(secret),
        hosts=_words(given.get("SCHAKELBORD_HOSTS", "localhost,127.0.0.1,[::1]" if is_demo else "")),
        origins=_words(given.get("SCHAKELBORD_ORIGINS", "")),
        database_url=_database_url(given.get("SCHAKELBORD_DATABASE_URL", "")),
        mail_url=given.get("SCHAKELBORD_MAIL_URL", ""),
        mail_from=given.get("SCHAKELBORD_MAIL_FROM", "schakelbord@localhost"),
        security_contact=given.get("SCHAKELBORD_SECURITY_CONTACT", DEMO_CONTACT if is_demo else ""),
        help_lines=_help_lines(given.get("SCHAKELBORD_HELP", HELP)),
        debug=_switch(given, "SCHAKELBORD_DEBUG", default=False),
        demo_roles=_switch(given, "SCHAKELBORD_DEMO_ROLES", default=is_demo),
        secure_cookies=_switch(given, "SCHAKELBORD_SECURE_COOKIES", default=not is_demo),
        behind_proxy=_switch(given, "SCHAKELBORD_BEHIND_PROXY", default=False),
    )


def keep_secret(data: Path) -> None:
    """Make the data folder and, once, the secret key of a demo, readable by its owner alone."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = data / KEY_FILE
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(secrets.token_urlsafe(SHORTEST_SECRET))


def _kept_secret(data: Path) -> str:
    """The key in the data folder; before the first start a passing one, so that nothing is written by a mere import."""
    file = data / KEY_FILE
    return file.read_text(encoding="utf-8").strip() if file.is_file() else secrets.token_urlsafe(SHORTEST_SECRET)


def _mode(word: str) -> Mode:
    if word == "demo":
        return "demo"
    if word == "production":
        return "production"
    raise InputError(
        "unknown_mode",
        "SCHAKELBORD_MODE",
        nl=f"“{word}” kan niet; kies demo of production.",
        en=f"“{word}” is not possible; choose demo or production.",
    )


def _help_lines(text: str) -> tuple[tuple[str, str], ...]:
    """`Veilig Thuis 0800 2000; 112`: lines with semicolons between, each ending in its number."""
    lines = []
    for line in filter(None, (part.strip() for part in text.split(";"))):
        found = re.fullmatch(r"(.{0,60}?)\s*([0-9+][0-9 -]{1,18})", line)
        if found is None:
            raise InputError(
                "help_line",
                "SCHAKELBORD_HELP",
                nl=f"“{line[:60]}” eindigt niet op een telefoonnummer; geef bijvoorbeeld: 112; Veilig Thuis 0800 2000",
                en=f"“{line[:60]}” does not end in a telephone number; give for instance: 112; Veilig Thuis 0800 2000",
            )
        lines.append((line, re.sub(r"[ -]", "", found[2])))
    return tuple(lines)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _switch(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    word = given.get(name)
    if word is None:
        return default
    if word.lower() not in TRUE_WORDS | FALSE_WORDS:
        raise InputError(
            "unknown_switch",
            name,
            nl=f"“{word}” kan niet; kies 1 (aan) of 0 (uit).",
            en=f"“{word}” is not possible; choose 1 (on) or 0 (off).",
        )
    return word.lower() in TRUE_WORDS


def _database_url(url: str) -> str:
    if url and urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise InputError(
            "unknown_database",
            "SCHAKELBORD_DATABASE_URL",
            nl="Dit adres kan niet; geef postgresql://naam:wachtwoord@server/database, of laat het leeg voor SQLite.",
            en="This is not possible; give postgresql://name:password@server/database, or leave it empty for SQLite.",
        )
    return url

"""Mail: by SMTP when an address is given, else into a folder of the data, where a demo can read it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from schakelbord.site.environment import Environment


def mail_settings_of(environment: Environment) -> dict[str, str | int | bool]:
    """Django's EMAIL_* settings."""
    if not environment.mail_url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(environment.data / "mail"),
            "DEFAULT_FROM_EMAIL": environment.mail_from,
        }
    parts = urlsplit(environment.mail_url)
    is_wrapped = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if is_wrapped else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_wrapped,
        "EMAIL_USE_TLS": not is_wrapped,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": environment.mail_from,
    }

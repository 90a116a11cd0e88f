"""Why production refuses to start: each insecure setting with the sentence that says what to set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schakelbord.errors import InputError
from schakelbord.site.environment import SHORTEST_SECRET, Environment

FEWEST_SIGNS_IN_SECRET = 10


def problems_of(environment: Environment) -> list[InputError]:
    """All settings that are not safe in production, in the order in which a person would mend them; none for a demo."""
    if environment.is_demo:
        return []
    checks = (_secret, _switches, _hosts, _origins, _data, _mail, _contact)
    return [problem for check in checks for problem in check(environment)]


def refuse_insecure(environment: Environment) -> None:
    """Stop when production would be insecure.

    Raises:
        InputError: `insecure_settings`, with one sentence for each setting.
    """
    problems = problems_of(environment)
    if problems:
        raise InputError(
            "insecure_settings",
            nl="\n  ".join(["zo mag een echte omgeving niet starten:", *(each.sentence("nl") for each in problems)]),
            en="\n  ".join(["production may not start like this:", *(each.sentence("en") for each in problems)]),
        )


def _secret(environment: Environment) -> Iterator[InputError]:
    if not environment.secret_given:
        yield InputError(
            "secret_missing",
            "SCHAKELBORD_SECRET_KEY",
            nl=f"Er is geen geheime sleutel; geef er een van minstens {SHORTEST_SECRET} tekens.",
            en=f"There is no secret key; give one of at least {SHORTEST_SECRET} characters.",
        )
    elif len(environment.secret) < SHORTEST_SECRET or len(set(environment.secret)) < FEWEST_SIGNS_IN_SECRET:
        yield InputError(
            "secret_weak",
            "SCHAKELBORD_SECRET_KEY",
            nl=f"De geheime sleutel is te zwak; geef minstens {SHORTEST_SECRET} willekeurige tekens.",
            en=f"The secret key is too weak; give at least {SHORTEST_SECRET} random characters.",
        )


def _switches(environment: Environment) -> Iterator[InputError]:
    if environment.debug:
        yield InputError(
            "debug_on",
            "SCHAKELBORD_DEBUG",
            nl="Foutdetails zijn voor iedereen te zien; zet dit op 0.",
            en="Error details are shown to everybody; set this to 0.",
        )
    if environment.demo_roles:
        yield InputError(
            "demo_roles_on",
            "SCHAKELBORD_DEMO_ROLES",
            nl="Iedereen kan elke rol kiezen zonder wachtwoord; zet dit op 0.",
            en="Everybody can choose any role without a password; set this to 0.",
        )
    if not environment.secure_cookies:
        yield InputError(
            "cookies_insecure",
            "SCHAKELBORD_SECURE_COOKIES",
            nl="Cookies gaan ook zonder HTTPS over de lijn; zet dit op 1 of haal het weg.",
            en="Cookies also travel without HTTPS; set this to 1 or remove it.",
        )


def _hosts(environment: Environment) -> Iterator[InputError]:
    if not environment.hosts:
        yield InputError(
            "hosts_missing",
            "SCHAKELBORD_HOSTS",
            nl="Er staat niet onder welke naam de site te bereiken is; zet hier bijvoorbeeld schakelbord.voorbeeld.nl.",
            en="It does not say under which name the site is reached; set for instance schakelbord.example.nl.",
        )
    if any("*" in host for host in environment.hosts):
        yield InputError(
            "hosts_any",
            "SCHAKELBORD_HOSTS",
            nl="Een ster laat elke naam toe; noem de namen van de site één voor één.",
            en="A star allows any name; list the names of the site one by one.",
        )


def _origins(environment: Environment) -> Iterator[InputError]:
    if not environment.origins:
        yield InputError(
            "origins_missing",
            "SCHAKELBORD_ORIGINS",
            nl="Er staat niet vanaf welk adres formulieren mogen komen; zet hier https://schakelbord.voorbeeld.nl.",
            en="It does not say from which address forms may come; set https://schakelbord.example.nl.",
        )
    for origin in environment.origins:
        if not origin.startswith("https://") or "*" in origin:
            yield InputError(
                "origin_insecure",
                "SCHAKELBORD_ORIGINS",
                nl=f"“{origin}” is niet veilig; gebruik een volledig adres dat met https:// begint.",
                en=f"“{origin}” is not secure; use a complete address that begins with https://.",
            )


def _data(environment: Environment) -> Iterator[InputError]:
    if not environment.database_url and _is_in_checkout(environment.data):
        yield InputError(
            "data_in_code",
            "SCHAKELBORD_DATA",
            nl=f"{environment.data} ligt in de map met de code; kies een map daarbuiten, zoals /var/lib/schakelbord.",
            en=f"{environment.data} is inside the folder of the code; choose one outside it: /var/lib/schakelbord.",
        )


def _mail(environment: Environment) -> Iterator[InputError]:
    if not environment.mail_url.startswith(("smtp://", "smtps://")):
        yield InputError(
            "mail_missing",
            "SCHAKELBORD_MAIL_URL",
            nl="Zonder e-mail kan niemand een nieuw wachtwoord vragen; zet hier smtp://naam:wachtwoord@server:587.",
            en="Without mail nobody can ask for a new password; set smtp://name:password@server:587.",
        )


def _contact(environment: Environment) -> Iterator[InputError]:
    if not environment.security_contact.startswith(("mailto:", "https://")):
        yield InputError(
            "contact_missing",
            "SCHAKELBORD_SECURITY_CONTACT",
            nl="Wie een lek vindt, weet niet wie hij moet vertellen; zet hier mailto:veiligheid@voorbeeld.nl.",
            en="Who finds a weakness cannot know whom to tell; set mailto:security@example.nl.",
        )


def _is_in_checkout(folder: Path) -> bool:
    return any((place / "pyproject.toml").exists() or (place / ".git").exists() for place in (folder, *folder.parents))

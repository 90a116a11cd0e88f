"""What the environment may say, and how production refuses what is not safe."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from schakelbord.errors import InputError
from schakelbord.site.environment import keep_secret, read_environment
from schakelbord.site.environment_checks import problems_of, refuse_insecure

SAFE = {
    "SCHAKELBORD_MODE": "production",
    "SCHAKELBORD_SECRET_KEY": "pruik-kwartel-9f8e7d6c5b4a-merel-zeven-oever-Xy42-en-nog-wat",
    "SCHAKELBORD_HOSTS": "schakelbord.voorbeeld.nl",
    "SCHAKELBORD_ORIGINS": "https://schakelbord.voorbeeld.nl",
    "SCHAKELBORD_SECURITY_CONTACT": "mailto:veiligheid@voorbeeld.nl",
    "SCHAKELBORD_MAIL_URL": "smtp://post:geheim@mail.voorbeeld.nl:587",
}
UNSAFE = [
    ({"SCHAKELBORD_SECRET_KEY": ""}, "secret_missing"),
    ({"SCHAKELBORD_SECRET_KEY": "kort"}, "secret_weak"),
    ({"SCHAKELBORD_SECRET_KEY": "ab" * 40}, "secret_weak"),
    ({"SCHAKELBORD_DEBUG": "1"}, "debug_on"),
    ({"SCHAKELBORD_DEMO_ROLES": "ja"}, "demo_roles_on"),
    ({"SCHAKELBORD_SECURE_COOKIES": "0"}, "cookies_insecure"),
    ({"SCHAKELBORD_HOSTS": ""}, "hosts_missing"),
    ({"SCHAKELBORD_HOSTS": "*"}, "hosts_any"),
    ({"SCHAKELBORD_HOSTS": "a.voorbeeld.nl, *.voorbeeld.nl"}, "hosts_any"),
    ({"SCHAKELBORD_ORIGINS": ""}, "origins_missing"),
    ({"SCHAKELBORD_ORIGINS": "http://schakelbord.voorbeeld.nl"}, "origin_insecure"),
    ({"SCHAKELBORD_ORIGINS": "https://*.voorbeeld.nl"}, "origin_insecure"),
    ({"SCHAKELBORD_MAIL_URL": ""}, "mail_missing"),
    ({"SCHAKELBORD_SECURITY_CONTACT": ""}, "contact_missing"),
]


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """An environment in which production may start."""
    return {**SAFE, "SCHAKELBORD_DATA": str(tmp_path / "data")}


def test_production_starts_when_everything_is_safe(safe: dict[str, str]) -> None:
    assert problems_of(read_environment(safe)) == []
    refuse_insecure(read_environment(safe))


@pytest.mark.parametrize(("change", "code"), UNSAFE, ids=[f"{code}-{place}" for place, (_, code) in enumerate(UNSAFE)])
def test_production_refuses_one_insecure_setting_and_names_it(
    change: dict[str, str], code: str, safe: dict[str, str]
) -> None:
    problems = problems_of(read_environment({**safe, **change}))
    assert [problem.code for problem in problems] == [code]
    assert problems[0].where == next(iter(change))
    assert all(problems[0].sentence(language).count("\n") == 0 for language in ("nl", "en"))


def test_production_refuses_data_inside_the_code(safe: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert [problem.code for problem in problems_of(read_environment(safe))] == ["data_in_code"]
    elsewhere = {**safe, "SCHAKELBORD_DATA": "/var/lib/schakelbord"}
    assert problems_of(read_environment(elsewhere)) == []


def test_all_problems_are_told_at_once_in_both_languages() -> None:
    with pytest.raises(InputError) as refused:
        refuse_insecure(
            read_environment({"SCHAKELBORD_MODE": "production", "SCHAKELBORD_DATA": "/var/lib/schakelbord"})
        )
    for language in ("nl", "en"):
        lines = refused.value.sentence(language).splitlines()
        assert [line.split(":")[0].strip() for line in lines[1:]] == [
            "SCHAKELBORD_SECRET_KEY",
            "SCHAKELBORD_HOSTS",
            "SCHAKELBORD_ORIGINS",
            "SCHAKELBORD_MAIL_URL",
            "SCHAKELBORD_SECURITY_CONTACT",
        ]


def test_a_demo_needs_no_settings_and_says_that_it_is_one() -> None:
    environment = read_environment({})
    assert (environment.is_demo, environment.demo_roles, environment.debug) == (True, True, False)
    assert environment.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert problems_of(environment) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"SCHAKELBORD_MODE": "prod"}, "unknown_mode"),
        ({"SCHAKELBORD_DEBUG": "misschien"}, "unknown_switch"),
        ({"SCHAKELBORD_DATABASE_URL": "mysql://x/y"}, "unknown_database"),
    ],
)
def test_a_value_that_means_nothing_is_refused_in_any_mode(given: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_environment(given)
    assert refused.value.code == code
    assert refused.value.exit_code == 2


def test_the_key_of_a_demo_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    keep_secret(data)
    first = read_environment({"SCHAKELBORD_DATA": str(data)}).secret
    keep_secret(data)
    assert read_environment({"SCHAKELBORD_DATA": str(data)}).secret == first
    assert len(first) >= 50
    assert stat.S_IMODE((data / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_reading_settings_writes_nothing(tmp_path: Path) -> None:
    read_environment({"SCHAKELBORD_DATA": str(tmp_path / "data")})
    assert list(tmp_path.iterdir()) == []


VISIT = r"""
import re
from schakelbord.site.environment import read_environment
from schakelbord.site.start import make_data_folder, make_ready, set_up_django
make_data_folder(read_environment())
set_up_django()
make_ready(read_environment())
from django.test import Client
from schakelbord.accounts.models import User
client = Client(SERVER_NAME="schakelbord.voorbeeld.nl")
roles = client.get("/rollen", secure=True), client.post("/rollen", {"role": "secretary"}, secure=True)
print(*(answer.status_code for answer in roles))
page = client.get("/over", secure=True)
print(page.status_code, "/inloggen" in page.text, "Oefenomgeving" in page.text, User.objects.count())
print(page["Strict-Transport-Security"], client.get("/over").status_code)
style = re.search(r"/static/core/tokens\.[0-9a-f]{12}\.css", page.text).group()
print(client.get(style, secure=True).headers["Cache-Control"])
"""


def _run(code: str, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith(("SCHAKELBORD_", "DJANGO_"))}
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, env={**others, **given}, capture_output=True, text=True, check=False)


def test_the_command_refuses_without_a_traceback_and_touches_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    code = "import sys; from schakelbord.cli.main import main; sys.exit(main(['serve', '--lang', 'en']))"
    done = _run(code, {"SCHAKELBORD_MODE": "production", "SCHAKELBORD_DATA": str(data)})
    assert done.returncode == 2
    assert "SCHAKELBORD_SECRET_KEY: There is no secret key" in done.stderr
    assert "Traceback" not in done.stderr
    assert not data.exists()


def test_production_passes_the_deployment_checks_of_django(safe: dict[str, str]) -> None:
    code = (
        "from schakelbord.site.start import set_up_django; set_up_django();"
        "from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING');"
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT, s.DEBUG)"
    )
    done = _run(code, safe)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "True True __Host-session True False"


def test_production_has_no_page_of_roles_and_sends_people_to_log_in(safe: dict[str, str]) -> None:
    done = _run(VISIT, safe)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "404 404",
        "200 True False 0",
        "max-age=63072000; includeSubDomains 301",
        "max-age=315360000, public, immutable",
    ]

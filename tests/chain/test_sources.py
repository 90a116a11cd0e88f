"""Sources of a dossier: bringing one in, what cites it, and who may read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chain_world import Chain
from schakelbord.chain.models import Citation
from schakelbord.dossiers.models import Source

ClientInRole = Callable[[str], Client]
GOOD = {"title": "Een rapport", "url": "https://www.voorbeeld.example/rapport", "confidentiality": "bodies"}


def test_a_link_comes_in_and_is_cited(chain: Chain, as_role: ClientInRole) -> None:
    client, base = as_role("secretary"), f"/dossiers/{chain.world.dossier.pk}/bronnen"
    action = chain.action()
    about = {"publisher": "Instituut", "published": "2020-02-01", "licence": "CC BY 4.0", "key": "k1"}
    for _ in range(2):  # a button that is pressed twice
        assert client.post(f"{base}/nieuw", GOOD | about).status_code == 302
    source = Source.objects.get()
    assert (source.publisher, str(source.published), source.licence) == ("Instituut", "2020-02-01", "CC BY 4.0")
    assert (
        client.post(f"{base}/{source.pk}/haal-aan", {"node": action.code.lower(), "locator": "blz. 3"}).status_code
        == 302
    )
    assert Citation.objects.get().node == action.code
    again = client.post(f"{base}/{source.pk}/haal-aan", {"node": action.code, "locator": "blz. 3"})
    assert again.status_code == 400
    assert "verwijst hier al naar" in again.text
    page = client.get(base).text
    assert f"/draad/{action.code}" in page
    assert "blz. 3" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Vul dit in."),
        ({"url": "javascript:alert(1)"}, "Vul het hele adres in"),
        ({"url": "javascript://voorbeeld.example/%0aalert(1)"}, "Vul het hele adres in"),
        ({"url": "ftp://voorbeeld.example/stuk"}, "Vul het hele adres in"),
        ({"url": ""}, "Vul het hele adres in"),
        ({"published": "2999-01-01"}, "vandaag of eerder"),
        ({"published": "gisteren"}, "vandaag of eerder"),
        ({"confidentiality": "iedereen"}, "Kies wie dit mag lezen."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    chain: Chain, as_role: ClientInRole, wrong: dict[str, str], sentence: str
) -> None:
    answer = as_role("secretary").post(
        f"/dossiers/{chain.world.dossier.pk}/bronnen/nieuw", GOOD | {"publisher": "Bijzonder Instituut"} | wrong
    )
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "Bijzonder Instituut" in answer.text
    assert not Source.objects.exists()


def test_a_file_comes_back_as_a_download_with_its_fingerprint(chain: Chain, as_role: ClientInRole) -> None:
    client, base = as_role("secretary"), f"/dossiers/{chain.world.dossier.pk}/bronnen"
    bad = SimpleUploadedFile("stuk.svg", b"<svg onload='alert(1)'/>")
    answer = client.post(f"{base}/nieuw", GOOD | {"url": "", "file": bad})
    assert answer.status_code == 400
    assert "Bewaar het als PDF" in answer.text
    good = SimpleUploadedFile("stuk.pdf", b"%PDF-1.7 verzonnen")
    assert client.post(f"{base}/nieuw", GOOD | {"url": "", "file": good}).status_code == 302
    source = Source.objects.get()
    assert len(source.checksum) == 64
    back = client.get(f"{base}/{source.pk}")
    assert back.content == b"%PDF-1.7 verzonnen"
    assert back.headers["Content-Disposition"].startswith("attachment")
    assert source.checksum[:12] in client.get(base).text


def test_a_code_of_nothing_is_not_cited(chain: Chain, as_role: ClientInRole) -> None:
    source = Source.objects.create(
        dossier=chain.world.dossier, title="B", url="https://v.example", made_at=chain.world.meeting.made_at
    )
    answer = as_role("chair").post(f"/dossiers/{chain.world.dossier.pk}/bronnen/{source.pk}/haal-aan", {"node": "A-99"})
    assert answer.status_code == 400
    assert "Niets in dit dossier heeft deze code" in answer.text
    assert "A-99" in answer.text


def test_strangers_and_the_technical_administrator_read_no_sources(chain: Chain, as_role: ClientInRole) -> None:
    base = f"/dossiers/{chain.world.dossier.pk}/bronnen"
    assert Client().get(base).status_code == 403
    assert as_role("technical_admin").get(base).status_code == 403
    assert as_role("participant").post(f"{base}/nieuw", GOOD).status_code == 403
    assert as_role("auditor").get(base).status_code == 200

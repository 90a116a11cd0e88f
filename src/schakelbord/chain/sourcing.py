"""Sources of a dossier: links and files with who published them and when, and what cites them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from schakelbord.accounts.actors import Actor
from schakelbord.chain.acts import Act, a_line, a_text, actor_key, carry_out, require_secretary
from schakelbord.chain.models import Citation
from schakelbord.chain.rights import may_lead_chain
from schakelbord.chain.threads.thread import thread_of
from schakelbord.dossiers.codes import Confidentiality
from schakelbord.dossiers.models import Dossier, Source
from schakelbord.dossiers.sources import keep_file, web_address
from schakelbord.errors import InputError
from schakelbord.live.journal import JsonValue, Payload
from schakelbord.showing.real_people import refuse_real_people


def add_source(
    actor: Actor,
    dossier: Dossier,
    fields: Mapping[str, str],
    *,
    file: tuple[str, bytes] | None = None,
    key: str,
) -> Payload:
    """A link or a file becomes a source of a dossier; the same file again is the same source.

    Args:
        actor: secretary or chair.
        dossier: where it belongs.
        fields: title, url, publisher, published, licence, confidentiality, as somebody filled them in.
        file: its name and content, instead of an address.
        key: idempotency key.

    Raises:
        RightError: this actor may not.
        InputError: a field is missing or wrong, or the file is there already and says something else; says which.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        title = " ".join(a_text(fields.get("title", ""), field="title", longest=200).split())
        refuse_real_people(title, where="title")
        about = {
            "publisher": a_line(fields.get("publisher", ""), field="publisher", longest=160),
            "published": _day(fields.get("published", ""), today=act.today),
            "licence": a_line(fields.get("licence", ""), field="licence", longest=80),
            "confidentiality": _level(fields.get("confidentiality", "")),
        }
        if file is None:
            url = web_address(fields.get("url", ""))
            made = Source.objects.create(dossier=dossier, title=title, url=url, made_at=act.now, **about)
        else:
            known = dossier.sources.filter(checksum=asked["file"]).first()
            made = known or keep_file(dossier, title=title, name=file[0], content=file[1], now=act.now)
            if known is None:
                Source.objects.filter(pk=made.pk).update(**about)
            else:
                _check_same(known, {"title": title, **about})
        return {**act.tell("source.added", node=f"source-{made.pk}"), "source": made.pk}

    names = ("title", "url", "publisher", "published", "licence", "confidentiality")
    asked: dict[str, JsonValue] = {"verb": "add-source", **{name: fields.get(name, "") for name in names}}
    asked["file"] = sha256(file[1]).hexdigest() if file is not None else ""
    return carry_out(dossier, deed, who=actor_key(actor), key=key, asked=asked)


def cite(actor: Actor, source: Source, *, node: str, locator: str, key: str) -> Payload:
    """Say that something with a code rests on a source, and where in it.

    Raises:
        RightError: this actor may not.
        InputError: nothing in this dossier has that code, or it is cited there already.
    """
    require_secretary(may_lead_chain(actor), actor)

    def deed(act: Act) -> Payload:
        code = node.strip().upper()
        found = thread_of(code)
        if found is None or found.dossier.pk != source.dossier_id:
            raise InputError(
                "node",
                "node",
                nl="Niets in dit dossier heeft deze code. Een code is bijvoorbeeld H-03, B-2027-04 of A-27.",
                en="Nothing in this dossier has this code. A code is for instance H-03, B-2027-04 or A-27.",
            )
        place = a_line(locator, field="locator", longest=120)
        try:
            with transaction.atomic():
                Citation.objects.create(source=source, node=code, locator=place, made_at=act.now)
        except IntegrityError:
            raise InputError(
                "cited_before",
                "node",
                nl=f"{code} verwijst hier al naar. Noem een andere plaats in de bron.",
                en=f"{code} cites this already. Name another place in the source.",
            ) from None
        return act.tell("source.cited", node=code, source=source.pk)

    asked: Payload = {"verb": "cite", "source": source.pk, "node": node, "locator": locator}
    return carry_out(source.dossier, deed, who=actor_key(actor), key=key, asked=asked)


def _check_same(known: Source, about: Mapping[str, Any]) -> None:
    """Nothing of a source changes unseen, least of all who may read it, because its file is sent once more."""
    if any(getattr(known, name) != value for name, value in about.items()):
        raise InputError(
            "file_known",
            "file",
            nl=f"Dit bestand staat er al, als “{known.title}”. Daar is niets aan veranderd.",
            en=f"This file is there already, as “{known.title}”. Nothing of it was changed.",
        )


def _day(text: str, *, today: dt.date) -> dt.date | None:
    if not text.strip():
        return None
    try:
        found = dt.date.fromisoformat(text.strip())
    except ValueError:
        found = dt.date.max
    if found > today or found.year < 1800:
        raise InputError(
            "published",
            "published",
            nl="Kies de dag waarop dit verscheen: vandaag of eerder.",
            en="Choose the day on which this appeared: today or earlier.",
        )
    return found


def _level(text: str) -> str:
    if text not in {Confidentiality.BODIES, Confidentiality.PUBLIC}:
        raise InputError(
            "confidentiality", "confidentiality", nl="Kies wie dit mag lezen.", en="Choose who may read this."
        )
    return text

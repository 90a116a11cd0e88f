"""A path in words, hop by hop: who tells whom, on which day, by which way and on which legal ground."""

from __future__ import annotations

from schakelbord.engine.catalogue import Catalogue, Ground
from schakelbord.engine.reading import Hop
from schakelbord.engine.story import Story
from schakelbord.engine.text import Text
from schakelbord.engine.wording.instances import instance_name
from schakelbord.engine.wording.repairs import short_name


def hop_sentence(hop: Hop, story: Story, catalogue: Catalogue) -> Text:
    """One step of a path, without its day."""
    receiver = instance_name(hop.to, story, catalogue)
    if hop.from_ is None:
        return Text(nl=f"{receiver.nl} ziet het zelf.", en=f"{receiver.en} sees it.")
    sender = instance_name(hop.from_, story, catalogue)
    law = _law(_ground(hop, catalogue))
    if hop.link_kind == "body":
        body = short_name(catalogue.body[hop.by.partition("@")[0]].name)
        return Text(
            nl=f"{receiver.nl} hoort het van {sender.nl} in dit overleg: {body.nl}{law.nl}.",
            en=f"{receiver.en} hears it from {sender.en} in this meeting: {body.en}{law.en}.",
        )
    if hop.link_kind == "escalation":
        higher = short_name(catalogue.body[hop.by.partition(">")[2]].name)
        return Text(
            nl=f"{sender.nl} brengt het een laag hoger; {receiver.nl} hoort het: {higher.nl}.",
            en=f"{sender.en} takes it one layer up; {receiver.en} hears it: {higher.en}.",
        )
    return Text(
        nl=f"{sender.nl} vertelt het aan {receiver.nl}{law.nl}.", en=f"{sender.en} tells {receiver.en}{law.en}."
    )


def _ground(hop: Hop, catalogue: Catalogue) -> Ground | None:
    channel = catalogue.channel.get(hop.by)
    if channel is not None:
        return channel.ground
    body = catalogue.body.get(hop.by.partition("@")[0])
    return body.ground if body else None


def _law(ground: Ground | None) -> Text:
    if ground is None:
        return Text(nl="", en="")
    return Text(nl=f" ({ground.law}, artikel {ground.article})", en=f" ({ground.law}, article {ground.article})")

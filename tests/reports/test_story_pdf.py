"""The PDF of a story, read back: accessible, to be kept, with everything in it that the list says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import msgspec
import pikepdf
import pytest
from django.utils import translation

from reports.papers import SITE, STORIES, TODAY, flat, moment_of, opened, paper_of, pdf_of, texts_of
from schakelbord.engine.text import Text
from schakelbord.errors import Language
from schakelbord.reports.collect import scene_paper, story_paper
from schakelbord.reports.story_paper import PaperGap
from schakelbord.reports.typeset import story_pdf
from schakelbord.stories.library import reading_of, shipped

BOTH: list[Language] = ["nl", "en"]
EVERY = [(name, language) for name in STORIES for language in BOTH]
HOSTILE = '#panic("x") *vet* _schuin_ @bron $x^2$ <label> `code` \\ "aanhaling" [a] {b} // c /* d */ 🧩 漢 \u202e'


def objects(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary | pikepdf.Stream]:
    """All dictionaries of a PDF."""
    return (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream))


def structure(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The elements of the structure tree in order of reading."""
    found: list[pikepdf.Dictionary] = []
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        here = waiting.pop(0)
        if isinstance(here, pikepdf.Array):
            waiting = [*here, *waiting]
        elif isinstance(here, pikepdf.Dictionary) and "/S" in here:
            found.append(here)
            waiting = [here.get("/K", pikepdf.Array()), *waiting]
    return found


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_document_says_that_it_is_accessible_and_to_be_kept_and_it_is_tagged(name: str, language: Language) -> None:
    pdf = opened(pdf_of(name, language))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == language
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == shipped()[name].title.get(language)
    kinds = [str(element.S) for element in structure(pdf)]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L", "/LI"} <= set(kinds)
    figures = [element for element in structure(pdf) if str(element.S) == "/Figure"]
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


@pytest.mark.parametrize("name", STORIES)
def test_all_letters_are_our_own_and_inside_and_nothing_is_a_raster(name: str) -> None:
    pdf = opened(pdf_of(name))
    fonts = [one for one in objects(pdf) if one.get("/Type") == "/FontDescriptor"]
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font or "/FontFile3" in font
        assert any(family in str(font.FontName) for family in ("Literata", "AtkinsonHyperlegibleNext")), font.FontName
    assert not [one for one in objects(pdf) if one.get("/Subtype") == "/Image"]


@pytest.mark.parametrize("name", STORIES)
def test_there_is_a_bookmark_for_each_scene_each_sheet_and_the_annex(name: str) -> None:
    with opened(pdf_of(name)).open_outline() as outline:
        top = [str(item.title) for item in outline.root]
        sheets = [str(child.title) for child in outline.root[-2].children]
    paper = paper_of(name)
    assert top[: len(paper.scenes)] == [f"{scene.number}. {scene.title}" for scene in paper.scenes]
    assert top[len(paper.scenes) :] == ["Bladen voor de tafels", "Bijlage: hoe elk hiaat is gevonden"]
    assert sheets == [sheet.gap.title for sheet in paper.sheets]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_word_of_the_data_stands_on_the_pages(name: str, language: Language) -> None:
    paper, pages = paper_of(name, language), texts_of(pdf_of(name, language))
    whole = "".join(pages)
    for scene in paper.scenes:
        for text in (scene.title, *scene.told, scene.question):
            assert flat(text) in whole
        for ring in scene.rings:
            for actor in (*ring.actors, *ring.quiet):
                assert flat(actor.name) in whole
        for channel in scene.channels:
            assert flat(channel.ground) in whole
    for finding in paper.findings:
        rows = (*(hop.text for hop in finding.hops), *(row.text for row in finding.assumptions), *finding.causes)
        rows += tuple(item for repair in finding.repairs for item in repair.items)
        for text in (finding.gap.title, finding.gap.sentence, finding.outcome, *finding.notes, *rows):
            assert flat(text) in whole, text
    for source in paper.sources:
        assert flat(source) in whole
    assert all("verzonnen" in page or "invented" in page for page in pages)


def test_a_list_page_is_read_from_what_is_told_to_whose_turn_it_is() -> None:
    pdf = opened(pdf_of("wilg"))
    heads = [str(element.S) for element in structure(pdf) if str(element.S) in {"/H1", "/H2", "/H3"}]
    levels = [int(head[2]) for head in heads]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    page = next(text for text in texts_of(pdf_of("wilg")) if "Waterwordtverteld" in text)
    order = ["Wat er wordt verteld", "Vraag voor de tafel", "Hiaten", "Kanalen", "Op het toneel"]
    places = [page.index(flat(word)) for word in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", STORIES)
def test_list_drawing_and_paper_hold_the_same_people(name: str) -> None:
    for scene in paper_of(name).scenes:
        listed = {actor.id for ring in scene.rings for actor in (*ring.actors, *ring.quiet)}
        listed |= {gap.key for gap in scene.gaps}
        drawn = set(msgspec.json.decode(msgspec.json.encode([*_ids(scene.picture)])))
        folds = {thing for thing in drawn if thing.startswith("fold:")}
        assert drawn - folds <= listed, drawn - folds - listed
        assert bool(folds) == any(ring.folded for ring in scene.rings)


def _ids(svg: str) -> Iterator[str]:
    return (part.partition('"')[0] for part in svg.replace("&gt;", ">").split('data-id="')[1:])


def test_the_same_story_gives_the_same_bytes() -> None:
    assert story_pdf(paper_of("beuk"), made_on=TODAY) == story_pdf(paper_of("beuk"), made_on=TODAY)


def test_repairs_that_are_on_mend_gaps_on_paper() -> None:
    finding = next(row for row in reading_of(shipped()["wilg"]).findings if row.repairs)
    keys = tuple(item.key for item in finding.repairs[0].items)
    paper = paper_of("wilg", "nl", keys)
    mended = [gap for scene in paper.scenes for gap in scene.gaps if gap.mended]
    assert mended
    assert ("mended", "gedicht hiaat") in paper.legend
    text = "".join(texts_of(story_pdf(paper, made_on=TODAY)))
    assert flat(mended[0].mended) in text
    assert flat("Reparaties die aan staan") in text


def test_texts_that_look_like_mark_up_are_only_text_and_long_ones_stay_on_the_page() -> None:
    moment = moment_of("wilg")
    first, *rest = moment.story.scenes
    long = "woord" * 2000
    beats = (msgspec.structs.replace(first.beats[0], say=Text(HOSTILE, HOSTILE)), *first.beats[1:-1])
    beats += (msgspec.structs.replace(first.beats[-1], ask=Text(long, long)),)
    told = Text("É" * 300 + HOSTILE, "x")
    scene = msgspec.structs.replace(first, title=Text(HOSTILE * 2, HOSTILE), beats=beats)
    story = msgspec.structs.replace(moment.story, title=told, scenes=(scene, *rest))
    with translation.override("nl"):
        paper = story_paper(replace(moment, story=story), site="", made_on=TODAY)
    content = story_pdf(paper, made_on=TODAY)
    text = "".join(texts_of(content))
    assert flat('#panic("x") *vet* _schuin_ @bron $x^2$ <label> `code` \\ "aanhaling" [a] {b} // c /* d */ □ □') in text
    assert text.count("woord") >= 2000
    pdf = opened(content)
    assert not [one for one in objects(pdf) if one.get("/Subtype") == "/Image"]


def test_what_a_room_told_stands_beside_what_was_computed() -> None:
    told = PaperGap(
        key="zaal-1", number=12, title="De huisarts wist het", sentence="Niemand vroeg de huisarts.", between="A en B",
        kind="geen terugkoppeling", since="dag 40", told=True, recognised="14 keer",
        status="in gesprek", assigned="ZVH",
    )  # fmt: skip
    with translation.override("nl"):
        paper = story_paper(moment_of("beuk"), site=SITE, made_on=TODAY, told=[told])
    text = "".join(texts_of(story_pdf(paper, made_on=TODAY)))
    for word in (told.title, told.sentence, "verteld door de zaal", "14 keer", "in gesprek", "Belegd bij"):
        assert flat(word) in text, word
    assert paper.sheets[-1].gap == told


def test_one_scene_is_a_picture_on_its_side_and_then_a_list() -> None:
    with translation.override("en"):
        paper = scene_paper(moment_of("iep", "en"), site=SITE, made_on=TODAY)
    pdf = opened(story_pdf(paper, made_on=TODAY))
    boxes = [page.mediabox for page in pdf.pages]
    assert [float(box[2]) > float(box[3]) for box in boxes] == [True] + [False] * (len(boxes) - 1)
    assert 2 <= len(boxes) <= 3
    with pdf.open_outline() as outline:
        assert len(outline.root) == 1

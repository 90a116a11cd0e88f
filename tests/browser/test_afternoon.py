"""A whole afternoon in a browser: sixty people from a list are seated; three tables talk, vote and harvest; it closes.

The minutes are read back as files. The host of one table works by keyboard alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
import pikepdf
import pypdfium2
import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
PEOPLE = 60
pytestmark = pytest.mark.slow


def a_list() -> bytes:
    """Sixty people as a secretary has them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Naam", "E-mail", "Organisatie", "Functie", "Laag", "Thema"])
    themes = ("Gelaagdheid in samenwerking", "Uithuwelijking", "Discriminatie en feitelijkheden")
    for number in range(PEOPLE):
        layer = "bestuurlijk" if number % 3 == 0 else "ambtelijk"
        place = f"Gem. Dorp {number % 20}"
        sheet.append([f"Vogel {number}", f"v{number}@vogel.example", place, "adviseur", layer, themes[number % 3]])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def in_role(page: Page, role: str) -> None:
    """Choose a role of the demo."""
    page.goto("/rollen")
    page.click(f"button[value={role}]")
    page.wait_for_load_state()


@pytest.fixture
def secretary(open_page: OpenPage) -> Page:
    """The secretary's browser."""
    page = open_page("/rollen")
    in_role(page, "secretary")
    return page


def prepare(page: Page) -> str:
    """From the list of meetings to a meeting that is open; gives its address."""
    page.goto("/bijeenkomsten")
    page.fill("#titel", "Najaar")
    page.fill("#dag", "2027-10-05")
    for box in page.locator("input[name=bodies]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Maak deze bijeenkomst").click()
    expect(page.locator("h1")).to_have_text("Najaar")
    base = page.url
    page.goto(f"{base}/deelnemers/lijst")
    page.set_input_files("#bestand", {"name": "lijst.xlsx", "mimeType": "application/zip", "buffer": a_list()})
    page.get_by_role("button", name="Laat zien wat het wordt").click()
    expect(page.locator("h1")).to_have_text(f"{PEOPLE} mensen, klaar om over te nemen")
    page.get_by_role("button", name=f"Neem {PEOPLE} mensen over").click()
    expect(page.locator("h1")).to_have_text(f"{PEOPLE} deelnemers")
    page.goto(f"{base}/tafels")
    for number in range(1, 4):
        page.locator("summary", has_text="Een nieuwe tafel").click() if number > 1 else None
        page.select_option("#thema", index=number - 1)
        page.locator("input[name=issues]").first.check()
        page.fill("#stoelen", "24")
        page.get_by_role("button", name="Maak deze tafel").click()
        expect(page.locator(f"#tafel-{number}")).to_be_visible()
    for number in range(1, 4):
        place = page.locator(f"#tafel-{number}")
        place.locator("summary", has_text="Tafelheer, inleider").click()
        place.locator("select[name=host]").select_option(label=f"Vogel {number}")
        place.locator("select[name=pitcher]").select_option(label=f"Vogel {number + 10}")
        place.locator("input[name=pitch_title]").fill(f"Inleiding {number}")
        place.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Maak een voorstel").click()
    expect(page.locator("[data-proposal=ready]")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Neem dit plan over").click()
    expect(page.locator("h1")).to_have_text(f"{PEOPLE} mensen aan 3 tafels")
    page.goto(base)
    for _ in range(2):
        page.get_by_role("button", name="Dit gremium is akkoord").first.click()
    page.get_by_role("button", name="Roep de bijeenkomst bijeen").click()
    page.get_by_role("button", name="Open de bijeenkomst").click()
    page.wait_for_url("**/regie")
    return base


def join(page: Page, code: str, name: str, pin: str = "") -> None:
    """Take part under a name, with the code of the screen."""
    page.goto(f"/mee/{code}")
    label = next(text for text in page.locator("#naam option").all_inner_texts() if text.split(",")[0] == name)
    page.locator("#naam").select_option(label=label)
    page.fill("#cijfers", pin)
    page.get_by_role("button", name="Doe mee onder mijn naam").click()
    page.wait_for_url("**/aan-tafel")


def say(page: Page, text: str, kind: str = "experience", source: str = "") -> None:
    """Lay something on the table."""
    page.locator(f"input[name=kind][value={kind}]").check()
    if source:
        page.fill("#bron", source)
    page.fill("#tekst", text)
    page.get_by_role("button", name="Leg op tafel").click()
    expect(page.locator(".note .said", has_text=text)).to_be_visible()


def by_key(page: Page, *keys: str) -> None:
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until this has the focus."""
    for _ in range(400):
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def harvest_by_keyboard(host: Page, number: int) -> None:
    """The host groups, writes the harvest, adds a result and reads out, without a mouse."""
    host.locator("body").press("Tab")
    tab_to(host, ".host-tools input[name=title]")
    host.keyboard.type("Wie neemt op")
    host.keyboard.press("Enter")
    expect(host.locator(".group h3", has_text="Wie neemt op")).to_be_visible()
    tab_to(host, ".group.loose .note[data-id]")
    host.keyboard.press("1")
    expect(host.locator(".group:not(.loose) .note")).to_have_count(1)
    tab_to(host, "#opdracht")
    host.keyboard.type(f"Regel één nummer voor alle scholen van tafel {number}.")
    tab_to(host, "input[name=addressees]")
    host.keyboard.press("Space")
    tab_to(host, "details[data-open=bouwt] > summary")
    host.keyboard.press("Enter")
    tab_to(host, "input[name=contributions][type=checkbox]")
    host.keyboard.press("Space")
    expect(host.locator("[data-saved]")).to_have_text("bewaard")
    tab_to(host, "#anders-dan")
    host.keyboard.type("Elke school krijgt binnen 1 dag antwoord.")
    tab_to(host, "form[data-new=result] button[type=submit]")
    host.keyboard.press("Enter")
    expect(host.locator(".results li")).to_have_count(1)
    tab_to(host, "form[action$=read-back] button")
    host.keyboard.press("Enter")
    expect(host.locator("form[action$=confirm] button")).to_be_visible()
    tab_to(host, "form[action$=confirm] button")
    host.keyboard.press("Enter")
    expect(host.locator("[data-part=harvest-state]", has_text="de tafelheer heeft bevestigd")).to_be_visible()


def test_an_afternoon_from_the_list_to_the_minutes(secretary: Page, open_page: OpenPage) -> None:
    base = prepare(secretary)
    pins = secretary.request.get(f"{base}/tafels").text()
    pin = re.findall(r"tafelheer en inleider: (\d{4})", pins)
    secretary.locator("li", has_text="In gesprek aan de tafels").get_by_role("button", name="Begin").click()
    expect(secretary.locator("h1")).to_have_text("In gesprek aan de tafels")
    code = secretary.locator(".join b").inner_text()
    wall = secretary.context.new_page()
    wall.goto(f"{base}/scherm")
    hosts, pitchers = [], []
    for number in range(1, 4):
        pitcher = open_page("/", size="phone")
        join(pitcher, code, f"Vogel {number + 10}", pin[number - 1])
        say(pitcher, f"Wij wachten te lang op antwoord {number}.")
        say(pitcher, f"Een school mag melden {number}.", "fact", "Wmo 2015, artikel 5.2.6")
        host = open_page("/")
        join(host, code, f"Vogel {number}", pin[number - 1])
        host.goto(f"{base}/tafel/{number}")
        expect(host.locator(".note[data-id]")).to_have_count(2)
        hosts.append(host)
        pitchers.append(pitcher)
    hosts[0].locator("summary", has_text="Vraag het de zaal").click()
    hosts[0].fill("#stelling", "Een school belt eerst een deskundige.")
    hosts[0].get_by_role("button", name="Maak de stelling").click()
    hosts[0].get_by_role("button", name="Open de peiling").click()
    for pitcher in pitchers:
        pitcher.get_by_role("button", name="eens", exact=True).click()
        expect(pitcher.locator("button[aria-pressed=true]")).to_have_text(re.compile("eens"))
    hosts[0].get_by_role("button", name="Sluit de peiling").click()
    for number, (host, pitcher) in enumerate(zip(hosts, pitchers, strict=True), start=1):
        harvest_by_keyboard(host, number)
        pitcher.get_by_role("button", name="Dit is wat wij zeiden").click()
        expect(pitcher.locator("[data-part=harvest] .state")).to_have_text(re.compile("bevestigd"))
    secretary.get_by_role("button", name="Oogst", exact=True).click()
    expect(wall.locator(".harvest3 section")).to_have_count(3)
    expect(wall.locator(".harvest3 .state", has_text="bevestigd")).to_have_count(3)
    secretary.locator("summary", has_text="Sluit de bijeenkomst").click()
    secretary.get_by_role("button", name="Sluit voor iedereen").click()
    expect(secretary.locator(".state", has_text="gesloten")).to_be_visible()
    expect(pitchers[0].locator("h1")).to_have_text("Deze bijeenkomst is afgelopen", timeout=15_000)
    read_minutes_back(secretary, base)


def read_minutes_back(secretary: Page, base: str) -> None:
    """The minutes are adopted, and every file says what was said at the tables."""
    secretary.goto(f"{base}/notulen")
    secretary.get_by_role("button", name="Stel deze notulen vast").click()
    expect(secretary.get_by_role("button", name="Stel deze notulen vast")).to_have_count(0)
    said = [f"Wij wachten te lang op antwoord {number}." for number in range(1, 4)]
    content = secretary.request.get(f"{base}/notulen.json").text()
    words = docx.Document(io.BytesIO(secretary.request.get(f"{base}/notulen.docx").body()))
    in_word = "\n".join(part.text for part in words.iter_inner_content() if hasattr(part, "text"))
    in_word += "\n".join(cell.text for table in words.tables for row in table.rows for cell in row.cells)
    with pikepdf.open(io.BytesIO(secretary.request.get(f"{base}/notulen.pdf").body())) as pdf:
        assert "StructTreeRoot" in str(list(pdf.Root.keys()))
    pages = pypdfium2.PdfDocument(secretary.request.get(f"{base}/notulen.pdf").body())
    in_pdf = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    for text in said:
        assert text in content
        assert text in in_word
        assert text in in_pdf

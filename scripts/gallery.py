"""Photographs the screens of a fresh demo into docs/gallery. Run by `make gallery`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "docs" / "gallery"
WIDTHS = {1920: 1080, 1280: 800, 390: 844}
STARTS_WITHIN = 60
Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, address and caption, and on which screens it is taken."""

    name: str
    address: str
    caption: str
    screens: tuple[tuple[int, str, Theme], ...] = ((1280, "nl", "light"),)
    whole: bool = False
    paper: bool = False
    role: str = ""


STAGE = ((1920, "nl", "light"), (1920, "nl", "dark"), (1280, "en", "light"), (390, "nl", "light"), (390, "en", "dark"))
PAIR = ((1280, "nl", "light"), (390, "nl", "light"))
WILG = "/verhalen/wilg?scene=3&stap=4"
SHOTS = (
    Shot("thuis", "/", "Home: what this is, the four stories.", (*PAIR, (1280, "en", "dark")), whole=True),
    Shot("verhaal-wilg", WILG, "The story of Wilg: drawing and list are two views of one state.", STAGE),
    Shot("verhaal-wilg-heel", WILG, "The same page from top to bottom.", PAIR, whole=True),
    Shot("verhaal-iep", "/verhalen/iep?scene=5&stap=1", "The story of Iep: children used in a large network."),
    Shot("verhaal-beuk", "/verhalen/beuk?scene=5&stap=1", "The story of Beuk: help stops at eighteen."),
    Shot("verhaal-berk", "/verhalen/berk?scene=5&stap=1", "The story of Berk: everybody is involved, nobody directs."),
    Shot(
        "kaart-school",
        f"{WILG}&kaart=school@a",
        "The card of an organisation: what it knows, its channels and their grounds.",
        PAIR,
    ),
    Shot("rollen", "/rollen", "The demo: choose a role.", PAIR, whole=True),
    Shot("inloggen", "/account/login/", "Log in."),
    Shot("weergave", "/weergave", "Display: light, dark, contrast, large letters, without motion."),
    Shot("niet-gevonden", "/verhalen/wlig", "A page that does not exist, with a way out.", PAIR),
    Shot("afdruk", "/verhalen/wilg/afdruk?scene=3&stap=4", "A scene on paper.", paper=True),
    Shot("sessies", "/zaal", "Sessions: show a story to a room.", PAIR, role="presenter"),
    Shot("meedoen", "/mee", "Join with the code of the screen, without an account.", PAIR),
    Shot("bijeenkomsten", "/bijeenkomsten", "Meetings: prepare one in an hour.", PAIR, role="secretary", whole=True),
    Shot("bijeenkomst", "/bijeenkomsten/1", "A meeting and its agenda.", PAIR, role="secretary"),
    Shot("deelnemers", "/bijeenkomsten/1/deelnemers", "Participants, and who comes.", PAIR, role="secretary"),
    Shot("lijst", "/bijeenkomsten/1/deelnemers/lijst", "Bring in the list that you have.", role="secretary"),
    Shot("tafelplan", "/bijeenkomsten/1/tafels", "The table plan, with its reasons.", STAGE, role="secretary"),
    Shot("papier", "/bijeenkomsten/1/papier", "Badges, cards, sheets and lists.", role="secretary"),
    Shot("regie", "/bijeenkomsten/1/regie", "The console of who runs the meeting.", STAGE, role="secretary"),
    Shot("tafelheer", "/bijeenkomsten/1/tafel/2", "The screen of a host.", (*STAGE, *PAIR), role="table_host"),
    Shot("aan-tafel", "/bijeenkomsten/1/aan-tafel", "A phone at a table.", PAIR, role="participant", whole=True),
    Shot("zaalscherm", "/bijeenkomsten/1/scherm", "The big screen of a meeting.", STAGE, role="secretary"),
    Shot("peiling", "/bijeenkomsten/1/peiling", "The outcome of the reading votes.", PAIR, role="secretary"),
    Shot("dossier", "/dossiers/1", "A dossier with its gaps and dilemmas.", PAIR, role="secretary", whole=True),
    Shot("vraagstukken", "/vraagstukken", "Gaps and dilemmas, wherever they lie.", PAIR, role="secretary", whole=True),
    Shot("vraagstuk", "/vraagstukken/D-05", "A dilemma on its way up and back.", STAGE, role="secretary", whole=True),
    Shot("dilemma-nieuw", "/vraagstukken/nieuw", "Bring a dilemma, on one page.", PAIR, role="participant", whole=True),
    Shot("werkvoorraad", "/werkvoorraad", "What waits for which body.", role="secretary", whole=True),
    Shot(
        "besluiten", "/besluiten", "What lies before the bodies, what was decided.", PAIR, role="secretary", whole=True
    ),
    Shot("besluit", "/besluiten/B-2026-06", "A decision that waits for one body.", STAGE, role="secretary", whole=True),
    Shot("voorstel", "/voorstellen/P-03", "A proposal and what changed in it.", role="secretary", whole=True),
    Shot("belegging", "/acties/A-11/belegging", "Which body can do this already?", PAIR, role="secretary", whole=True),
    Shot("actieprogramma", "/actieprogramma", "The programme of the year.", STAGE, role="secretary", whole=True),
    Shot("actie", "/acties/A-05", "An action with its results.", PAIR, role="secretary", whole=True),
    Shot("verantwoording", "/verantwoording/2025", "The account of a year.", PAIR, role="secretary", whole=True),
    Shot("draad", "/draad/A-05", "The thread of an action.", STAGE, role="secretary", whole=True),
    Shot("draad-papier", "/draad/A-05", "A thread on one sheet.", role="secretary", paper=True),
    Shot("losse-eindjes", "/losse-eindjes", "Every loose end, with its age.", role="secretary", whole=True),
    Shot("zoeken", "/zoek?q=verhuizing", "Search in Dutch.", PAIR, role="secretary", whole=True),
    Shot("dossier-openbaar", "/dossiers/1/openbaar", "What an outsider sees.", PAIR, role="secretary", whole=True),
    Shot("gremia", "/gremia", "Bodies: who can decide what.", PAIR, role="secretary"),
    Shot("bewerken", "/bewerken", "Drafts and versions of stories.", PAIR, role="secretary", whole=True),
    Shot("beginnen", "/bewerken/nieuw", "A guided start from an empty page.", PAIR, role="secretary"),
    Shot("stelsel", "/stelsel", "The system model and its versions.", PAIR, role="secretary"),
    Shot("stelsel-kanalen", "/stelsel/channels?zoek=school", "Channels as a table.", PAIR, role="secretary"),
    Shot(
        "stelsel-kanaal",
        "/stelsel/channels/regel/meldcode_school_vt",
        "One channel and where it is used.",
        role="secretary",
    ),
)


def main() -> None:
    """Start a demo with a data folder of its own, take every picture, write the page that shows them."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    with demo() as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            take(browser, base, shot)
            print(f"  {shot.name}", flush=True)
        what_if(browser, base)
        room(browser, base)
        browser.close()
    write_page()


def chromium() -> str | None:
    """The browser of this machine, or None for the one that Playwright brought."""
    own = os.environ.get("SCHAKELBORD_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return own or next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def demo() -> Iterator[str]:
    """A fresh demo on a free port; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [str(Path(sys.executable).with_name("schakelbord")), "serve", "--port", str(port)]
        server = subprocess.Popen(  # noqa: S603  our own command
            command, env={**os.environ, "SCHAKELBORD_DATA": data}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(f"http://localhost:{port}/")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address: str) -> None:
    """Return as soon as the demo answers."""
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  our own server
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise SystemExit(f"The demo did not answer at {address} within {STARTS_WITHIN} s.")


def take(browser: Browser, base: str, shot: Shot) -> None:
    """One picture a screen, or the pages on paper."""
    for width, language, theme in shot.screens:
        with visitor(browser, base, width, language, theme) as page:
            if shot.role:
                play(page, base, shot.role)
            page.goto(base + shot.address, wait_until="networkidle")
            if shot.paper:
                print_pages(page, shot.name)
            else:
                photograph(page, f"{shot.name}-{width}-{language}-{theme}", whole=shot.whole)


@contextmanager
def visitor(browser: Browser, base: str, width: int, language: str, theme: Theme) -> Iterator[Page]:
    """Somebody with this screen, language and theme."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "schakelbord_language", "value": language, "url": base}])
    try:
        yield context.new_page()
    finally:
        context.close()


def play(page: Page, base: str, role: str) -> None:
    """Choose a role of the demo."""
    page.goto(f"{base}/rollen")
    page.locator(f"button[value={role}]").click()
    page.wait_for_load_state()


def room(browser: Browser, base: str) -> None:
    """A session as it is going on: desk, big screen and phone on the same moment, with something from the room."""
    with visitor(browser, base, 1280, "nl", "light") as desk:
        play(desk, base, "presenter")
        desk.goto(f"{base}/zaal")
        desk.locator("input[name=story][value=wilg]").check()
        desk.locator("button[name=then][value=open]").click()
        desk.wait_for_url("**/verteller")
        address = desk.url.removesuffix("/verteller")
        code = str(desk.locator("#meer dd.num").text_content()).replace(" ", "")
        with visitor(browser, base, 390, "nl", "light") as phone:
            phone.goto(f"{base}/mee/{code}")
            phone.get_by_role("button", name="Doe mee").click()
            phone.wait_for_url("**/zaal/*")
            for _ in range(8):
                desk.keyboard.press("PageDown")
                desk.wait_for_timeout(700)
            phone.get_by_role("button", name="Herken ik").first.click()
            phone.get_by_role("link", name="Ik zie een ander hiaat").click()
            phone.get_by_label("Wat gaat er mis").fill("De huisarts wist het wel, maar niemand vroeg het.")
            phone.get_by_role("button", name="Stuur naar de verteller").click()
            desk.locator("[data-part=inbox] .told", has_text="huisarts").wait_for()
            photograph(desk, "verteller-1280-nl-light")
            photograph(phone, "telefoon-390-nl-light", whole=True)
        for width, language, theme in STAGE[:3]:
            with visitor(browser, base, width, language, theme) as wall:
                wall.goto(f"{address}/scherm?code={code}", wait_until="load")
                wall.wait_for_timeout(500)
                photograph(wall, f"zaalscherm-{width}-{language}-{theme}")


def what_if(browser: Browser, base: str) -> None:
    """Switch the first repair on, as a visitor does, and photograph what closes."""
    with visitor(browser, base, 1920, "nl", "light") as page:
        page.goto(f"{base}/verhalen/wilg?scene=6&stap=1", wait_until="networkidle")
        page.locator("input[name=reparatie]").first.check()
        page.get_by_role("button", name="Laat zien op het toneel").click()
        page.wait_for_url("**reparatie=**")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        photograph(page, "wat-als-1920-nl-light", whole=True)


def photograph(page: Page, name: str, *, whole: bool = False) -> None:
    """A PNG of at most 256 colours, small enough to keep in the repository."""
    path = GALLERY / f"{name}.png"
    if whole:
        page.evaluate("() => scrollTo(0, 0)")
    page.screenshot(path=path, full_page=whole)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def print_pages(page: Page, name: str) -> None:
    """The printed pages as a PDF, as a browser makes it."""
    page.pdf(path=GALLERY / f"{name}.pdf", prefer_css_page_size=True, print_background=True)


def write_page() -> None:
    """README.md with every picture and its caption."""
    captions = {shot.name: shot.caption for shot in SHOTS}
    captions["zaalscherm"] = "The big screen of a session, one screen high."
    captions["verteller"] = "The presenter's desk: on air, next, and what the room sends in."
    captions["telefoon"] = "A phone in the room: the story as a list."
    captions["wat-als"] = "What if: a repair is on, the gaps that close are shown closing."
    lines = ["# Gallery", "", "Every screen of a fresh demo. Made by `make gallery`.", ""]
    for name, caption in captions.items():
        lines += [f"## {caption}", ""]
        sizes = (f"{name}-{width}-" for width in WIDTHS)
        found = sorted(path for prefix in sizes for path in GALLERY.glob(f"{prefix}*.png"))
        lines += [f"![{caption} ({path.stem})]({path.name})\n" for path in found]
        if (GALLERY / f"{name}.pdf").exists():
            lines += [f"[{name}.pdf]({name}.pdf)", ""]
    (GALLERY / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

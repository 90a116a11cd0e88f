"""Dutch is complete: every text has a translation, and no text escapes."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

import schakelbord
from schakelbord.core.translations import AppTexts, apps_in, gathered, is_translated, kept, text_of, untranslated_words

APPS = apps_in(Path(schakelbord.__file__).parent)
NAMES = [app.folder.name for app in APPS]
Key = tuple[str, str | None]


def _keys(app: AppTexts, *, from_sources: bool) -> set[Key]:
    catalog = gathered(app) if from_sources else kept(app)
    return {(text_of(message), message.context) for message in catalog if message.id}


def test_the_apps_that_speak_are_known() -> None:
    assert {"core", "accounts", "site", "stories"} <= set(NAMES)


@pytest.mark.parametrize("app", APPS, ids=NAMES)
def test_every_text_has_an_entry_and_every_entry_a_text(app: AppTexts) -> None:
    assert _keys(app, from_sources=False) == _keys(app, from_sources=True)


@pytest.mark.parametrize("app", APPS, ids=NAMES)
def test_no_entry_is_empty_fuzzy_or_obsolete(app: AppTexts) -> None:
    catalog = kept(app)
    assert [text_of(message) for message in catalog if message.id and not is_translated(message)] == []
    assert [text_of(message) for message in catalog if message.id and message.fuzzy] == []
    assert list(catalog.obsolete) == []


@pytest.mark.parametrize("app", APPS, ids=NAMES)
def test_a_translation_keeps_the_places_for_values(app: AppTexts) -> None:
    wrong = {text_of(message): message.check() for message in kept(app) if message.id}
    assert {text: problems for text, problems in wrong.items() if problems} == {}
    for message in kept(app):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in forms:
            assert form.count("%(") == text_of(message).count("%(") or message.pluralizable or not message.id


@pytest.mark.parametrize("app", APPS, ids=NAMES)
def test_the_compiled_file_says_what_the_edited_file_says(app: AppTexts) -> None:
    with app.mo_file.open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in kept(app):
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            found: object = tuple(compiled.ngettext(*message.id, count) for count in (1, 2))
        elif message.context:
            found = compiled.pgettext(message.context, message.id)
        else:
            found = compiled.gettext(message.id)
        assert found == message.string, "run: make messages"


@pytest.mark.parametrize("app", APPS, ids=NAMES)
def test_no_template_holds_words_that_nobody_can_translate(app: AppTexts) -> None:
    bare = {file.name: untranslated_words(file.read_text(encoding="utf-8")) for file in app.templates()}
    assert {name: words for name, words in bare.items() if words} == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hallo daar</p>", ["Hallo", "daar"]),
        ('<a aria-label="Sluit dit">{{ x }}</a>', ["Sluit", "dit"]),
        ('<img alt="{% translate "A" %} boom">', ["boom"]),
        ('<p class="told">{% translate "Hello" %} {{ name }}</p>', []),
        ("{% blocktranslate %}Hello you{% endblocktranslate %}", []),
        ("{# een opmerking #}{% comment %}nog een{% endcomment %}<!-- en nog een -->", []),
        ("<p>{% translate 'Press' %} <kbd>Page Down</kbd></p>", []),
        ("{% block page_class %}narrow{% endblock %}<b>dik</b>", ["dik"]),
        ("<svg><title>Kaart</title><path d='M0 0h5'/></svg>&nbsp;·", ["Kaart"]),
    ],
)
def test_bare_words_are_found(template: str, words: list[str]) -> None:
    assert untranslated_words(template) == words


def test_texts_are_gathered_from_python_and_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "views.py").write_text('x = ngettext("%(n)s gap", "%(n)s gaps", 2)\ny = pgettext("ring", "life")\n')
    page = """{% load i18n %}
        <p title="{% translate "Say 'it'" %}">
      {% blocktranslate %}Dear {{ who }}{% endblocktranslate %}"""
    (tmp_path / "templates" / "page.html").write_text(page)
    assert _keys(AppTexts(tmp_path), from_sources=True) == {
        ("%(n)s gap", None),
        ("life", "ring"),
        ("Say 'it'", None),
        ("Dear %(who)s", None),
    }


def test_the_same_text_is_the_same_in_every_app() -> None:
    """All apps share one catalogue when they run: of two translations of one text only one would ever be seen."""
    seen: dict[Key, set[str]] = {}
    for app in APPS:
        for message in kept(app):
            if message.id:
                seen.setdefault((text_of(message), message.context), set()).add(str(message.string))
    assert {text: found for text, found in seen.items() if len(found) > 1} == {}

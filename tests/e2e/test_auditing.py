"""A sound page passes; each thing that is wrong with it is found, by axe or by our own rules."""

import pytest

from tests.e2e.auditing import CONTRAST_ONLY, audit, examine, own_rules

pytestmark = pytest.mark.e2e

SOUND = """<!doctype html><html lang="de"><head><title>Seite</title><style>
  body { font: 16px/1.5 sans-serif; margin: 8px; color: #000; background: #fff }
  .vh { position: absolute; clip-path: inset(50%) }
</style></head><body>
  <header><nav aria-label="Haupt"><a href="/de/">Anfang</a></nav>
    <nav aria-label="Neben"><a href="/de/a/">Karte</a></nav></header>
  <main><h1>Kopf</h1>
    <p><button type="button" aria-label="Menü öffnen">Menü</button></p>
    <form><label for="field">Name</label> <input id="field"></form>
    MORE</main><footer><p>Ende</p></footer></body></html>"""
SMALL = '<button type="button" style="padding: 0; border: 0; height: 12px; width: 12px">a</button>'
# What stands instead of what -> what must say so.
FAULTS = {
    "label belongs to no field": ('for="field"', 'for="nothing"', "label:"),
    "name does not hold what is shown": ("Menü öffnen", "Öffnen", "label-content-name-mismatch"),
    "two landmarks have one name": ("Neben", "Haupt", "landmark-unique"),
    "small targets touch": ("MORE", f"<p>{SMALL}{SMALL}</p>", "target-size"),
    "heading leaves out a level": ("MORE", "<h4>Sprung</h4>", "heading-order"),
    "text is pale": ("MORE", '<p style="color: #bbb">blass</p>', "color-contrast"),
    "word is wider than the window": ("MORE", f"<p>{'m' * 60}</p>", "wider than the window"),
    "heading stands on what is above it": (
        "MORE",
        '<div>Davor</div><h2 style="margin: 0">Titel</h2>',
        "no distance: h2 on div",
    ),
    "two headings of the first level": ("MORE", "<h1>Kopf</h1>", "2 h1"),
    "another language": ('lang="de"', 'lang="sl"', "lang is sl"),
    "no title": ("Seite", "", "no title"),
    "same id twice": ("MORE", '<p id="field">Feld</p>', "same id twice: field"),
    "link without a name": ("MORE", '<a href="/de/b/"><i></i> </a>', "without a name"),
    "code in the page": ("Ende", "Ende None", "leaks code"),
    "table stands out": (
        "MORE",
        f'<div style="width: 90px"><table><tr><td>{"m" * 12}</td></tr></table></div>',
        "stands out: table in div",
    ),
    "text stands out": (
        "MORE",
        f'<div style="width: 90px"><p class="row">{"m" * 12}</p></div>',
        "stands out: text in p.row",
    ),
    "box stands out": (
        "MORE",
        '<div style="width: 90px"><b style="display: block; width: 95px">a</b></div>',
        "stands out: b in div",
    ),
}


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page(viewport={"width": 320, "height": 900})
    yield page
    page.close()


def show(page, old="MORE", new=""):
    assert old in SOUND
    page.set_content(SOUND.replace(old, new).replace("MORE", ""))


@pytest.mark.parametrize(
    "more",
    [
        "",
        '<div>Davor</div><h2 style="margin: 1rem 0">Titel</h2>',
        f'<div style="width: 90px; overflow: auto" tabindex="0">{"m" * 12}</div>',
        f'<div style="width: 90px"><p class="vh">{"m" * 12}</p></div>',
        f'<div style="width: 290px"><p>{"m" * 12}</p></div>',
    ],
)
def test_sound_page_passes(page, more):
    show(page, new=more)

    assert examine(page, "de") == []


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found(page, name):
    old, new, wanted = FAULTS[name]
    show(page, old, new)

    found = examine(page, "de")

    assert any(wanted in text for text in found), found


def test_what_stands_out_is_asked_in_german_only(page):
    old, new, _ = FAULTS["text stands out"]
    show(page, old, new)
    page.evaluate("document.documentElement.lang = 'fr'")

    assert own_rules(page, "fr") == []


def test_contrast_is_asked_again_in_another_theme(page):
    show(page)
    assert audit(page, CONTRAST_ONLY) == []
    page.evaluate("document.body.style.color = '#bbb'")

    assert "color-contrast" in audit(page, CONTRAST_ONLY)[0]

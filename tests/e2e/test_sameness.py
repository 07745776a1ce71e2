"""A page that was sound in one language: what is wrong with it in another is found all the same."""

import re

import pytest

from tests.e2e.auditing import ask
from tests.e2e.kit import SKELETON, call
from tests.e2e.sameness import Reviewer, only
from tests.e2e.windows import FULL, SMALL, Window

pytestmark = pytest.mark.e2e

PAGE = """<!doctype html><html lang="{lang}"><head><title>{title}</title><style>
  body {{ font: 16px/1.5 sans-serif; margin: 8px; color: #000; background: #fff }}
  .small {{ padding: 0; border: 0; height: 24px }}
  .quiet {{ color: #001a66; text-decoration: none }}
  .box {{ position: relative; height: 30px; width: 300px; overflow: hidden }}
  .dark {{ position: absolute; left: 120px; width: 180px; height: 30px; background: #333 }}
  .over {{ position: relative }}
  .scroller {{ width: 200px; overflow: auto; white-space: nowrap }}
  [data-mood=sad] {{ color: #bbb }}
  .wide {{ display: none }}
  @media (min-width: 600px) {{ .wide {{ display: block }} }}
</style></head><body>
  <header><a href="#main">{skip}</a>
    <nav aria-label="{nav}"><ul><li><a href="/{lang}/a/">{first}</a></li></ul></nav>
    <nav aria-label="{nav2}"><ul><li><a href="/{lang}/b/">{second}</a></li></ul></nav></header>
  <main id="main"><h1>{h1}</h1><h2>{h2}</h2>
    <p><button type="button" aria-label="{icon}"><svg
      aria-hidden="true" width="24" height="24"></svg></button></p>
    <p class="wide"><button type="button" aria-label="{wide}"></button></p>
    <p><button type="button" class="small">{a}</button><button
      type="button" class="small">{b}</button></p>
    <p><button type="button" class="small">{drawn}</button><svg width="60" height="24"><a
      href="/{lang}/e/" aria-label="{nav}"><rect width="60" height="24"></rect></a></svg></p>
    <p><button type="button" aria-label="{says}">{shown}</button></p>
    <p><img src="data:," alt="{alt}" width="9" height="9"></p>
    <p><a href="/{lang}/c/"><img src="data:," alt="{pictured}" width="9" height="9">{beside}</a></p>
    <p>{before} <a class="quiet" href="/{lang}/d/">{link}</a></p>
    <p><span style="color: #999">{letter}</span></p>
    <div class="box"><div class="dark"></div><span class="over">{push}</span>
      <b class="over">{pushed}</b></div>
    <div class="scroller">{scrolled}</div>
    <p>{long}</p>
    <form><label for="{target}">{label}</label> <input id="field" name="field"></form>
    <p lang="{part}">{foreign}</p>
    <p data-mood="{mood}">{coloured}</p>
    <table summary="{sum}"><caption>{cap}</caption><tr><th scope="row">1</th><td>2</td></tr></table>
    {more}
  </main><footer>{foot}</footer></body></html>"""
WORDS = {
    "title": "Seite", "skip": "Zum Inhalt", "nav": "Haupt", "nav2": "Neben", "first": "Anfang",
    "second": "Karte", "h1": "Kopf", "h2": "Teil", "icon": "Suchen", "wide": "Filter",
    "a": "Anlegen", "b": "Beenden", "says": "Menü öffnen", "shown": "Menü", "alt": "Bild",
    "pictured": "Logo", "beside": "Verein", "drawn": "Ansehen", "before": "So",
    "link": "steht es in der Satzung",
    "letter": "A", "push": "kurz", "pushed": "hier", "scrolled": "schmal", "long": "kurz",
    "target": "field", "label": "Name", "part": "de", "foreign": "Deutsch", "mood": "",
    "coloured": "lesbar", "more": "", "foot": "Ende", "sum": "Orte und Zahlen", "cap": "Orte",
}  # fmt: skip
# The same page in other words, which are longer.
OTHERS = {name: f"{text} ici" if text else "" for name, text in WORDS.items()} | {
    "says": "Ouvrir le menu ici", "shown": "menu", "letter": "B", "push": "court", "pushed": "là",
    "scrolled": "étroit", "target": "field", "part": "fr", "mood": "", "before": "Ici",
}  # fmt: skip
# What changes -> the rule that must say so.
FAULTS = {
    "name of a button is empty": ({"icon": ""}, "button-name"),
    "name of a button in the wide window": ({"wide": " "}, "button-name"),
    "text of a picture is empty": ({"beside": "", "pictured": ""}, "link-name"),
    "heading is empty": ({"h2": ""}, "empty-heading"),
    "small targets touch": ({"a": "il", "b": "li"}, "target-size"),
    "small target touches one in a drawing": ({"drawn": "il"}, "target-size"),
    "name does not hold what is shown": (
        {"says": "Ouvrir", "shown": "menu"},
        "label-content-name-mismatch",
    ),
    "picture says what stands beside": (
        {"pictured": "club", "beside": "Club"},
        "image-redundant-alt",
    ),
    "two landmarks have one name": ({"nav": "Menu", "nav2": "menu"}, "landmark-unique"),
    "table has one name twice": ({"sum": "Lieux", "cap": "Lieux"}, "table-duplicate-name"),
    "link disappears among words": (
        {"before": "Il y a des mots", "link": "lien"},
        "link-in-text-block",
    ),
    "letter becomes a pale word": ({"letter": "Avis"}, "color-contrast"),
    "words push others onto a dark ground": ({"push": "un mot très très long"}, "color-contrast"),
    "text has a pale colour": ({"more": '<p style="color: #bbb">pâle</p>'}, "color-contrast"),
    "text has a dark ground": (
        {"more": '<div style="background: #333"><p>noir</p></div>'},
        "color-contrast",
    ),
    "text is see-through": (
        {"more": '<div style="opacity: 0.3"><p>gris</p></div>'},
        "color-contrast",
    ),
    "same tree has a pale colour": ({"mood": "sad"}, "color-contrast"),
    "words do not fit a box that scrolls": (
        {"scrolled": "trop large " * 9},
        "scrollable-region-focusable",
    ),
    "word is wider than the window": ({"long": "m" * 60}, "wider than the window"),
    "label belongs to no field": ({"target": "nothing"}, "label"),
    "part has a language nobody speaks": ({"part": "qq-nobody1"}, "valid-lang"),
    "heading leaves out a level": ({"more": "<h5>Saut</h5>"}, "heading-order"),
    "page has no title": ({"title": ""}, "no title"),
    "page leaks code": ({"foot": "None"}, "leaks code"),
}


@pytest.fixture(scope="module")
def window(browser):
    """Drawn small, as pages are when they are examined: so faults are found in it."""
    page = browser.new_page(no_viewport=True)
    yield Window(page)
    page.close()


@pytest.fixture
def reviewer(window) -> Reviewer:
    """Who has passed the page in one language, in both widths."""
    reviewer = Reviewer()
    assert show(window, reviewer, "de", **WORDS) == []
    assert reviewer.n_in_full == len(WIDTHS)
    return reviewer


WIDTHS = (320, 1280)


def show(window: Window, reviewer: Reviewer, lang: str, **words: str) -> list[str]:
    """List what is found in both widths."""
    found = []
    window.page.set_content(PAGE.format(lang=lang, **words))
    for width in WIDTHS:
        window.resize(width, 900)
        found += [f"{width}: {text}" for text in reviewer.examine(window.page, lang)]
    return found


def test_other_words_alone_are_not_examined_in_full(window, reviewer):
    assert show(window, reviewer, "fr", **OTHERS) == []
    assert reviewer.n_in_full == len(WIDTHS)


@pytest.mark.parametrize("name", FAULTS)
def test_fault_in_another_language_is_found(window, reviewer, name):
    words, rule = FAULTS[name]

    found = show(window, reviewer, "fr", **{**OTHERS, **words})

    assert any(rule in text for text in found), found


def test_heading_that_stands_on_what_is_above_it_is_found(window):
    more = '<div>Davor</div><h2 style="margin: {}">Titel</h2>'
    close, apart = ({**WORDS, "more": more.format(margin)} for margin in ("0", "1rem 0"))

    assert any("no distance: h2 on div" in text for text in show(window, Reviewer(), "de", **close))
    assert show(window, Reviewer(), "de", **apart) == []


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ('<div style="width: 90px"><table><tr><td>{}</td></tr></table></div>', "table in div"),
        ('<div style="width: 90px"><p class="row">{}</p></div>', "text in p.row"),
        ('<div style="width: 90px"><b style="display: block; width: 95px">a</b></div>', "b in div"),
        ('<div style="width: 90px; overflow: auto" tabindex="0">{}</div>', ""),
        ('<div style="width: 90px; overflow: auto" tabindex="0"><p>{}</p></div>', "text in p"),
        ('<div style="width: 90px"><p class="vh">{}</p></div>', ""),
        ('<div style="width: 290px"><p>{}</p></div>', ""),
    ],
)
def test_what_stands_out_of_its_box_is_found(window, more, wanted):
    window.page.set_content(PAGE.format(lang="de", **{**WORDS, "more": more.format("m" * 12)}))

    found = call(window.page, "own", "de")

    assert found == ([f"stands out: {wanted}"] if wanted else [])


PLACES = """() => [devicePixelRatio, screen.width, ...[...document.querySelectorAll("body *")]
  .map(one => JSON.stringify(one.getBoundingClientRect()))]"""


def test_page_that_is_drawn_small_is_the_same_to_scripts(window):
    looks = []
    for scale in (FULL, SMALL):
        window.page.set_content(PAGE.format(lang="de", **WORDS))
        window.resize(320, 900, scale)
        places = window.page.evaluate(PLACES)
        looks.append((call(window.page, "look", "de", ["de"]), places))

    assert looks[0] == looks[1]


def test_every_rule_that_is_asked_by_itself_has_a_fault_here():
    asked = set(re.findall(r'ask\.add\("([a-z-]+)"\)', SKELETON))

    assert asked
    assert asked - {rule for _, rule in FAULTS.values()} == set()


def test_fault_of_one_width_is_found_there_alone(window, reviewer):
    found = show(window, reviewer, "sl", **{**OTHERS, "wide": "", "long": "m" * 60})

    assert [text.split(":")[0] for text in found if "button-name" in text] == ["1280"]
    assert [text.split(":")[0] for text in found if "wider" in text] == ["320"]


def test_contrast_of_what_cannot_be_used_says_nothing_of_what_can(window):
    reviewer = Reviewer()
    pale = '<p><button type="button" {} style="color: #bbb">Absenden</button></p>'
    assert (
        show(window, reviewer, "de", **{**WORDS, "more": pale.format('aria-disabled="true"')}) == []
    )

    found = show(window, reviewer, "de", **{**WORDS, "more": pale.format("")})

    assert sum("color-contrast" in text for text in found) == len(WIDTHS)


def test_contrast_of_large_words_says_nothing_of_small_ones(window):
    reviewer = Reviewer()
    pale = '<p style="color: #888; font-size: {}px">Almen</p>'
    for size in (24, 30):
        words = {**WORDS, "more": pale.format(size)}
        assert show(window, reviewer, "de", **words) == []

    found = show(window, reviewer, "de", **{**WORDS, "more": pale.format(23)})

    assert sum("color-contrast" in text for text in found) == len(WIDTHS)


def test_contrast_of_what_is_clipped_away_says_nothing_of_what_is_seen(window):
    reviewer = Reviewer()
    pale = '<div style="clip-path: {}"><p style="color: #bbb">so</p></div>'
    assert show(window, reviewer, "de", **{**WORDS, "more": pale.format("inset(50%)")}) == []

    found = show(window, reviewer, "de", **{**WORDS, "more": pale.format("none")})

    assert sum("color-contrast" in text for text in found) == len(WIDTHS)


# Readable, though it lies over a box that is not around it.
LAID_OVER = (
    '<div class="box"><div class="dark" style="background: {ground}"></div>'
    '<b class="over" style="position: absolute; left: 130px">oben</b></div>'
)


def test_words_that_push_others_cost_no_examination_in_full(window, reviewer):
    found = show(window, reviewer, "fr", **{**OTHERS, "push": "un mot très très long"})

    assert any("color-contrast" in text for text in found)
    assert reviewer.n_in_full == len(WIDTHS)


def test_known_text_is_judged_again_where_it_lies_over_a_box(window):
    reviewer = Reviewer()
    beside = {"more": '<b class="over">oben</b>'}
    for more in (beside, {"more": LAID_OVER.format(ground="#eee")}):
        assert show(window, reviewer, "de", **{**WORDS, **more}) == []

    found = show(window, reviewer, "de", **{**WORDS, "more": LAID_OVER.format(ground="#111")})

    assert sum("color-contrast" in text for text in found) == len(WIDTHS)


def test_text_that_lies_over_a_box_hides_no_other_one(window):
    reviewer = Reviewer()
    laid = LAID_OVER.format(ground="#eee")
    assert show(window, reviewer, "de", **{**WORDS, "more": laid}) == []

    words = {**WORDS, "more": f'{laid}<p style="color: #bbb">blass</p>'}
    found = show(window, reviewer, "de", **words)

    assert sum("color-contrast" in text for text in found) == len(WIDTHS)


def test_known_text_is_judged_again_under_a_box_that_scrolls(window):
    reviewer = Reviewer()
    assert show(window, reviewer, "de", **{**WORDS, "more": '<b class="over">unten</b>'}) == []

    ground = '<div style="height: 24px; background: #111"></div>'
    scroller = f'<div class="scroller" style="position: absolute; left: 0; top: 0">{ground}</div>'
    words = {**WORDS, "more": f'<div class="box">{scroller}<b class="over">unten</b></div>'}
    found = show(window, reviewer, "de", **words)

    assert sum("color-contrast" in text for text in found) == len(WIDTHS)


LANGUAGES = (
    '<form data-language-form><button name="to" lang="de"{de}>Deutsch</button>'
    '<button name="to" lang="fr"{fr}>Français</button></form>'
)
MARKED = ' aria-current="true" style="color: {}"'


def test_another_marked_language_is_no_difference(window):
    reviewer = Reviewer()
    for language, words in (("de", WORDS), ("fr", OTHERS)):
        marks = {"de": "", "fr": ""} | {language: MARKED.format("#001a66")}
        shown = {**words, "more": LANGUAGES.format(**marks)}
        assert show(window, reviewer, language, **shown) == []

    assert reviewer.n_in_full == len(WIDTHS)

    marks = {"de": "", "fr": MARKED.format("#ccc")}
    found = show(window, reviewer, "fr", **{**OTHERS, "more": LANGUAGES.format(**marks)})
    assert sum("color-contrast" in text for text in found) == len(WIDTHS)


def test_document_that_follows_is_examined_anew(window, reviewer):
    window.page.goto("about:blank")

    found = show(window, reviewer, "fr", **{**OTHERS, "icon": ""})

    assert sum("button-name" in text for text in found) == len(WIDTHS)


def test_contrast_is_asked_again_in_another_theme(window, reviewer):
    show(window, reviewer, "de", **WORDS)
    window.page.evaluate("document.body.style.color = '#bbb'")

    assert "color-contrast" in reviewer.examine_contrast(window.page, "de")[0]


def test_wrong_size_of_the_window_is_found(window, reviewer):
    window.page.set_content(PAGE.format(lang="de", **WORDS))
    window.resize(1280, 900)

    assert reviewer.examine(window.page, "de", (1280, 900)) == []
    assert reviewer.examine(window.page, "de", (320, 900)) == [
        "window is [1280, 900] instead of (320, 900)"
    ]


def test_wrong_language_is_found(window, reviewer):
    window.page.set_content(PAGE.format(lang="de", **OTHERS))

    assert reviewer.examine(window.page, "sl") == ["lang is de"]


def test_what_was_not_sound_is_not_remembered(window):
    reviewer = Reviewer()
    for _ in range(2):
        found = show(window, reviewer, "de", **{**WORDS, "icon": ""})
        assert sum("button-name" in text for text in found) == len(WIDTHS)


def test_page_with_a_frame_is_always_examined_in_full(window, reviewer):
    framed = {"more": '<iframe title="Karte" srcdoc="<p>Karte</p>"></iframe>'}
    before = reviewer.n_in_full
    for lang, words in (("de", WORDS), ("fr", OTHERS)):
        show(window, reviewer, lang, **{**words, **framed})

    assert reviewer.n_in_full == before + 2 * len(WIDTHS)


TINY = '<a href="/de/{}/" style="font: 9px/9px monospace">ij</a>'
BESIDE = {
    "nothing": "",
    "a comma": ", ",
    "a word": " und ",
    "a sign": " · ",
    "a break": "<br>",
    "a block": '<div style="height: 2px"></div>',
    "a block of words": "<div>Wort</div>",
    "an inline box": "<b> und </b>",
    "a button": '<button style="padding: 0; border: 0; font: 9px/9px monospace">ij</button>',
}


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("around", ["<div>{}</div>", "<p>Am Ort {}</p>", "<ul><li>{}</li></ul>"])
def test_size_of_targets_is_asked_wherever_axe_has_something_to_say(window, beside, around):
    pair = TINY.format("a") + BESIDE[beside] + TINY.format("b")
    window.page.set_content(PAGE.format(lang="de", **{**WORDS, "more": around.format(pair)}))

    found = ask(window.page, only(["target-size"])).found

    assert not found or "target-size" in call(window.page, "look", "de", ["de"])["ask"]

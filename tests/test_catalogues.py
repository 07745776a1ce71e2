"""Five complete catalogues, typeset as each language wants it, with the words of the glossary."""

import ast
import re
from functools import cache
from gettext import c2py
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.template.base import Lexer, TokenType
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from alpclusters.platform.languages.catalogues import po_path
from alpclusters.platform.languages.codes import (
    DEFAULT_LANGUAGE,
    LANGUAGE_CODES,
    TRANSLATED_LANGUAGES,
)
from alpclusters.platform.languages.rows import ROWS
from tools.catalogue import n_forms

pytestmark = pytest.mark.unit

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "alpclusters"
FOREIGN = TRANSLATED_LANGUAGES
NAMED = re.compile(r"%\((\w+)\)[sdif]|(?<!\{)\{(\w*)(?:[!:][^{}]*)?\}(?!\})")


@cache
def catalogue_of(code: str) -> polib.POFile:
    """Return a catalogue; English has none: what it says is what the sources say."""
    if code != DEFAULT_LANGUAGE:
        return polib.pofile(str(po_path(code)))
    source = polib.pofile(str(po_path("de")))
    for entry in source:
        entry.msgstr = "" if entry.msgid_plural else entry.msgid
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural} if entry.msgid_plural else {}
    return source


def entries(code: str):
    return [entry for entry in catalogue_of(code) if not entry.obsolete]


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in NAMED.findall(text)}


def offending(code: str, pattern: str) -> list[str]:
    """List the translations a pattern is found in; addresses of the web are left out."""
    found = re.compile(pattern)
    return [
        text
        for entry in entries(code)
        for text in texts(entry)
        if found.search(re.sub(r"https?://\S+", "", text))
    ]


# --- complete ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FOREIGN)
def test_nothing_is_missing(code):
    missing = [e.msgid for e in entries(code) if not all(texts(e)) or not texts(e)]

    assert missing == []


@pytest.mark.parametrize("code", FOREIGN)
def test_nothing_is_fuzzy_or_left_over(code):
    catalogue = catalogue_of(code)

    assert [e.msgid for e in catalogue if e.fuzzy] == []
    assert [e.msgid for e in catalogue.obsolete_entries()] == []
    assert [e.msgid for e in entries(code) if not e.occurrences] == []


def test_all_catalogues_have_the_same_messages():
    keys = {code: {(e.msgctxt or "", e.msgid) for e in entries(code)} for code in FOREIGN}

    differing = {code: sorted(keys["de"] ^ keys[code]) for code in FOREIGN}
    assert differing == {code: [] for code in FOREIGN}


@pytest.mark.parametrize("code", FOREIGN)
def test_every_plural_form_is_filled(code):
    wrong = [
        e.msgid
        for e in entries(code)
        if e.msgid_plural and sorted(e.msgstr_plural) != list(range(n_forms(code)))
    ]

    assert catalogue_of(code).metadata["Plural-Forms"] == ROWS[code].plural
    assert wrong == []


def test_english_needs_no_catalogue():
    entry = next(e for e in entries("en") if e.msgid_plural)
    with translation.override("en"):
        chosen = [ngettext(entry.msgid, entry.msgid_plural, n) for n in (0, 1, 2)]
        in_context = pgettext("a context", "Nobody says this")

    assert chosen == [entry.msgid_plural, entry.msgid, entry.msgid_plural]
    assert in_context == "Nobody says this"


@pytest.mark.parametrize("code", FOREIGN)
def test_django_chooses_the_plural_form_our_header_names(code):
    rule = c2py(ROWS[code].plural.split("plural=")[1].rstrip(";"))
    entry = next(e for e in entries(code) if len(set(e.msgstr_plural.values())) > 1)
    numbers = [*range(205), 1_000_000, 1_000_001, 2_000_000]
    with translation.override(code):
        chosen = [ngettext(entry.msgid, entry.msgid_plural, n) for n in numbers]

    assert chosen == [entry.msgstr_plural[rule(n)] for n in numbers]


@pytest.mark.parametrize("code", FOREIGN)
def test_placeholders_are_those_of_the_message(code):
    wrong = []
    for entry in entries(code):
        wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
        for text in filter(None, texts(entry)):
            found = placeholders(text)
            is_wrong = not found <= wanted if entry.msgid_plural else found != wanted
            wrong += [text] if is_wrong else []

    assert wrong == []


@pytest.mark.parametrize("code", FOREIGN)
def test_markup_is_that_of_the_message(code):
    def marks(text: str) -> list[str]:
        return sorted(re.findall(r"</?\w+", text))

    wrong = [
        text
        for entry in entries(code)
        for text in filter(None, texts(entry))
        if marks(text) != marks(entry.msgid)
    ]

    assert wrong == []


@pytest.mark.parametrize("code", FOREIGN)
def test_spaces_at_both_ends_are_those_of_the_message(code):
    wrong = [
        text
        for entry in entries(code)
        for text in filter(None, texts(entry))
        if (text[:1].isspace(), text[-1:].isspace())
        != (entry.msgid[:1].isspace(), entry.msgid[-1:].isspace())
    ]

    assert wrong == []


# --- what Django says -------------------------------------------------------------------------

DJANGO_SAYS = [
    lambda: gettext("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    lambda: gettext("Constraint “%(name)s” is violated."),
    lambda: gettext("“%(pk)s” is not a valid value."),
    lambda: gettext("Ensure this value is a multiple of step size %(limit_value)s."),
    lambda: pgettext("String to return when truncating text", "%(truncated_text)s…"),
    lambda: gettext("This field is required."),
    lambda: gettext("Enter a valid date."),
    lambda: gettext("Enter a valid email address."),
    lambda: gettext("Select a valid choice. %(value)s is not one of the available choices."),
    lambda: ngettext(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        5,
    ),
]


@pytest.mark.parametrize("code", FOREIGN)
def test_what_django_says_on_our_pages_is_translated(code):
    english = [say() for say in DJANGO_SAYS]
    with translation.override(code):
        translated = [say() for say in DJANGO_SAYS]

    same = {a for a, b in zip(english, translated, strict=True) if a == b}
    # An ellipsis is an ellipsis; German puts a space before it.
    assert same <= ({"%(truncated_text)s…"} if code in {"fr", "it"} else set())


# --- typeset ----------------------------------------------------------------------------------


def test_french_signs_stand_behind_spaces_that_do_not_break():
    assert offending("fr", r"[^\s\u00a0\u202f\d/]:(?=\s|$)| :") == []
    assert offending("fr", r"[^\s\u202f\u00a0;!?.(&#\w][;!?]|\w[!?](?=\s|$)|[ \u00a0][;!?]") == []
    assert offending("fr", r"«[^\u00a0]|[^\u00a0]»") == []


@pytest.mark.parametrize("code", ["fr", "it"])
def test_apostrophes_are_curved(code):
    assert offending(code, r"\w'\w") == []


@pytest.mark.parametrize(
    ("code", "quotes"),
    [("de", r"[”»«]"), ("fr", r"[„”]"), ("it", r"[„‚]"), ("sl", r"[„“”]"), ("en", r"[„‚«»]")],
)
def test_quotes_are_those_of_the_language(code, quotes):
    # The text of Django is quoted as Django quotes it.
    ours = [text for text in offending(code, quotes) if "slug" not in text and "%(" not in text]

    assert ours == []


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_quotes_and_dashes_are_not_those_of_a_typewriter(code):
    assert offending(code, r'(?<!=)"(?![^<]*>)| - |\.\.\.|\w\(s\)') == []


@pytest.mark.parametrize("code", ["de", "sl"])
def test_ellipsis_stands_behind_a_space_after_a_word(code):
    assert offending(code, r"\w…") == []


def test_germans_are_not_told_to_do_so():
    assert offending("de", r"\b([Dd]u|[Dd]ein\w*|dir|dich)\b") == []


# --- words ------------------------------------------------------------------------------------

# English word -> what it is in the four other languages, by its stem, and what it must not be.
TERMS = {
    r"\bmeasures?\b(?! of agreement)": {
        "de": "Maßnahme",
        "fr": "mesure",
        "it": "misur",
        "sl": "ukrep",
    },
    r"\bcannot judge\b": {
        "de": "nicht beurteilen",
        "fr": "me prononcer",
        "it": "in grado di valutare",
        "sl": "ne morem oceniti",
    },
    r"\brecommendations?\b": {
        "de": "Empfehlung",
        "fr": "recommandation",
        "it": "raccomandazion",
        "sl": "priporoč",
    },
    r"\baction plans?\b": {"de": "Aktionspl", "fr": "plan", "it": "pian", "sl": "načrt"},
    r"\bfindings?\b(?! the table)": {
        "de": "Befund",
        "fr": "constat",
        "it": "constatazion",
        "sl": "ugotov",
    },
    r"\bunverified\b": {
        "de": "ungeprüft",
        "fr": "non vérifié",
        "it": "non verific",
        "sl": "neprever",
    },
    r"\bsimulated\b": {"de": "imuliert", "fr": "imulé", "it": "imulat", "sl": "imuliran"},
    r"\bcriteri(on|a)\b": {"de": "Kriteri", "fr": "critère", "it": "criteri", "sl": "meril"},
}


@pytest.mark.parametrize("code", FOREIGN)
@pytest.mark.parametrize("english", TERMS)
def test_words_of_the_glossary_are_kept(english, code):
    stem = TERMS[english][code].casefold()
    wrong = [
        (entry.msgid, entry.msgstr)
        for entry in entries(code)
        if re.search(english, entry.msgid, re.IGNORECASE)
        and any(stem not in text.casefold() for text in filter(None, texts(entry)))
    ]

    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_names_are_spelt_as_we_spell_them(code):
    assert offending(code, r"Alp-?[Cc]afe\b|Alpcaf|Alp [Cc]af|Alpclusters|Alp [Cc]lusters") == []


# --- nothing stands outside the catalogues ----------------------------------------------------

# Same in all languages.
FORMATS = {"DOCX", "PDF", "CSV", "XLSX", "SVG", "JSON"}
NAMES = {"AlpClusters", "AlpCafé", "EUPL", "GitHub", "NUTS"} | FORMATS
# The page of components shows examples to developers.
FOR_DEVELOPERS = {"components/index.html", "components/phone_example.html"}
FOLDER = PACKAGE / "www" / "templates"
TEMPLATES = [
    path
    for path in sorted(FOLDER.rglob("*.html"))
    if path.relative_to(FOLDER).as_posix() not in FOR_DEVELOPERS
]
SHOWN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title", "aria-roledescription"}


class _Words(HTMLParser):
    """Collects what people read: text, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self._take(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES:
                self._take(value or "")

    def _take(self, text: str) -> None:
        found = re.findall(r"[^\W\d_]{2,}", text)
        self.words += [word for word in found if word not in NAMES]


def untranslated_words(source: str) -> list[str]:
    """List the words of a template that are outside its translate tags."""
    kept, inside = [], 0
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            inside += name in {"blocktranslate", "comment", "verbatim"}
            inside -= name in {"endblocktranslate", "endcomment", "endverbatim"}
        elif token.token_type == TokenType.TEXT and not inside:
            kept.append(token.contents)
    parser = _Words()
    parser.feed("".join(kept))
    return parser.words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_template_holds_no_word_outside_the_catalogues(path):
    assert untranslated_words(path.read_text(encoding="utf-8")) == []


def test_word_outside_the_catalogues_is_found():
    source = '<p title="Oh">{% translate "x" %} Hello {# no #}<b class="yes">{{ n }} km</b></p>'

    assert untranslated_words(source) == ["Oh", "Hello", "km"]


@pytest.mark.slow
def test_no_text_is_glued_from_translated_parts():
    """A sentence made with + or an f-string around a translation cannot be translated."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "gettext"}:
                wrong += [
                    f"{path.relative_to(PACKAGE)}:{node.lineno}"
                    for argument in node.args
                    if isinstance(argument, ast.JoinedStr | ast.BinOp)
                ]

    assert wrong == []

"""The components by themselves: what they say, in which marks, and that no state is lost."""

import os
import re
import shutil
from html.parser import HTMLParser

import html5lib
import pytest
from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import translation
from html5lib.constants import E as HTML_ERRORS

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.components import styles
from alpclusters.www.components.charts import SUMMIT, ridge
from alpclusters.www.components.examples import CHOSEN, OFFLINE, Examples
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Cell, Column, Fact, Passage, Station, Table

pytestmark = pytest.mark.unit

NAMES = (
    "measures evidence cafes network projects plans directory funding regions search about privacy "
    "accessibility licences methods evidence-data imprint"
)


def page(*_args, **_kwargs):
    return HttpResponse("")


PUBLIC = (
    [path("", page, name="home"), *(path(f"{n}/", page, name=n) for n in NAMES.split())],
    "public",
)
WORKSPACE = ([path("", page, name="dashboard")], "workspace")
ADDRESSES = tuple(
    i18n_patterns(
        path("", include(PUBLIC)),
        path("workspace/", include(WORKSPACE)),
        path("account/", include("allauth.account.urls")),
        path("components/", include("alpclusters.www.components.examples")),
    )
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def site(settings):
    """The frame of the site without the views of others."""
    settings.ROOT_URLCONF = ADDRESSES
    settings.COMPONENTS_PAGE = True
    return Client(raise_request_exception=True)


def show(source, **values):
    return Template("{% load ac %}" + source).render(Context(values))


def words(html):
    """The text that is read aloud or seen, spaces joined."""
    found = []
    parser = HTMLParser()
    parser.handle_data = found.append
    parser.feed(html)
    return " ".join("".join(found).split())


def assert_valid(html):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    assert [(where, HTML_ERRORS[code]) for where, code, _ in parser.errors] == []


@pytest.mark.parametrize("kind", ["simulated", "unverified", "suppressed", "late"])
def test_badge_says_its_meaning_by_icon_and_word(kind):
    html = show("{% badge kind %}", kind=kind)

    assert "<svg" in html
    assert words(html)


def test_certainty_shows_its_letter_with_words():
    assert words(show('{% certainty "b" %}')) == "BCertainty: supported"


def test_missing_certainty_gets_no_letter():
    html = show('{% certainty "" %}')

    assert "<b>" not in html
    assert words(html) == "No evidence yet, so no grade"


def test_fact_nobody_knows_is_shown_as_unknown():
    html = show("{% facts items %}", items=[Fact("Contact", "hidden", state="unknown")])

    assert "unknown" in words(html)
    assert "hidden" not in html


def test_fact_carries_its_source_and_mark():
    fact = Fact("Start", "2017", "unverified", "Report", "https://example.org/r")

    html = show("{% facts items %}", items=[fact])

    assert words(html) == "Start 2017 unverified Source: Report"
    assert 'href="https://example.org/r"' in html


def test_trail_links_every_station_but_the_current_and_the_missing():
    stations = [
        Station("Source", "2", "/s/"),
        Station("Measure", "Pilot", "/m/", "here"),
        Station("Value", "", "/v/", "missing"),
    ]

    html = show("{% trail stations %}", stations=stations)

    assert re.findall(r'href="(/[a-z]/)"', html) == ["/s/"]
    assert html.count('aria-current="true"') == 1
    assert "still open" in html


@pytest.mark.parametrize("count", [7, 9, 11])
def test_current_station_is_the_summit_of_the_ridge(count):
    stations = [Station(str(i), state="here" if i == 2 else "") for i in range(count)]

    line = ridge(stations)

    assert min(line.knots, key=lambda knot: knot.y) == line.knots[2]
    assert line.knots[2].y == SUMMIT
    assert len(line.edges) == count - 1


def test_line_to_a_missing_station_is_dotted():
    line = ridge([Station("a"), Station("b"), Station("c", state="missing")])

    assert [edge.is_dotted for edge in line.edges] == [False, True]


def test_rating_offers_five_numbers_and_cannot_judge_with_nothing_chosen():
    html = show("{% rating criterion %}", criterion=Examples().blank)

    assert re.findall(r'value="(\w+)"', html) == ["1", "2", "3", "4", "5", "cj"]
    assert " checked" not in html


def test_rating_keeps_the_choice_and_says_that_it_is_saved():
    html = show("{% rating criterion %}", criterion=CHOSEN)

    assert re.findall(r'value="(\w+)" checked', html) == ["4"]
    assert "Saved" in words(html)
    assert "Clear selection" in words(html)


def test_rating_without_connection_says_where_the_answer_is():
    html = show("{% rating criterion %}", criterion=OFFLINE)

    assert re.findall(r'value="(\w+)" checked', html) == ["cj"]
    assert "Saved on this device, will be sent" in words(html)


def test_estimate_never_stands_without_interval_and_people():
    html = show("{% estimate 4.2 bounds 58 %}", bounds=(3.9, 4.5))

    assert words(html) == "4.2 (3.9–4.5) n = 58"


def test_estimate_follows_the_language():
    with translation.override("sl"):
        html = show("{% estimate 0.12 bounds 1044 share=True %}", bounds=(0.08, 0.17))

    assert words(html) == "12 % (8–17 %) n = 1.044"


def test_suppressed_estimate_shows_no_number():
    assert words(show("{% estimate None %}")) == "Not shown because fewer than 5 people answered"


def test_table_repeats_the_column_names_for_the_cards_of_a_phone():
    table = Table(
        "By region", [Column("Region"), Column("n", is_number=True)], [["Salzburg", "13"]]
    )

    html = show("{% table table %}", table=table)

    assert 'data-l="n" class="r"' in html
    assert '<th scope="row"><span>Salzburg' in html


def test_suppressed_cell_does_not_leak_its_text():
    table = Table("t", [Column("a"), Column("b")], [["x", Cell("4.9", suppressed=True)]])

    assert "4.9" not in show("{% table table %}{% heat table %}", table=table)


class TwoFields(forms.Form):
    first = forms.CharField(label="First", help_text="Help")
    second = forms.CharField(label="Second", required=False)
    box = forms.BooleanField(label="Agree")


def test_field_ties_label_help_and_error_to_the_input():
    html = show("{% field form.first %}", form=TwoFields({"first": ""}))

    assert '<label for="id_first">First</label>' in html
    assert 'aria-describedby="id_first_helptext id_first_error"' in html
    assert 'id="id_first_error"' in html
    assert 'class="ac-input"' in html
    assert_valid(f"<!doctype html><title>t</title>{html}")


def test_optional_field_says_so_and_required_is_not_marked():
    form = TwoFields()

    assert "optional" in show("{% field form.second %}", form=form)
    assert "optional" not in show("{% field form.first %}", form=form)


def test_error_summary_links_to_the_fields_from_two_errors_on():
    html = show("{{ form }}", form=TwoFields({}))

    assert re.findall(r'href="(#\w+)"', html) == ["#id_first", "#id_box"]
    assert "2 errors in the form" in words(html)


def test_one_error_needs_no_summary():
    assert "ac-errors" not in show("{{ form }}", form=TwoFields({"first": "x"}))


def test_general_error_is_always_summed_up():
    form = TwoFields({"first": "x", "box": "on"})
    form.add_error(None, "The code and the name do not fit.")

    assert "The code and the name do not fit." in words(show("{{ form }}", form=form))


def test_blocked_button_stays_and_gives_its_reason():
    html = show('{% button "Publish" reason="No owner yet." %}')

    assert 'aria-disabled="true"' in html
    assert 'type="button"' in html
    assert words(html) == "PublishNo owner yet."


def test_card_with_an_address_is_one_link_named_by_its_title():
    html = show('{% card "Voucher" url="/v/" %}Text{% break %}Foot{% endcard %}')

    assert html.count("<a ") == 1
    assert re.search(r'<h3[^>]*><a href="/v/">Voucher</a></h3>', html)
    assert '<div class="foot">Foot</div>' in html


def test_text_given_to_a_component_is_escaped():
    html = show("{% card title %}{% endcard %}{% badge text=title %}", title="<script>")

    assert "<script>" not in html


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/", {"q": "wood & water"})

    html = show("{% pagination page %}", page=Examples().page, request=request)

    assert 'href="?q=wood+%26+water&amp;page=10" rel="next"' in html
    assert html.count('aria-current="page"') == 1


def test_comparison_marks_only_what_changed():
    before, after = compare("funded if ready", "funded only if ready")

    assert before == [Passage("funded"), Passage(" if ready")]
    assert after == [
        Passage("funded"),
        Passage(" "),
        Passage("only", "added"),
        Passage(" if ready"),
    ]


@pytest.mark.parametrize(("old", "new"), [("", ""), ("a", ""), ("", "b"), (" a  b\n", "a c ")])
def test_comparison_gives_both_texts_back(old, new):
    before, after = compare(old, new)

    assert "".join(p.text for p in before) == old
    assert "".join(p.text for p in after) == new


@pytest.mark.parametrize("said", ["One sentence.", "These: <ul><li>one</li></ul>", "<p>One.</p>"])
def test_message_is_valid_whatever_it_says(said):
    html = show("{% message 'warn' title='Careful.' %}" + said + "{% endmessage %}")

    assert_valid(f'<!DOCTYPE html><html lang="en"><title>x</title>{html}')
    assert words(html).startswith("Careful.")


def test_style_sheet_is_joined_anew_where_a_part_is_newer(tmp_path, monkeypatch):
    for name in styles.PARTS:
        shutil.copy(styles.CSS / f"{name}.css", tmp_path)
    monkeypatch.setattr(styles, "CSS", tmp_path)
    target = tmp_path / "site.css"

    styles.ensure_joined()
    first = target.read_text(encoding="utf-8")
    (tmp_path / "rhythm.css").write_text(".later { gap: 0; }\n", encoding="utf-8")
    later = target.stat().st_mtime + 5
    os.utime(tmp_path / "rhythm.css", (later, later))
    styles.ensure_joined()

    assert first.count(".ac-btn") > 3
    assert ".later {" not in first
    assert ".later {" in target.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.tmp"))


def test_pages_load_what_the_parts_say():
    assert (styles.CSS / "site.css").read_text(encoding="utf-8") == styles.joined()


def test_colours_are_written_in_the_tokens_only():
    parts = [p for p in styles.CSS.glob("*.css") if p.stem not in {"tokens", "site", "print"}]

    assert {p.name for p in parts if re.search(r"#[0-9A-Fa-f]{3,8}\b", p.read_text())} == set()


def test_every_colour_of_one_theme_exists_in_the_other():
    light, dark = styles.CSS.joinpath("tokens.css").read_text().split('[data-theme="dark"]')
    same = {
        "night-larch",
        "on-larch",
        "larch-hover",
        "beam-1",
        "beam-2",
        "logo-ground",
        "qr-ground",
    }

    def names(text):
        return set(re.findall(r"--([\w-]+): #", text))

    assert names(light) - names(dark) == same
    assert names(dark) - names(light) == set()


def themes():
    """The colours of both themes by name."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", text))
        for text in styles.CSS.joinpath("tokens.css").read_text().split('[data-theme="dark"]')
    )
    return {"light": light, "dark": {**light, **dark}}


def contrast(first, second):
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour):
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return sum(w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "surface", "sunken", "tint")
WORDS = [
    *((ink, ground) for ground in GROUNDS for ink in ("ink", "ink-2", "ink-3", "lake")),
    *re.findall(
        r"(\S+)/(\S+)",
        "on-lake/lake on-lake/lake-hover on-lake/lake-press ink/lake-soft lake/lake-soft "
        "on-night/night on-night/night-2 on-night-2/night night-larch/night on-larch/larch "
        "on-larch/larch-hover larch-ink/larch-soft larch-ink/surface larch-ink/paper "
        "danger/danger-soft danger/surface danger/paper good/good-soft good/surface good/paper "
        "info/info-soft ink/danger-soft ink/good-soft ink/info-soft ink/warn-soft",
    ),
]
CELLS = [
    (f"on-{name}", name)
    for name in (
        *(f"seq-{i}" for i in range(1, 7)),
        *(f"div-{i}" for i in ("n3", "n2", "n1", "0", "p1", "p2", "p3")),
        *(f"rate-{i}" for i in range(1, 6)),
    )
]
MARKS = [
    *(("line-strong", ground) for ground in ("surface", "paper")),
    *(("focus", ground) for ground in GROUNDS),
    ("larch-line", "surface"),
    ("focus-on-night", "night"),
    ("larch", "night"),
    *((f"cat-{i}", "surface") for i in range(1, 8)),
    *((f"tier-{i}", "surface") for i in range(1, 4)),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "need"), [(WORDS, 4.5), (CELLS, 4.5), (MARKS, 3.0)])
def test_colours_that_meet_have_enough_contrast(theme, pairs, need):
    colours = themes()[theme]

    low = {(a, b): round(contrast(colours[a], colours[b]), 2) for a, b in pairs}

    assert {pair: ratio for pair, ratio in low.items() if ratio < need} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_component_page_is_valid_and_without_inline_style_or_script(site, language):
    html = site.get(f"/{language}/components/").content.decode()

    assert_valid(html)
    assert f'<html lang="{language}"' in html
    assert re.findall(r"\sstyle=|<style|\son\w+=|javascript:", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []
    assert html.count("<h1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_phone_frame_is_valid_and_links_the_other_languages(site, language):
    html = site.get(f"/{language}/components/phone/").content.decode()

    assert_valid(html)
    assert set(re.findall(r'href="(/\w\w/components/phone/)"', html)) == {
        f"/{code}/components/phone/" for code in LANGUAGE_CODES
    }


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_pages_are_valid_and_show_a_way_out(site, status):
    answer = site.get(f"/de/components/error/{status}/")
    html = answer.content.decode()

    assert answer.status_code == status
    assert_valid(html)
    assert html.count("<h1") == 1
    assert re.search(r'href="/(de/)?"', html)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["login", "login/code", "password/reset", "signup"])
def test_sign_in_pages_are_valid_and_wear_the_frame(site, address):
    html = site.get(f"/sl/account/{address}/").content.decode()

    assert_valid(html)
    assert html.count("<h1") == 1
    assert 'class="ac-head"' in html


@pytest.mark.django_db
def test_current_noun_of_the_header_is_marked(site):
    html = site.get("/de/components/").content.decode()

    assert not re.search(r'<a href="/de/measures/" aria-current', html)

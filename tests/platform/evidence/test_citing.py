"""Citations: what a reader of BibTeX and of CSL JSON gets back."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.platform.evidence.domain.citing import (
    Citation,
    Kind,
    bibtex,
    citation_key,
    cite_document,
    cite_initiative,
    cite_lesson,
    cite_package,
    csl_json,
    iso_of,
    parts_of,
)
from alpclusters.platform.evidence.models import Document, Initiative, Lesson, Programme

pytestmark = pytest.mark.unit
CHANGED = datetime(2026, 11, 25, tzinfo=UTC)
# What LaTeX prints for what we write.
COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{letter}": letter for letter in "&%$#_"},
}


def value_at(text: str, start: int) -> tuple[str, int]:
    """Read a value in braces as BibTeX does: it counts braces and knows no backslash."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    message = "braces do not close"
    raise AssertionError(message)


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Read one entry: its kind, its key and its fields as they stand between the braces."""
    head = re.match(r"@(\w+)\{([A-Za-z0-9-]+),\n", text)
    assert head, text
    place, fields = head.end(), {}
    while found := re.compile(r"\s*(\w+) = ").match(text, place):
        place = found.end()
        if text[place] == "{":
            fields[found[1]], place = value_at(text, place)
        else:
            bare = re.compile(r"\w+").match(text, place)
            fields[found[1]], place = bare[0], bare.end()
        assert text[place] == ","
        place += 1
    assert text[place:] == "\n}\n"
    return head[1], head[2], fields


def printed(value: str) -> str:
    """Return what LaTeX prints, without the braces that keep capitals."""
    value = re.sub(r"^\{(.*)\}$", r"\1", value, flags=re.DOTALL)
    pattern = "|".join(re.escape(command) for command in COMMANDS)
    plain = re.sub(pattern, lambda found: COMMANDS[found[0]], value)
    assert "\\" not in re.sub(pattern, "", value), "a command nobody knows"
    return plain


def initiative(**fields: object) -> Initiative:
    values = {
        "key": "clustrat", "acronym": "CluStrat", "title": {"en": "Clusters & 100 % growth"},
        "changed_at": CHANGED, "reference": "3CE_404 #1",
        "programme": Programme(key="ce", name="CENTRAL EUROPE", period="2007-2013"),
    }  # fmt: skip
    return Initiative(**{**values, **fields})


def test_initiative_comes_back_from_bibtex():
    cited = cite_initiative(
        initiative(
            start=date(2011, 10, 1), start_precision="month", end=date(2014, 1, 1),
            end_precision="year",
        ),
        address="https://a.example/en/initiatives/clustrat/",
        language="en",
    )  # fmt: skip

    kind, key, fields = read_bibtex(bibtex(cited))

    assert (kind, key) == ("misc", "alpclusters-initiative-clustrat")
    assert printed(fields["title"]) == "CluStrat: Clusters & 100 % growth"
    assert fields["author"] == "{AlpClusters}"
    assert (fields["year"], fields["month"], fields["date"]) == ("2026", "nov", "2026-11-25")
    assert fields["eventdate"] == "2011-10/2014"
    assert printed(fields["number"]) == "3CE_404 #1"
    assert fields["url"] == "https://a.example/en/initiatives/clustrat/"
    assert fields["note"] == "CENTRAL EUROPE 2007-2013"


def test_initiative_is_csl_json_with_dates_as_exact_as_known():
    cited = cite_initiative(
        initiative(start=date(2011, 10, 1), start_precision="month", is_simulated=True),
        address="https://a.example/x/",
        language="de",
    )

    [item] = json.loads(csl_json(cited))

    assert item["type"] == "entry"
    assert item["issued"] == {"date-parts": [[2026, 11, 25]]}
    assert item["event-date"] == {"date-parts": [[2011, 10]]}
    assert item["note"] == "CENTRAL EUROPE 2007-2013; simulated"
    assert item["author"] == [{"literal": "AlpClusters"}]


def test_document_is_cited_itself_with_its_own_address_and_year():
    document = Document(
        key="guide", title="Guide {to} clusters", authors="Ministry of Economy and Labour; Söl, Ö.",
        year=2006, source_type="own_report", address="https://b.example/a b_c%20{d}.pdf",
        read_on=date(2026, 11, 2), language="mul",
    )  # fmt: skip

    cited = cite_document(document, address="https://a.example/en/sources/guide/")
    [item] = json.loads(csl_json(cited))
    _kind, _key, fields = read_bibtex(bibtex(cited))

    assert item["type"] == "report"
    assert item["issued"] == {"date-parts": [[2006]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 2]]}
    assert [name["literal"] for name in item["author"]] == [
        "Ministry of Economy and Labour",
        "Söl, Ö.",
    ]
    assert "language" not in item
    assert "month" not in fields
    # Braces keep "and" and the comma within a name.
    assert fields["author"] == "{Ministry of Economy and Labour} and {Söl, Ö.}"
    assert fields["url"] == "https://b.example/a%20b_c%20%7Bd%7D.pdf"
    assert printed(fields["title"]) == "Guide {to} clusters"


def test_unknown_things_are_left_out():
    bare = cite_document(Document(key="x", title="X"), address="https://a.example/x/")
    [item] = json.loads(csl_json(bare))

    assert set(item) == {"id", "type", "title", "URL"}
    assert set(read_bibtex(bibtex(bare))[2]) == {"title", "url"}


def test_lesson_and_package_are_cited_with_their_version():
    lesson = Lesson(key="owner", statement={"en": "Owners matter"}, changed_at=CHANGED)
    cited = cite_lesson(lesson, address="https://a.example/l/", language="en")
    package = cite_package(address="https://a.example/d/", version="0a1b", issued=date(2026, 1, 2))

    assert read_bibtex(bibtex(cited))[1] == "alpclusters-lesson-owner"
    assert read_bibtex(bibtex(package))[2]["version"] == "0a1b"
    assert json.loads(csl_json(package))[0]["type"] == "dataset"


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_survives_bibtex(title, authors):
    cited = Citation(
        kind=Kind.REPORT, key="a", title=title, address="https://a.example/", authors=tuple(authors)
    )

    fields = read_bibtex(bibtex(cited))[2]

    assert printed(fields.get("title", "")) == " ".join(
        re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", title).split()
    )


@given(st.text(max_size=40))
def test_keys_are_letters_digits_and_hyphens(text):
    assert re.fullmatch(r"[A-Za-z0-9-]+", citation_key(text))


@pytest.mark.parametrize(
    ("precision", "text"), [("year", "2013"), ("month", "2013-07"), ("day", "2013-07-01")]
)
def test_dates_keep_their_precision(precision, text):
    assert iso_of(parts_of(date(2013, 7, 1), precision)) == text

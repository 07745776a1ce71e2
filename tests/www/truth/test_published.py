"""Every number of the demonstration opens exactly what it counts."""

import re

import pytest

from alpclusters.platform.evidence.models import Document
from alpclusters.www.truth.marks import read_marks
from alpclusters.www.truth.numbers import check_published, public_pages, visitor

pytestmark = [pytest.mark.integration, pytest.mark.slow, pytest.mark.usefixtures("project", "db")]


def test_every_number_in_two_languages_stands_where_it_leads():
    found = check_published(languages=("de", "sl"), each=1)

    assert found.checked.mismatches == ()
    assert found.checked.n > 300
    assert found.n_pages > 120


def test_all_eleven_stations_of_the_home_page_can_be_followed(remembered):
    figures = read_marks(remembered("/de/")).figures

    assert [figure.key for figure in figures if "/" in figure.href][:11] == [
        "documents", "activities", "lessons", "measures", "cafes", "people", "findings",
        "recommendations", "actions", "funding", "values",
    ]  # fmt: skip


def test_visitor_reads_no_page_of_the_workspace_and_no_file():
    fetch = visitor()

    assert not fetch("/de/workspace/")
    assert not fetch("/de/evidence/data.csv")
    assert "/de/workspace/" not in public_pages(fetch, "de", each=1).pages


@pytest.mark.parametrize(("language", "word"), [("de", "simuliert"), ("sl", "simulirano")])
def test_simulated_report_says_so_beside_its_title_in_the_language_of_the_reader(
    remembered, language, word
):
    report = Document.objects.get(is_simulated=True, key__endswith="ridge-report")

    page = remembered(f"/{language}/sources/{report.key}/")

    assert re.findall(r"<h1[^>]*>([^<]*)</h1>", page) == ["Ridge: final report"]
    assert word in re.search(r'<p class="ac-kicker">.*?</p>', page, re.DOTALL)[0]

"""Page, report and protocol of an AlpCafé begin with the same brief."""

import html
import re

import pytest

from alpclusters.platform.evaluation.domain.protocols import build_protocol
from alpclusters.reports.blocks import Bullets, Heading, PageBreak, Paragraph, Table, plain, walk
from alpclusters.www.public.evaluations.evaluation_files import document_of
from tests.factories.evaluation import make_snapshot
from tests.factories.protocols import make_held_cafe
from tests.reports.test_protocol import built

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(scope="module")
def held(once):  # noqa: ARG001 - to write for the whole file
    cafe = make_held_cafe()
    return build_protocol(cafe), make_snapshot(cafe=cafe, released=True)


def brief_in(blocks):
    """Blocks up to the second break."""
    breaks = [place for place, block in enumerate(blocks) if isinstance(block, PageBreak)]
    return list(blocks[: breaks[1]])


@pytest.mark.parametrize("language", ["de", "sl"])
def test_protocol_begins_with_the_brief_of_the_report(held, language):
    record, snapshot = held
    report, protocol = document_of(snapshot, language), built(record, language)

    heading, *brief = brief_in(protocol.blocks)

    assert heading == Heading(report.title)
    assert brief == brief_in(report.blocks)


@pytest.mark.parametrize("language", ["de", "sl"])
def test_page_begins_with_the_brief_of_the_report(client, held, language):
    _record, snapshot = held
    report = document_of(snapshot, language)
    brief = brief_in(report.blocks)

    answer = client.get(f"/{language}/evaluations/{snapshot.pk}/").content.decode()

    page = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", answer)))
    assert f"<h1>{html.escape(report.title)}</h1>" in answer.replace('<h1 class="long">', "<h1>")
    said = [plain(b.text) for b in walk(tuple(brief)) if isinstance(b, Heading | Paragraph)]
    said += [plain(i) for b in walk(tuple(brief)) if isinstance(b, Bullets) for i in b.items]
    tables = [b for b in brief if isinstance(b, Table)]
    said += [table.caption for table in tables] + [str(r[0]) for t in tables for r in t.value_rows]
    places = [page.find(re.sub(r"\s+", " ", words)) for words in said if words]
    assert -1 not in places
    start = answer.index('data-table="brief"')
    assert start < answer.index("data-chart=")
    assert start < answer.index('data-table="decisions"')

"""Statements about the person in report and protocol: their own answers, who says so, why apart."""

import pytest

from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.measures.models import Measure
from alpclusters.reports.blocks import Heading, Paragraph, Table
from alpclusters.reports.evaluation.results import person_items_section, person_lines
from alpclusters.reports.protocol.ratings import ratings
from tests.factories.judging import TWO_CRITERIA, four_cafe
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def evaluated(rows: list[str], *, about: bool | None):
    cafe = four_cafe(rows, criteria=TWO_CRITERIA[:1])
    change_texts(Measure.objects.filter(key="visit"), name={"fr": "Je possède une maison"})
    cafe.cafe_measures.filter(measure__key="visit").update(is_about_person=about)
    return compute(cafe)


MANY = ["4321"] * 4 + ["4233"] * 5 + ["2345"] * 9 + ["333."] * 2
FEW = ["4321"] * 2 + ["4233"] * 2 + ["2345"] * 3


def test_marked_statement_is_told_as_agree_between_disagree_with_its_interval():
    found = evaluated(MANY, about=True)
    heading, lead, table = person_items_section(person_lines(found, "fr"), "fr")

    assert isinstance(heading, Heading)
    assert isinstance(lead, Paragraph)
    assert isinstance(table, Table)
    ((name, agree, interval, between, disagree, cannot, n),) = table.rows
    assert (name, cannot, n) == ("Je possède une maison", 2, 18)
    assert [round(share * 18) for share in (agree, between, disagree)] == [9, 5, 4]
    assert interval.low < agree < interval.high


def test_report_names_a_proposal_and_that_nobody_has_decided():
    found = evaluated(MANY, about=None)
    (table,) = [b for b in person_items_section(person_lines(found, "en"), "en")
                if isinstance(b, Table)]  # fmt: skip

    assert table.caption == "Proposals that are not yet confirmed"
    assert "not yet decided" in str(table.note)


def test_of_five_to_nine_people_only_the_three_bands_are_told():
    found = evaluated(FEW, about=True)
    table = person_items_section(person_lines(found, "en"), "en")[-1]

    assert isinstance(table, Table)
    ((_, agree, interval, between, disagree, *_),) = table.rows
    assert (interval, round(agree * 7), round(between * 7), round(disagree * 7)) == (None, 3, 2, 2)


def test_protocol_has_the_same_table_and_no_other_line_names_the_statement():
    found = evaluated(MANY, about=True)

    blocks = ratings(None, found, "en")  # type: ignore[arg-type] - it asks the record nothing

    naming = [b for b in blocks if isinstance(b, Table) and "visit" in str(b.rows)]
    assert [table.name for table in naming] == ["persons"]


def test_nothing_is_said_where_every_measure_is_an_opinion():
    assert person_items_section(person_lines(evaluated(MANY, about=False), "en"), "en") == []

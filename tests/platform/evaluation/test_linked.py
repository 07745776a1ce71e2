"""Figures that join several answers of a person tell nothing that the counts do not.

The counts of every question are told and audited. So a ranking has to be the same whoever gave
which two answers, and what the methods see has to be what is told.
"""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alpclusters.platform.evaluation.domain.computing import compute, draft, judge
from alpclusters.platform.evaluation.domain.opened import deal_out, labels_of, open_groups
from alpclusters.platform.evaluation.domain.records import REGION
from alpclusters.platform.evaluation.domain.statements import evaluation_statements, told_counts
from alpclusters.platform.evaluation.domain.tables import rating_tables, standing_table
from tests.factories.judging import GOLDEN, four_cafe, two_camps

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REGIONS = ("AT32", "ITC4")
BOTH = ("effectiveness", "durability")


def turned(rows):
    """Give the same answers to each question in each region to other people."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    for number, column in enumerate(columns):
        for region in range(len(REGIONS)):
            own = column[region :: len(REGIONS)]
            column[region :: len(REGIONS)] = own[number:] + own[:number]
    return ["".join(row) for row in zip(*columns, strict=True)]


def judged_parts(evaluation):
    return [
        evaluation.combined,
        *((one.ranking, one.regional, one.common, one.decisions) for one in evaluation.criteria),
    ]


def test_rankings_and_decisions_are_the_same_whoever_gave_which_two_answers():
    rows = [*GOLDEN, *GOLDEN]
    assert turned(rows) != rows

    found = [
        compute(four_cafe(each, regions=REGIONS, criteria=BOTH)) for each in (rows, turned(rows))
    ]

    one, other = (judged_parts(evaluation) for evaluation in found)
    assert [len(each.ranking.measures) for each in found[0].criteria] == [4, 4]
    assert found[0].criteria[0].regional is not None
    assert one == other


def test_methods_that_join_answers_see_only_counts_that_are_told():
    cafe = two_camps(60, regions=REGIONS)
    made = draft(cafe)
    told = set(evaluation_statements(made.evaluation, made.view, "r"))
    members = made.view.members(
        {name: [g.key for g in own] for name, own in made.evaluation.groups.items()}
    )

    n_seen = 0
    for result in made.evaluation.criteria:
        groups = open_groups([result.description], REGION)
        classes = [made.view.everyone, *(members[REGION][str(group)] for group in groups)]
        for item in result.description.measures:
            block = made.view.block((result.pk, int(item.measure)))
            for people in classes:
                assert set(told_counts(block, people, "r")) <= told
                n_seen += 1
    assert n_seen == 2 * 4 * 3


def test_two_criteria_in_one_picture_see_exchanged_answers():
    cafe = two_camps(60)
    table = standing_table(rating_tables(cafe))

    exchanged = draft(cafe).exchanged

    def counted(of):
        return {block: sorted(map(str, own.values())) for block, own in of.answers().items()}

    assert counted(exchanged) == counted(table)
    assert set(exchanged.rows) != set(table.rows)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_changes_hands_within_a_region_leaves_rankings_and_decisions(data):
    cafe = four_cafe([*GOLDEN, *GOLDEN], regions=REGIONS, criteria=BOTH)
    made = draft(cafe)
    table = standing_table(rating_tables(cafe))
    labels = {
        name: {
            who: key
            for key, own in groups.items()
            for place in own
            for who in [made.told.histories.people[place]]
        }
        for name, groups in made.view.members(
            {name: [g.key for g in own] for name, own in made.evaluation.groups.items()}
        ).items()
    }
    other = []
    for (measure, criterion), answers in table.answers().items():
        for group in sorted(set(labels[REGION].values())):
            people = [who for who in answers if labels[REGION][who] == group]
            changed = data.draw(st.permutations(people))
            other += [
                (who, measure, criterion, answers[giver])
                for who, giver in zip(people, changed, strict=True)
            ]

    results = made.evaluation.criteria
    found = [
        judge(each, {}, results, labels, {}) for each in (table, replace(table, rows=tuple(other)))
    ]

    one, other_ = (judged_parts(each) for each in found)
    assert made.evaluation.criteria[0].decisions.groups == REGIONS
    assert one == other_
    by_region = {
        r.pk: labels_of(labels[REGION], open_groups([r.description], REGION)) for r in results
    }
    dealt = deal_out(table, by_region)
    assert sorted(map(str, dealt.rows)) == sorted(
        map(str, deal_out(replace(table, rows=tuple(other)), by_region).rows)
    )

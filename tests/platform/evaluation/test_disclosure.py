"""Two attacks, written differently, on what the demonstration publishes of its AlpCafés."""

import csv
import io

import pytest

from alpclusters.analysis.disclosure import MISSING, Block, Register, Statement
from alpclusters.platform.cafe.domain.demonstration import create_demonstration
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain import demonstration
from alpclusters.platform.evaluation.domain.disclosure import audit_cafe, audited_cafes
from alpclusters.platform.evaluation.domain.histories import CANNOT
from alpclusters.platform.evaluation.domain.open_data import open_data_files
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.domain.statements import member_groups, splits_of
from alpclusters.platform.evaluation.domain.tables import rating_tables, standing_table
from alpclusters.platform.operation.reference import load_reference_data
from alpclusters.platform.partnership.models import Project
from tests.analysis.disclosure.attack import classes_of, fixed_by_equations, freed_by_exchanges
from tests.factories.cafe import NOW
from tests.factories.evaluation import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]
PLACES = range(5)


@pytest.fixture(scope="module")
def cafes(once):  # noqa: ARG001 - the rows are taken back
    load_reference_data()
    project = make_project(kind=Project.Kind.DEMONSTRATION)
    create_demonstration(project, now=NOW)
    demonstration.create_demonstration(project, now=NOW)
    return audited_cafes()


@pytest.mark.parametrize("place", PLACES)
def test_first_attack_finds_nobody(cafes, place):
    found = audit_cafe(cafes[place])

    assert (found.people, found.answers.undecided, found.n_untrue) == (frozenset(), 0, 0)
    assert found.n_statements >= 360
    assert [known.share for known in found.known] == [0] * 6


@pytest.mark.parametrize("place", PLACES)
def test_second_attack_on_the_downloaded_file_finds_nobody(cafes, place):
    """Without solver: equations alone fix no answer, and exchanges free those of one mind."""
    cafe = AlpCafe.objects.get(pk=cafes[place].pk)
    register, blocks = read_by_an_outsider(cafe)

    for block in blocks:
        classes = classes_of(register, block)
        sizes = [len(members) for members in classes.people]
        truth = classes.truth()
        for column in fixed_by_equations(classes.system):
            assert truth[column] < sizes[column // len(classes.values)]
        # Where a class gave several answers its people can be exchanged among themselves.
        alike = {
            person
            for members in classes.people
            if len({classes.answers[person] for person in members}) == 1
            for person in members
        }
        assert not alike or alike <= freed_by_exchanges(classes, tries=20_000)


def read_by_an_outsider(cafe):
    """Make statements of the counts in the public file, with the guest list beside it."""
    evaluation = evaluation_of(cafe.snapshots.get())
    table = standing_table(rating_tables(cafe))
    people = sorted({row[0] for row in table.rows})
    measures = {item.key: item.pk for item in evaluation.measures}
    criteria = {result.key: result.pk for result in evaluation.criteria}
    blocks = [
        block_of(table, people, (criterion, measure))
        for criterion in criteria.values()
        for measure in measures.values()
    ]
    by_key = {block.key: block for block in blocks}
    splits = {split.name: split for split in splits_of(table, people)}
    rows = list(csv.DictReader(io.StringIO(open_data_files(cafe)["answers.csv"].decode())))
    assert rows
    told = []
    for row in (row for row in rows if row["people"].isdecimal()):
        block = by_key[criteria[row["criterion"]], measures[row["measure"]]]
        if row["split"] == "all":
            group = frozenset(range(len(people)))
        else:
            shown = [group.key for group in evaluation.groups[row["split"]]]
            key = "" if row["group"] == "other" else row["group"]
            group = member_groups(splits[row["split"]], shown)[key]
            assert len(group) >= 10
        weights = tuple(int(str(value) == row["answer"]) for value in block.values)
        n = int(row["people"])
        told.append(Statement(block.key, group, weights, n, n, "answers.csv"))
    return Register().add(told), blocks


def block_of(table, people, key):
    given = {row[0]: row[3] for row in table.rows if (row[2], row[1]) == key}
    answers = [MISSING if who not in given else given[who] or CANNOT for who in people]
    return Block.of(key, answers, values=(MISSING, CANNOT, 1, 2, 3, 4, 5))

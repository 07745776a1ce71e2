"""The share of "cannot judge" is of all answers, or there is none."""

import re

import pytest

from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from tests.factories.evaluation import CANNOT, VARIED, fill, make_cafe, make_snapshot

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def figure(client, snapshot):
    """The key figure and its words."""
    page = client.get(f"/en/evaluations/{snapshot.pk}/").content.decode()
    found = re.search(r'<dd data-total="cannot-judge".*?</dd>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])).strip()


def test_share_counts_every_answer_where_every_measure_is_shown(client):
    cafe = make_cafe()
    fill(cafe, {"AT32": [*VARIED, CANNOT, CANNOT, CANNOT, CANNOT]})
    snapshot = make_snapshot(cafe=cafe, released=True)

    assert figure(client, snapshot).startswith("20% 4 of 20 answers")


def test_no_share_is_shown_where_a_measure_is_withheld_that_few_could_judge(client):
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, {"AT32": VARIED})
    fill(cafe, {"AT32": [4, 3, 2, *[CANNOT] * 9]}, measures=("pilot",))
    snapshot = make_snapshot(cafe=cafe, released=True)

    # Over the shown measure alone it would be 0 of 16 for 9 of 28 in the database.
    assert evaluation_of(snapshot).cannot_judge_share is None
    assert figure(client, snapshot).startswith(
        "– withheld: measures that few could judge are protected"
    )

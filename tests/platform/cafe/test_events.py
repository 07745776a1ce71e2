from datetime import timedelta

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.codes import is_code
from alpclusters.platform.cafe.domain.events import (
    change_cafe,
    close_cafe,
    open_cafe,
)
from alpclusters.platform.cafe.domain.running import act
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.trail.models import Edge
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW, make_draft, make_open_cafe, make_preparation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_new_cafe_is_a_draft_with_a_code_and_its_measures_in_order():
    cafe = make_draft(measures=["pilot", "fair"])

    assert cafe.state == AlpCafe.State.DRAFT
    assert is_code(cafe.code)
    assert [row.measure.key for row in cafe.cafe_measures.all()] == ["pilot", "fair"]


def test_opening_ties_each_measure_to_the_cafe_in_the_trail():
    cafe = make_draft(measures=["fair", "pilot"])
    facilitator = make_user()

    opened = open_cafe(cafe, by=facilitator, now=NOW)

    assert opened.is_open
    assert opened.opened_at == NOW
    tied = Edge.objects.filter(kind=Edge.Kind.SHOWN_AS, to_kind="alpcafe", to_id=cafe.pk)
    assert set(tied.values_list("from_id", flat=True)) == set(
        cafe.measures.values_list("pk", flat=True)
    )


def test_cafe_without_measures_cannot_be_opened():
    cafe = make_draft(measures=[])

    with pytest.raises(StateError, match="nothing_to_rate"):
        open_cafe(cafe, by=None, now=NOW)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (lambda cafe: open_cafe(cafe, by=None, now=NOW), "cafe.not_in_preparation"),
        (lambda cafe: act(cafe, "reopen", seen=None, by=None, now=NOW), "cafe.not_closed"),
    ],
)
def test_open_cafe_cannot_be_opened_or_reopened(asked, code):
    cafe = make_open_cafe()

    with pytest.raises(StateError) as error:
        asked(cafe)

    assert error.value.code == code


def test_stale_object_does_not_close_twice():
    cafe = make_open_cafe()
    close_cafe(cafe, by=None, now=NOW)

    with pytest.raises(StateError, match="not_open"):
        close_cafe(cafe, by=None, now=NOW + timedelta(hours=1))


def test_reopened_cafe_takes_people_under_the_same_code():
    cafe = close_cafe(make_open_cafe(), by=None, now=NOW)

    again = act(cafe, "reopen", seen=None, by=None, now=NOW).cafe

    assert again.is_open
    assert again.code == cafe.code
    assert again.closed_at is None


def test_measures_change_before_the_opening_only():
    draft, opened = make_draft(), make_open_cafe()
    wanted = make_preparation(project=draft.project, measures=["label"], title="Neu")

    change_cafe(draft, wanted, by=None)
    change_cafe(opened, wanted, by=None)

    assert [m.key for m in draft.measures.all()] == ["label"]
    assert {m.key for m in opened.measures.all()} == {"fair", "pilot"}
    opened.refresh_from_db()
    assert opened.title.inside("de") == "Neu"


def test_history_says_who_opened():
    facilitator = make_user()

    cafe = open_cafe(make_draft(), by=facilitator, now=NOW)

    assert cafe.history.latest().history_user == facilitator

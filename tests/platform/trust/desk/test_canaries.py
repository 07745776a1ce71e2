"""A canary in every personal field: after the erasure none is left anywhere."""

import pytest

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.desk.erasing import erase
from alpclusters.platform.desk.finding import PLACES, find
from alpclusters.platform.trust.domain.log import verify
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW
from tests.platform.trust.desk.canaries import (
    MAIL,
    NAME,
    found_in_tables,
    personal,
    plant,
    without_rows,
)
from tests.platform.trust.desk.everywhere import build_everywhere

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(scope="module")
def everywhere(once):  # noqa: ARG001 - writes for the whole file
    """A town in which one person stands in every table there is."""
    user = make_user_with(Role.MEMBER, email=MAIL, name=NAME)
    person = build_everywhere(user)
    planted = plant(user, person)
    chief = make_user_with(Role.ADMINISTRATOR)
    return chief, user, planted


def test_there_is_a_canary_in_every_personal_field_that_can_hold_one(everywhere):
    _chief, _user, planted = everywhere
    every = {f"{model._meta.label_lower}.{field.name}" for model, field in personal()}

    assert without_rows() == []
    assert len(planted) > 150
    assert len(every - planted) < 60  # choices, dates, lists of languages


def test_nothing_of_the_person_is_left_in_any_table(everywhere):
    chief, user, planted = everywhere
    assert len(found_in_tables("canary")) >= 25
    hits = [*find(MAIL), *find(NAME)]
    assert {hit.key.partition(":")[0] for hit in hits} == {place.label for place in PLACES}

    made = erase(hits, by=chief, now=NOW)

    assert found_in_tables("canary") == {}
    assert made.is_clean
    assert made.left["n_tables"] > 200
    counted = {row["table"]: row for row in made.tables}
    assert set(counted) >= {name.rpartition(".")[0] for name in planted}
    assert all(row["found"] == row["deleted"] + row["kept"] for row in made.tables)
    assert MAIL not in repr((made.tables, made.left))
    assert str(User.objects.get(pk=user.pk)) == f"former-member-{user.pk}@invalid"
    assert verify().fault == ""

"""The demonstration's case has an account that says when more is free."""

import datetime as dt

import pytest

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.accounts.planned import rooms_of
from alpclusters.platform.funding.domain.demonstration import (
    create_demonstration,
    remove_demonstration,
)
from alpclusters.platform.funding.models import DeMinimisAid
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_account_of_the_demonstration_is_marked_counted_and_removed():
    project = make_project(kind="demonstration")
    create_demonstration(project)

    case = project.funding_cases.get()
    entries = list(DeMinimisAid.objects.all())
    (room,) = rooms_of(entries, country="AT", on=dt.date(2026, 12, 2))

    assert room.room.room_ct == 10_800_000
    assert [one.day for one in room.room.releases] == [dt.date(2028, 5, 14), dt.date(2029, 3, 2)]
    assert Organisation.objects.get().is_simulated
    assert all("simuliert" in f"{one.organisation} {one.authority}" for one in entries)
    counted = [one for u in computed_data(case)["undertakings"] for one in u.get("de_minimis", [])]
    assert sum(one["amount_ct"] for one in counted) == 19_200_000
    remove_demonstration(project)
    assert not Organisation.objects.exists()
    assert not DeMinimisAid.objects.exists()

"""The numbers of the pages of an AlpCafé that only its facilitator sees, read back."""

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.www.truth.marks import read_marks
from alpclusters.www.truth.numbers import Site, check_numbers
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import join, make_cafe, rate

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        ("cafe", ["participants", "answers", "participants.rating", "participants.finished"]),
        ("cafe_live", ["participants", "participants.rating", "answers"]),
    ],
)
def test_counts_of_the_cockpit_say_value_and_base(client, page, keys):
    cafe = make_cafe(state="open")
    people = [join(cafe) for _ in range(3)]
    rate(people[0], 4)
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=cafe.project))
    address = reverse(f"workspace:{page}", args=[cafe.pk])

    html = client.get(address).content.decode()

    marks = {mark.key: (mark.value, mark.of) for mark in read_marks(html).totals}
    assert marks == {key: ("3", "") if key == "participants" else ("1", "3") for key in keys}
    assert check_numbers(Site(lambda _: html), [address]).mismatches == ()

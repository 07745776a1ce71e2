"""An organiser writes a criterion: the kind first, then the steps and their words."""

import pytest
from django.urls import reverse

from alpclusters.analysis.scales import Kind
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.models import Criterion
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_criterion, make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "workspace:criteria"
ASKED = {"name_en": "Reach", "question_en": "How far does it reach?", "low": "1", "high": "5"}


@pytest.fixture(autouse=True)
def coordinator(client):
    person = make_user_with(Role.PARTNER_COORDINATOR, project=make_project())
    client.force_login(person)
    return person


def send(client, **data):
    return client.post(reverse(PAGE), {**ASKED, "kind": "ordered", **data})


def errors(response) -> str:
    return " ".join(str(one) for one in response.context["form"].errors.values())


def test_a_criterion_of_seven_steps_keeps_the_words_of_each_language(client) -> None:
    words = [f"word {n}" for n in range(1, 8)]

    made = send(client, high="7", words_en="\n".join(words), words_de="\n".join(words).upper())

    assert made.url == reverse(PAGE)
    scale = Criterion.objects.get(key="reach").scale
    assert (scale.kind, scale.steps) == (Kind.ORDERED, (1, 2, 3, 4, 5, 6, 7))
    assert scale.label(7) == {"de": "WORD 7", "en": "word 7"}
    assert "7 word 7" in client.get(reverse(PAGE)).text


@pytest.mark.parametrize(
    ("kind", "steps", "last"), [("yes_no", (0, 1), "Da"), ("agreement", (-1, 0, 1), "za")]
)
def test_yes_and_no_have_their_words_in_every_language_by_themselves(
    client, kind, steps, last
) -> None:
    send(client, kind=kind)

    scale = Criterion.objects.get(key="reach").scale
    assert scale.steps == steps
    assert all(set(label) == set(LANGUAGE_CODES) for label in scale.labels)
    assert scale.labels[-1]["sl"] == last


def test_two_criteria_of_one_name_have_different_keys(client) -> None:
    send(client)
    send(client)

    assert set(Criterion.objects.values_list("key", flat=True)) >= {"reach", "reach_2"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"high": "7", "words_en": "low\nhigh"}, "each of the 7 steps"),
        ({"low": "5", "high": "5"}, "at least two points that rise"),
        ({"low": "0", "high": "30"}, "too many steps"),
        ({"name_en": ""}, "one language"),
        ({"question_en": ""}, "one language"),
        ({"kind": "choice"}, "choice"),
    ],
)
def test_what_is_no_criterion_is_said_in_words_and_not_stored(client, data, said) -> None:
    before = Criterion.objects.count()

    response = send(client, **data)

    assert response.status_code == 422
    assert said in errors(response)
    assert Criterion.objects.count() == before


def test_a_member_may_not_write_criteria(client) -> None:
    make_criterion()
    client.force_login(make_user_with(Role.MEMBER, project=make_project()))

    assert client.get(reverse(PAGE)).status_code == 403

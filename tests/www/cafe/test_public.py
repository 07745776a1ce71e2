import pytest
from django.urls import reverse

from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.partnership.models import Project
from tests.factories.cafe import NOW, choice, command, join_cafe, make_draft, make_open_cafe, send
from tests.factories.evaluation import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "/en/cafes/"


def page_of(client, cafe):
    return client.get(reverse("public:cafe", args=[cafe.pk]))


def test_visitors_see_open_and_closed_cafes_of_public_projects(client):
    opened = make_open_cafe()
    closed = close_cafe(make_open_cafe(), by=None, now=NOW)
    hidden = [make_draft(), make_open_cafe(project=make_project(is_public=False))]

    page = client.get(LIST)

    assert page.context["opened"] == [opened]
    assert list(page.context["page"]) == [closed]
    assert [page_of(client, c).status_code for c in [opened, closed, *hidden]] == [
        200,
        200,
        404,
        404,
    ]


def test_nothing_of_the_people_and_no_code_leaks(client):
    cafe = make_open_cafe()
    joined = join_cafe(cafe)
    measure = cafe.measures.first()
    send(
        joined.participant,
        command("profile", role="programme_manager"),
        choice(cafe, 5),
        command("comment", m=measure.pk, text="canary"),
    )

    pages = page_of(client, cafe).content.decode() + client.get(LIST).content.decode()

    secrets = ["canary", joined.token, joined.participant.token_hash, "programme_manager"]
    assert [s for s in [*secrets, cafe.code, cafe.shown_code] if s in pages] == []


def test_code_of_an_open_demonstration_is_shown_to_try_it_out(client):
    cafe = make_open_cafe(project=make_project(kind=Project.Kind.DEMONSTRATION))

    page = page_of(client, cafe)

    assert cafe.shown_code in page.content.decode()
    assert page.context["simulated"]


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_number_of_people_is_shown_from_five_on(client, n, shown):
    cafe = make_open_cafe()
    for _ in range(n):
        join_cafe(cafe)
    close_cafe(cafe, by=None, now=NOW)

    assert page_of(client, cafe).context["page"].shows_number == shown


@pytest.mark.parametrize("n", [1, 3])
def test_list_takes_as_many_queries_for_one_as_for_three(client, n, django_assert_max_num_queries):
    for _ in range(n):
        close_cafe(make_open_cafe(), by=None, now=NOW)
        make_open_cafe()

    with django_assert_max_num_queries(8):
        client.get(LIST)

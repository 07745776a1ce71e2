import re

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.models import AlpCafe
from tests.factories.accounts import make_user, make_user_with
from tests.factories.cafe import NOW, choice, command, join_cafe, make_draft, make_open_cafe, send
from tests.factories.evaluation import make_criterion, make_measure, make_project, make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def people(project):
    """Owner, colleague, neighbour and stranger of AT32 in the project."""
    return {
        "owner": make_user_with(Role.FACILITATOR, project=project, region=make_region("AT32")),
        "colleague": make_user_with(Role.MEMBER, project=project),
        "neighbour": make_user_with(Role.FACILITATOR, project=project, region=make_region("DE1")),
        "stranger": make_user_with(Role.FACILITATOR, project=make_project()),
        "coordinator": make_user_with(Role.PARTNER_COORDINATOR, project=project),
    }


def status(client, person, method, url, **data):
    if person is not None:
        client.force_login(person)
    return getattr(client, method)(url, data).status_code


@pytest.mark.parametrize(
    ("who", "seen", "run"),
    [
        ("owner", 200, 302),
        ("coordinator", 200, 302),
        ("colleague", 200, 403),
        ("neighbour", 200, 403),
        ("stranger", 404, 404),
        (None, 302, 302),
    ],
)
def test_everybody_of_the_project_sees_and_those_who_run_it_open(
    client, project, people, who, seen, run
):
    cafe = make_draft(project=project)
    person = people.get(who)

    looks = [
        status(client, person, "get", reverse(f"workspace:{name}", args=[cafe.pk]))
        for name in ("cafe", "cafe_numbers", "cafe_qr", "cafe_sheet")
    ]
    opens = status(client, person, "post", reverse("workspace:cafe_open", args=[cafe.pk]))

    assert looks == [seen] * 4
    assert opens == run
    cafe.refresh_from_db()
    assert cafe.is_open == (who in {"owner", "coordinator"})


@pytest.mark.parametrize("name", ["cafe_edit", "cafe_close"])
@pytest.mark.parametrize(
    ("who", "expected"),
    [("owner", 200), ("colleague", 403), ("neighbour", 403), ("stranger", 404), (None, 302)],
)
def test_forms_are_for_those_who_run_it(client, project, people, name, who, expected):
    cafe = make_draft(project=project)

    found = status(client, people.get(who), "get", reverse(f"workspace:{name}", args=[cafe.pk]))

    assert found == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [("owner", 200), ("colleague", 403), ("stranger", 200), (None, 302)],
)
def test_new_cafes_are_made_by_facilitators(client, people, who, expected):
    assert status(client, people.get(who), "get", reverse("workspace:cafe_create")) == expected


def decisions(project, **changes):
    return {
        "project": project.pk,
        "region": make_region("AT32").pk,
        "held_on": "2026-10-22",
        "place": "Salzburg",
        "title_de": "AlpCafé Salzburg",
        "measures": [make_measure("fair").pk, make_measure("pilot").pk],
        "criteria": [make_criterion("effectiveness").pk],
        **changes,
    }


def test_facilitator_prepares_opens_closes_and_reopens(client, project, people):
    client.force_login(people["owner"])

    made = client.post(reverse("workspace:cafe_create"), decisions(project))
    cafe = AlpCafe.objects.get()
    states = []
    for step in ("open", "close", "reopen"):
        client.post(reverse(f"workspace:cafe_{step}", args=[cafe.pk]))
        cafe.refresh_from_db()
        states.append(cafe.state)

    assert made.url == reverse("workspace:cafe", args=[cafe.pk])
    assert cafe.measures.count() == 2
    assert states == ["open", "closed", "open"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_de": ""}, "title"),
        ({"held_on": "31.06.2026"}, "held_on"),
        ({"region": ""}, "region"),
        ({"criteria": []}, "criteria"),
    ],
)
def test_mistakes_are_named_at_the_field_and_the_input_is_kept(
    client, project, people, changes, field
):
    client.force_login(people["owner"])

    response = client.post(reverse("workspace:cafe_create"), decisions(project, **changes))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["place"].value() == "Salzburg"
    assert AlpCafe.objects.count() == 0


def test_facilitator_of_one_region_prepares_there_only(client, project, people):
    client.force_login(people["neighbour"])

    response = client.post(reverse("workspace:cafe_create"), decisions(project))

    assert "region" in response.context["form"].errors


def test_project_of_others_is_no_choice(client, people):
    client.force_login(people["owner"])

    response = client.post(reverse("workspace:cafe_create"), decisions(make_project()))

    assert "project" in response.context["form"].errors


def test_wrong_moment_is_said_and_changes_nothing(client, project, people):
    cafe = make_open_cafe(project=project)
    client.force_login(people["owner"])

    response = client.post(reverse("workspace:cafe_open", args=[cafe.pk]), follow=True)

    assert [m.level_tag for m in response.context["messages"]] == ["error"]


def test_get_opens_nothing(client, project, people):
    cafe = make_draft(project=project)

    assert (
        status(client, people["owner"], "get", reverse("workspace:cafe_open", args=[cafe.pk]))
        == 405
    )


def test_cockpit_shows_no_answer_before_the_end(client, project, people):
    cafe = make_open_cafe(project=project)
    person = join_cafe(cafe).participant
    send(person, command("profile", role="firm_sme"), choice(cafe, 5))
    client.force_login(people["owner"])

    page = client.get(reverse("workspace:cafe", args=[cafe.pk])).content.decode()

    assert person.token_hash not in page
    assert "firm_sme" not in page
    assert cafe.shown_code in page


def test_qr_code_holds_the_code_behind_the_hash_and_no_style(client, project, people):
    cafe = make_open_cafe(project=project)
    client.force_login(people["owner"])

    response = client.get(reverse("workspace:cafe_qr", args=[cafe.pk]))

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert b"style" not in response.content


@pytest.mark.parametrize("n", [1, 3])
def test_list_takes_as_many_queries_for_one_as_for_three(
    client, project, people, n, django_assert_max_num_queries
):
    for _ in range(n):
        join_cafe(make_open_cafe(project=project))
    client.force_login(people["owner"])

    with django_assert_max_num_queries(7):
        page = client.get(reverse("workspace:cafes"))

    assert len(page.context["page"].object_list) == n


def test_list_shows_own_projects_only(client, project, people):
    make_draft()
    own = make_draft(project=project)
    client.force_login(people["colleague"])

    assert list(client.get(reverse("workspace:cafes")).context["page"]) == [own]


def test_person_without_role_has_an_empty_list(client):
    make_draft()
    client.force_login(make_user())

    assert list(client.get(reverse("workspace:cafes")).context["page"]) == []


def test_opened_cafe_keeps_its_measures(client, project, people):
    cafe = close_cafe(make_open_cafe(project=project), by=None, now=NOW)
    client.force_login(people["owner"])
    url = reverse("workspace:cafe_edit", args=[cafe.pk])

    client.post(url, decisions(project, title_de="Neu", measures=[make_measure("label").pk]))

    cafe.refresh_from_db()
    assert cafe.title.inside("de") == "Neu"
    assert set(re.findall(r"\w+", " ".join(m.key for m in cafe.measures.all()))) == {
        "fair",
        "pilot",
    }

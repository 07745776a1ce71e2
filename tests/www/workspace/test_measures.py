import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.domain.editing import FIELDS, change_measure
from alpclusters.platform.measures.models import Measure
from tests.factories.accounts import make_user, make_user_with
from tests.factories.measures import make_measure
from tests.factories.partnership import make_project
from tests.factories.texts import typed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def filled(measure, **changes):
    data = typed({name: getattr(measure, name) for name in FIELDS})
    data["version"] = measure.history.first().history_id
    return {**data, "is_published": "on", **changes}


def edit_url(measure):
    return f"/en/workspace/measures/{measure.key}/edit/"


def history_url(measure):
    return f"/en/workspace/measures/{measure.key}/history/"


def people(project):
    other = make_project()
    return {
        "administrator": make_user_with(Role.ADMINISTRATOR),
        "coordinator": make_user_with(Role.PARTNER_COORDINATOR, project=project),
        "coder": make_user_with(Role.EVIDENCE_CODER, project=project),
        "neighbour": make_user_with(Role.PARTNER_COORDINATOR, project=other),
        "member": make_user_with(Role.MEMBER, project=project),
        "stranger": make_user(),
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200),
        ("coordinator", 200),
        ("coder", 200),
        ("neighbour", 403),
        ("member", 403),
        ("stranger", 403),
    ],
)
def test_who_may_edit_a_measure_of_a_project(client, who, status):
    project = make_project()
    measure = make_measure(project=project)
    client.force_login(people(project)[who])

    assert client.get(edit_url(measure)).status_code == status
    assert client.get(history_url(measure)).status_code == status
    answer = client.post(edit_url(measure), filled(measure, name_de="Neu"))
    assert answer.status_code == (302 if status == 200 else 403)
    assert (Measure.objects.get(pk=measure.pk).name.inside("de") == "Neu") == (status == 200)


def test_catalogue_is_for_the_editors_of_the_installation(client):
    measure, project = make_measure(), make_project()
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    assert client.get(edit_url(measure)).status_code == 403

    client.force_login(make_user_with(Role.EVIDENCE_CODER))
    assert client.get(edit_url(measure)).status_code == 200


def test_visitor_is_asked_to_sign_in(client):
    measure = make_measure()

    for url in (edit_url(measure), history_url(measure), "/en/workspace/measures/"):
        answer = client.get(url)
        assert answer.status_code == 302
        assert "/account/" in answer.headers["Location"]


def test_draft_of_another_project_is_not_found(client):
    measure = make_measure(project=make_project(), is_published=False)
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))

    assert client.get(edit_url(measure)).status_code == 404


def test_saved_text_appears_in_the_history_with_its_author(client):
    measure, editor = make_measure(), make_user_with(Role.ADMINISTRATOR, name="Ana")
    client.force_login(editor)

    client.post(edit_url(measure), filled(measure, name_sl="Skupni nastop"))

    newest = client.get(history_url(measure)).context["versions"][0]
    assert (newest.made_by, newest.is_newest) == ("Ana", True)
    assert [c.title for c in newest.changes] == ["Name, Slovenščina"]
    assert [p.text for p in newest.changes[0].after.passages if p.kind == "added"] == [
        "Skupni nastop"
    ]


def test_a_name_in_one_language_is_enough_and_stands_in_for_the_others(client):
    measure = make_measure()
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    names = {f"name_{code}": "" for code in LANGUAGE_CODES}

    page = client.post(edit_url(measure), filled(measure, **names))
    saved = client.post(edit_url(measure), filled(measure, **names | {"name_sl": "Ena sama"}))

    assert page.status_code == 422
    form = page.context["form"]
    assert [code for code, one in form["name"].parts.items() if one.errors] == ["en"]
    assert "Write this in one language; yours is enough." in page.content.decode()
    assert saved.status_code == 302
    assert Measure.objects.get(pk=measure.pk).name == "Ena sama"


def test_second_editor_sees_both_texts_and_may_then_save(client):
    measure, other = make_measure(), make_user()
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    data = filled(measure, name_de="Mein Text")
    change_measure(measure, texts={"name": measure.name.put({"de": "Anderer Text"})}, by=other)

    page = client.post(edit_url(measure), data)

    assert page.status_code == 422
    theirs, mine = page.context["form"].conflicts[0]
    assert ("".join(p.text for p in theirs.passages), "".join(p.text for p in mine.passages)) == (
        "Anderer Text",
        "Mein Text",
    )
    again = data | {"version": page.context["form"]["version"].value()}
    assert client.post(edit_url(measure), again).status_code == 302
    assert Measure.objects.get(pk=measure.pk).name.inside("de") == "Mein Text"


def test_earlier_version_is_brought_back(client):
    measure, editor = make_measure(), make_user_with(Role.ADMINISTRATOR)
    before = measure.name.inside("de")
    change_measure(measure, texts={"name": measure.name.put({"de": "Neu"})}, by=editor)
    first = measure.history.last().history_id
    client.force_login(editor)

    answer = client.post(f"{history_url(measure)}{first}/revert/")

    assert answer.headers["Location"] == history_url(measure)
    assert Measure.objects.get(pk=measure.pk).name.inside("de") == before


def test_revert_refuses_get_strangers_and_foreign_versions(client):
    measure, other = make_measure(), make_measure()
    url = f"{history_url(measure)}{other.history.get().history_id}/revert/"
    client.force_login(make_user())
    assert client.post(url).status_code == 403

    client.force_login(make_user_with(Role.ADMINISTRATOR))
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 404


def test_list_marks_missing_languages(client):
    measure = make_measure(name={"sl": ""})
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    rows = client.get("/en/workspace/measures/").context["rows"]

    assert [(r.measure, r.missing) for r in rows] == [(measure, ["sl"])]


def test_list_is_closed_to_those_who_edit_nothing(client):
    client.force_login(make_user_with(Role.MEMBER, project=make_project()))

    assert client.get("/en/workspace/measures/").status_code == 403


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    for _ in range(item_count):
        make_measure()
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    with django_assert_num_queries(5):
        client.get("/en/workspace/measures/")


@pytest.mark.parametrize("item_count", [1, 3])
def test_history_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    measure, editor = make_measure(), make_user_with(Role.ADMINISTRATOR)
    for number in range(item_count):
        change_measure(
            measure, texts={"name": measure.name.put({"de": f"Fassung {number}"})}, by=editor
        )
    client.force_login(editor)

    with django_assert_num_queries(5):
        client.get(history_url(measure))

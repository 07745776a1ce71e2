import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.domain.editing import revert_measure
from alpclusters.www.cafe.shell import page_data
from tests.factories.accounts import make_user_with
from tests.factories.cafe import make_open_cafe
from tests.factories.measures import make_measure
from tests.factories.photos import make_jpeg, segment

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(client):
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    return client


def words(**changes):
    alts = {f"picture_alt_{code}": f"Zwei Hände ({code})" for code in LANGUAGE_CODES}
    return {**alts, "picture_credit": "Ana Kovač, CC BY 4.0", **changes}


def send(client, measure, data=None, **changes):
    content = data or make_jpeg(extra=[segment(0xE1, b"47.8,13.0")])
    file = SimpleUploadedFile("photo.jpg", content, content_type="image/jpeg")
    address = reverse("workspace:measure_picture", args=[measure.key])
    return client.post(address, {"picture": file, **words(**changes)})


def test_picture_is_kept_without_metadata_and_shown_on_the_page_of_the_measure(editor, client):
    measure = make_measure(is_published=True)

    assert send(editor, measure).status_code == 302

    editor.logout()
    page = client.get(reverse("public:measure", args=[measure.key])).content.decode()
    assert "Ana Kovač, CC BY 4.0" in page
    assert "Zwei Hände (" in page
    picture = client.get(reverse("public:measure_picture", args=[measure.key]))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert picture.content == make_jpeg(is_bare=True)


@pytest.mark.parametrize("missing", ["picture_alt_sl", "picture_alt_en", "picture_credit"])
def test_without_words_in_all_languages_or_without_source_it_is_not_taken(editor, missing):
    measure = make_measure()

    assert send(editor, measure, **{missing: ""}).status_code == 422

    measure.refresh_from_db()
    assert measure.picture == ""


def test_what_is_no_jpeg_is_refused_with_a_sentence(editor, uploads):
    measure = make_measure()

    response = send(editor, measure, b"<svg onload=alert(1)>")

    assert response.status_code == 422
    assert response.context["form"].errors["picture"]
    assert not list(uploads.rglob("*.jpg"))


def test_words_can_be_changed_without_sending_the_picture_again(editor):
    measure = make_measure()
    send(editor, measure)
    measure.refresh_from_db()
    before = measure.picture

    address = reverse("workspace:measure_picture", args=[measure.key])
    editor.post(address, words(picture_credit="CC0"))

    measure.refresh_from_db()
    assert (measure.picture, measure.picture_credit) == (before, "CC0")


def test_a_picture_that_was_taken_off_comes_back_from_the_history(editor):
    measure = make_measure()
    send(editor, measure)
    version = measure.history.first().history_id
    editor.post(reverse("workspace:measure_picture_remove", args=[measure.key]))
    measure.refresh_from_db()
    assert measure.picture == ""
    history = editor.get(reverse("workspace:measure_history", args=[measure.key]))
    assert history.status_code == 200

    revert_measure(measure, history_id=version, by=make_user_with(Role.ADMINISTRATOR))

    measure.refresh_from_db()
    assert measure.picture_alt.inside("de") == "Zwei Hände (de)"
    address = reverse("public:measure_picture", args=[measure.key])
    assert editor.get(address).status_code == 200


def test_phones_get_the_address_of_the_picture_with_its_words(editor):
    cafe = make_open_cafe()
    first, second = cafe.measures.all()[:2]
    send(editor, first)
    cafe.refresh_from_db()

    shown = {row["id"]: row["picture"] for row in page_data(cafe, [], "en")["measures"]}

    assert shown[second.pk] is None
    assert shown[first.pk]["url"].startswith(reverse("public:measure_picture", args=[first.key]))
    assert shown[first.pk]["credit"] == "Ana Kovač, CC BY 4.0"

"""A manager gives a profile a logo; who may see the profile may see it, and nobody else."""

import json
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.editing import LOGO_ALTS, change_profile
from alpclusters.platform.actors.domain.logos import store_logo
from alpclusters.platform.actors.models import Claim, ClusterOrganisation
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import read_input
from tests.factories.accounts import make_user, make_user_with
from tests.factories.logos import (
    LOSSLESS,
    make_bomb,
    make_logo,
    make_png,
    make_turned_jpeg,
    pixels_of,
)
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PART = "/en/workspace/profiles/test/edit/logo/"
SECRET = b"47.8,13.0 Salzburg"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cluster():
    return make_profile("Test cluster (simulated)", slug="test", body_is_simulated=True)


@pytest.fixture
def manager(cluster):
    user = make_user(email="manager@example.org")
    Claim.objects.create(cluster=cluster, user=user, state="approved", made_at="2026-01-01T00:00Z")
    return user


@pytest.fixture
def client(manager):
    client = Client()
    client.force_login(manager)
    return client


def send(client, data=None, *, name="logo.png", **changes):
    version = client.get(PART).context["form"].newest
    words = dict.fromkeys(LOGO_ALTS, "")
    files = {"picture": SimpleUploadedFile(name, data)} if data is not None else {}
    return client.post(PART, {"version": version, **words, **files, **changes})


def fresh() -> ClusterOrganisation:
    return ClusterOrganisation.objects.select_related("organisation").get(slug="test")


def address(name, size="large"):
    return reverse("public:cluster-logo", args=["test", f"{name}-{size}"])


@pytest.mark.parametrize(
    "data", [make_png(), LOSSLESS, make_turned_jpeg(6, secret=SECRET)], ids=["png", "webp", "jpeg"]
)
def test_logo_is_shown_on_the_page_and_in_the_directory(client, data):
    assert send(client, data, logo_alt_de="Ein Baum").status_code == 302

    visitor, logo = Client(), fresh().logo
    page = visitor.get("/de/directory/test/").content.decode()
    assert (
        f'<img class="logo" src="{address(logo).replace("/en/", "/de/")}" alt="Ein Baum">' in page
    )
    page = visitor.get("/sl/directory/test/").content.decode()
    assert 'alt="Test cluster (simulated)"' in page
    listed = visitor.get("/en/directory/").content.decode()
    assert f'src="{address(logo, "small")}" alt=""' in listed
    assert (
        f'src="{address(logo, "small")}" alt=""'
        in visitor.get("/en/directory/embed/").content.decode()
    )
    export = json.loads(visitor.get("/en/directory/export.json").getvalue())
    assert export["organisations"][0]["logo"] == f"http://testserver{address(logo)}"


def test_file_is_sent_with_headers_that_let_nothing_else_be_made_of_it(client):
    send(client, make_png())

    answer = Client().get(address(fresh().logo))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=604800, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert pixels_of(answer.content)[0][39] == (0, 0, 0, 0)


REFUSED = [
    (b"This is a text.", "Die Datei ist kein Bild in PNG, JPEG oder WebP"),
    (b"<svg onload=alert(1)>", "SVG-Zeichnungen werden nicht angenommen"),
    (make_png()[:-30], "Das Bild ist nicht lesbar"),
    (partial(make_bomb, 4500), "4500 x 4500"),
    (bytes(2_000_001), "2 MB"),
]


@pytest.mark.parametrize(("data", "says"), REFUSED, ids=["text", "svg", "broken", "bomb", "bytes"])
def test_what_is_no_logo_is_refused_in_the_language_of_the_reader(client, uploads, data, says):
    german = PART.replace("/en/", "/de/")
    version = client.get(german).context["form"].newest
    picture = data() if callable(data) else data
    file = SimpleUploadedFile("logo.png", picture, content_type="image/png")

    answer = client.post(german, {"version": version, "picture": file, "logo_alt_fr": "Un arbre"})

    assert answer.status_code == 422
    assert says in answer.context["form"].errors["picture"][0]
    assert (fresh().logo, fresh().logo_alt.inside("fr")) == ("", "Un arbre")
    assert not list(uploads.rglob("*.png"))


def test_words_are_changed_without_sending_the_file_again(client):
    send(client, make_png())
    before = fresh().logo

    send(client, logo_alt_it="Un albero")

    assert (fresh().logo, fresh().logo_alt.inside("it")) == (before, "Un albero")


def test_logo_is_taken_off_with_its_words(client):
    send(client, make_png(), logo_alt_it="Un albero")
    before = fresh().logo
    assert "no logo" not in client.get(PART).content.decode()

    send(client, removes="on", logo_alt_it="Un albero")

    assert not any(read_input(fresh(), name) for name in ("logo", *LOGO_ALTS))
    assert Client().get(address(before)).status_code == 404
    assert "Take the logo off" not in client.get(PART).content.decode()


def test_history_shows_both_logos_and_a_coordinator_brings_the_first_back(client):
    send(client, make_png())
    first = fresh().logo
    send(client, make_png(38))
    second = fresh().logo
    coordinator = Client()
    coordinator.force_login(make_user_with(Role.ADMINISTRATOR))

    page = coordinator.get("/en/workspace/profiles/test/history/")

    text = page.content.decode()
    assert f'src="{address(first)}"' in text
    assert f'src="{address(second)}"' in text
    older = page.context["versions"][1]
    coordinator.post(reverse("workspace:profile-revert", args=["test", older.kind, older.number]))
    assert fresh().logo == first


def test_an_earlier_logo_is_for_those_who_keep_the_profile(client):
    send(client, make_png())
    first = fresh().logo
    send(client, make_png(38))

    assert Client().get(address(first)).status_code == 404
    assert client.get(address(first))["Cache-Control"] == "private, max-age=604800, immutable"


def test_what_somebody_else_saved_meanwhile_is_shown_and_kept(client, cluster):
    version = client.get(PART).context["form"].newest
    theirs = store_logo(make_logo())
    change_profile(cluster, {"logo": theirs}, by=make_user())

    file = SimpleUploadedFile("logo.png", make_png())
    answer = client.post(
        PART, {"version": version, "picture": file, **dict.fromkeys(LOGO_ALTS, "")}
    )

    assert answer.status_code == 422
    assert theirs[:8] in answer.content.decode()
    assert fresh().logo == theirs


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_logo_of_a_profile_nobody_opened_is_hidden(client, cluster, language):
    send(client, make_png())
    cluster.organisation.is_listed = False
    cluster.organisation.save()
    place = address(fresh().logo).replace("/en/", f"/{language}/")

    assert Client().get(place).status_code == 404
    assert client.get(place)["Cache-Control"] == "private, max-age=604800, immutable"


@pytest.mark.parametrize("name", ["x", "x-large", f"{'0' * 64}-large", f"{'0' * 64}-huge"])
def test_other_names_lead_nowhere(client, name):
    send(client, make_png())

    assert client.get(reverse("public:cluster-logo", args=["test", name])).status_code == 404


def test_logo_of_another_profile_is_not_sent_under_this_address(client):
    name = store_logo(make_logo())
    make_profile("Other", slug="other", logo=name)

    assert client.get(address(name)).status_code == 404

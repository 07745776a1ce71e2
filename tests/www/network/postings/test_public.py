"""Needs and offers as visitors see them: the list, one of them, files, following, reporting."""

import csv
import io
import json
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from alpclusters.platform.network.domain.postings.writing import close_posting
from alpclusters.platform.network.models import PostingFollower, PostingReport
from tests.factories.accounts import make_user
from tests.factories.evaluation import make_measure
from tests.factories.introductions import make_side
from tests.factories.network import make_posting
from tests.factories.postings import make_published

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ATOM = "{http://www.w3.org/2005/Atom}"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trento():
    return make_side("Legno Trentino", region="ITH2", language="it")


@pytest.fixture
def posting(trento):
    measure = make_measure("fair")
    soon = timezone.localdate() + timedelta(days=100)
    return make_published(trento, now=timezone.now(), expires_on=soon, measure_id=measure.pk)


def page(path: str, user=None) -> str:
    client = signed_in(user) if user else Client()
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_shows_what_is_open_with_its_language(posting):
    found = page("/sl/network/postings/?q=lesene&kind=need")

    assert 'lang="it"' in found
    assert "Italiano" in found
    assert posting.organisation.name in found


def test_list_shows_real_ones_and_simulated_ones_when_asked(trento):
    invented = make_posting(make_side(body_is_simulated=True).organisation, is_simulated=True)
    real = make_posting(trento.organisation)

    plain, asked = page("/en/network/postings/"), page("/en/network/postings/?simulated=1")

    for found, shown, hidden in ((plain, real, invented), (asked, invented, real)):
        assert "1 open need or offer" in found
        assert f"/en/network/postings/{shown.pk}/" in found
        assert f"/en/network/postings/{hidden.pk}/" not in found
    assert "?simulated=1" in plain


@pytest.mark.usefixtures("posting")
def test_hostile_searches_find_nothing_and_do_no_harm():
    for query in ("q=%00", "q=" + "x" * 5000, "kind=%00", "page=99999999999", "sector=ZZ&region='"):
        assert Client().get(f"/en/network/postings/?{query}").status_code == 200


def test_texts_are_shown_as_text(trento):
    hostile = make_posting(
        trento.organisation, title="<script>alert(1)</script>", text="<b>x</b> & y" * 5
    )

    for path in ("/en/network/postings/", f"/en/network/postings/{hostile.pk}/"):
        found = page(path)
        assert "<script>alert(1)" not in found
        assert "<b>x</b>" not in found


def test_page_says_everything_and_offers_interest(posting):
    found = page(f"/de/network/postings/{posting.pk}/")

    assert f'<h1 lang="it">{posting.title}</h1>' in found
    assert f"/de/network/postings/{posting.pk}/interest/" in found
    assert "Slowenien" in found
    assert posting.measure.name.inside("de") in found
    assert "Italiano" in found


def test_closed_and_expired_pages_stay_but_offer_nothing(trento, posting):
    expired = make_posting(trento.organisation, expires_on=date(2020, 1, 1))
    close_posting(posting, by=trento.user, now=timezone.now())

    for one in (expired, posting):
        found = page(f"/en/network/postings/{one.pk}/")
        assert "It is not open any more" in found
        assert "interest/" not in found
        answer = signed_in(make_side().user).get(f"/en/network/postings/{one.pk}/interest/")
        assert answer.url == f"/en/network/postings/{one.pk}/"


@pytest.mark.parametrize("state", ["draft", "waiting", "refused"])
def test_what_is_not_published_does_not_exist_for_visitors(trento, state):
    hidden = make_posting(trento.organisation, state=state)

    assert Client().get(f"/en/network/postings/{hidden.pk}/").status_code == 404
    assert hidden.title not in page("/en/network/postings/")


def test_files_carry_all_hits_with_source_and_mark(posting):
    make_posting(kind="offer", title="=HYPERLINK(1)")

    answer = Client().get("/en/network/postings/export.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    told = json.loads(b"".join(Client().get("/en/network/postings/export.json?kind=need")))

    assert {row["kind"] for row in rows} == {"need", "offer"}
    assert all(row["title"] != "=HYPERLINK(1)" for row in rows)
    (record,) = told["postings"]
    assert record["title"] == posting.title
    assert record["language"] == "it"
    assert record["is_simulated"] is False
    assert record["page"] == f"http://testserver/en/network/postings/{posting.pk}/"
    assert told["about"]["search"].endswith("/en/network/postings/?kind=need")
    assert Client().get("/en/network/postings/export.exe").status_code == 404


def test_feed_is_atom_with_the_newest_first(posting):
    make_posting(title="Older")

    answer = Client().get("/en/network/postings/feed.atom")

    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    titles = [entry.find(f"{ATOM}title").text for entry in root.iter(f"{ATOM}entry")]
    assert titles == [f"Need: {posting.title}", "Need: Older"]
    assert answer["Content-Type"].startswith("application/atom+xml")


def test_following_needs_an_account_and_ends(posting):
    path = f"/en/network/postings/{posting.pk}/follow/"
    assert "login" in Client().post(path).url
    reader = make_user()

    signed_in(reader).post(path, {"do": "follow"})
    assert PostingFollower.objects.get().user == reader
    assert "Do not follow it any more" in page(f"/en/network/postings/{posting.pk}/", reader)
    signed_in(reader).post(path, {"do": "unfollow"})

    assert not PostingFollower.objects.exists()
    assert signed_in(reader).get(path).status_code == 405


def test_interest_leads_to_the_request_for_an_introduction(posting):
    maribor = make_side("Lesni grozd", region="SI03", language="sl")

    answer = signed_in(maribor.user).get(f"/sl/network/postings/{posting.pk}/interest/")

    pks = f"{maribor.organisation.pk}/{posting.organisation_id}"
    assert answer.url == f"/sl/workspace/introductions/ask/{pks}/?posting={posting.pk}"
    shown = signed_in(maribor.user).get(answer.url).content.decode()
    assert posting.title in shown


def test_interest_says_why_it_cannot_be_expressed(trento, posting):
    path = f"/en/network/postings/{posting.pk}/interest/"
    invented = make_side(body_is_simulated=True)

    assert "You speak for no organisation yet" in page(path, make_user())
    assert "It is of your own organisation" in page(path, trento.user)
    assert "kept apart" in page(path, invented.user)


def test_reporting_is_stored_once(posting):
    path = f"/en/network/postings/{posting.pk}/report/"
    client = signed_in(make_user())

    assert client.post(path, {"cause": "made up"}).status_code == 422
    assert client.post(path, {"cause": "outdated", "note": "Long over."}).status_code == 302
    again = client.post(path, {"cause": "other"})

    assert again.status_code == 409
    assert "reported" in again.content.decode()
    assert PostingReport.objects.get().note == "Long over."

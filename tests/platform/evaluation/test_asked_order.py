"""An evaluation says in which order its measures were asked, and leads with no mean that lies."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from tests.factories.evaluation import VARIED, fill, make_cafe, make_snapshot

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def evaluated(best_k):
    cafe = make_cafe(measures=["fair", "pilot"])
    AlpCafe.objects.filter(pk=cafe.pk).update(best_k=best_k)
    cafe.refresh_from_db()
    fill(cafe, {"AT32": VARIED}, measures=["fair", "pilot"])
    return make_snapshot(cafe=cafe, released=True)


def page_of(snapshot) -> str:
    address = reverse("public:evaluation", args=[snapshot.pk])
    return Client().get(address, headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("best_k", "told", "not_told"),
    [
        (0, "measures shown least so far", "The best measure was looked for"),
        (1, "The best measure was looked for", "shown least so far"),
        (None, "people gave", "shown least so far"),
    ],
)
def test_page_says_in_which_order_measures_were_asked(best_k, told, not_told):
    snapshot = evaluated(best_k)

    page = page_of(snapshot)

    assert told in page
    assert not_told not in page
    found = from_json(snapshot.data)
    assert found.best_k == best_k
    assert to_json(found) == snapshot.data


def test_no_mean_leads_where_those_in_doubt_were_asked_more():
    leads = {best_k: page_of(evaluated(best_k)).partition("</h1>")[0] for best_k in (0, 1)}

    # Two measures have no ranking.
    assert "These ratings do not rank the measures yet" in leads[1]
    assert "These ratings do not rank the measures yet" not in leads[0]


def test_the_report_says_the_same_as_the_page():
    snapshot = evaluated(1)

    address = reverse("public:evaluation_file", args=[snapshot.pk, "docx"])
    words = docx_words(Client().get(address, headers={"Accept-Language": "en"}))

    assert "The best measure was looked for" in words
    assert "do not rank the measures yet" in words


def docx_words(answer) -> str:
    from docx import Document

    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    return "\n".join(one.text for one in Document(BytesIO(body)).element.iter() if one.text)

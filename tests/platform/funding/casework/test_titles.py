"""What offers are called on pages in another language than the catalogue has."""

import pytest

from alpclusters.platform.funding.domain.case_offers import offer_titles
from tests.factories.funding import make_offer, make_programme

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_title_that_lacks_the_language_says_which_one_it_is_in():
    offer = make_offer(
        make_programme(), key="poli", title={"en": "Clusters, Liguria", "it": "Poli liguri"}
    )
    document = {"offers": [{"id": offer.key, "title": "Clusters, Liguria"}]}

    [(_key, german)] = offer_titles(document, "de").items()
    [(_key, italian)] = offer_titles(document, "it").items()

    assert (german, german.foreign) == ("Clusters, Liguria", "en")
    assert (italian, italian.foreign) == ("Poli liguri", "")


def test_title_of_the_case_itself_stays_without_a_language():
    make_offer(make_programme(), key="poli", title={"en": "Clusters, Liguria"})

    titles = offer_titles({"offers": [{"id": "poli", "title": "Ours"}]}, "de")

    assert titles == {"poli": "Ours"}
    assert not hasattr(titles["poli"], "foreign")

"""The pages of a programme, a call and an offer."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from alpclusters.platform.funding.domain.demonstration import load_demonstration_offers
from alpclusters.platform.funding.domain.seeding import load_catalogue
from alpclusters.platform.funding.models import Call, Offer, Programme
from tests.factories.evidence import make_initiative
from tests.factories.evidence import make_programme as make_evidence_programme
from tests.factories.funding import make_call, make_offer, make_parameter, make_programme

pytestmark = pytest.mark.django_db


def text_of(client: Client, name: str, key: str, language: str = "en") -> str:
    with translation.override(language):
        url = reverse(f"public:{name}", args=[key])
    response = client.get(url, headers={"accept-language": language})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_programme_shows_figures_with_their_status_and_source(client: Client) -> None:
    programme = make_programme()
    make_parameter(
        programme, name="total_budget", value="130000000", unit="eur", precision="almost",
        status="verified", source="Website of 2007",
    )  # fmt: skip
    make_parameter(programme, value="")

    text = text_of(client, "programme", "timber")

    assert "almost €130,000,000" in text
    assert "Website of 2007" in text
    assert "– unknown" in text
    assert "unverified" in text


def test_a_programme_names_its_calls_offers_and_earlier_projects(client: Client) -> None:
    evidence = make_evidence_programme("evidence")
    make_initiative("ridge", programme=evidence)
    make_initiative("secret", programme=evidence, is_published=False)
    programme = make_programme(evidence=evidence)
    make_offer(programme, call=make_call(programme))

    text = text_of(client, "programme", "timber")

    assert "Call timber-call" in text
    assert "Offer timber-offer" in text
    assert "RIDGE" in text
    assert "SECRET" not in text
    assert "knows 1 initiative of" in text


def test_the_hour_of_a_deadline_is_in_brussels(client: Client) -> None:
    make_call(make_programme(), closes_at=dt.time(17))

    assert "30 September 2026, 17:00 (Brussels time)" in text_of(client, "call", "timber-call")


def test_an_offer_says_who_what_how_much_and_when(client: Client) -> None:
    programme = make_programme()
    make_offer(programme, call=make_call(programme))

    text = text_of(client, "offer", "timber-offer")

    for words in (
        "small or medium-sized firm or cluster organisation", "Salzburg (AT32)", "<b>50%</b>",
        "€100,000", "staff, external services", "Timber", "de minimis aid", "30 September 2026",
        "31 December 2029", "not legal advice",
    ):  # fmt: skip
        assert words in text


def test_conditions_that_nobody_entered_are_said_to_be_open(client: Client) -> None:
    make_offer(
        make_programme(),
        terms={"eligibility": {"all": [{"eq": ["offer.conditions_coded", True]}]}, "article": {}},
    )

    text = text_of(client, "offer", "timber-offer")

    assert "Further conditions of the source are not entered here" in text


def test_what_nobody_entered_is_unknown_and_not_all(client: Client) -> None:
    terms = {"categories": None, "themes": [], "article": {}}
    make_offer(make_programme(), terms=terms, categories=[], kinds=[])

    text = text_of(client, "offer", "timber-offer")

    what = text.partition('id="what-title"')[2].partition('id="when-title"')[0]
    kinds, _, themes = what.partition("Themes")
    assert "unknown" in kinds
    assert "all" in themes.partition("Whose money")[0]


def test_an_invented_offer_says_so_and_names_what_it_hangs_on(client: Client) -> None:
    load_demonstration_offers()

    text = text_of(client, "offer", "simulated-de-network-2-2127")

    assert "there is no such money" in text
    assert "Only together with, and after:" in text
    assert "/simulated-de-network-1-2127/" in text
    assert "not checked lately" not in text


def test_what_nobody_checked_lately_is_flagged(client: Client) -> None:
    old = timezone.localdate() - dt.timedelta(days=731)
    make_programme("old", period="", checked_on=old)
    make_programme("fresh", period="", checked_on=timezone.localdate())

    assert "not checked lately" in text_of(client, "programme", "old")
    assert "not checked lately" not in text_of(client, "programme", "fresh")


def test_withdrawn_entries_have_no_page(client: Client) -> None:
    programme = make_programme(is_published=False)
    make_offer(programme, call=make_call(programme))

    for name, key in (
        ("programme", "timber"), ("call", "timber-call"), ("offer", "timber-offer"),
        ("offer-terms", "timber-offer"), ("call-calendar", "timber-call"),
    ):  # fmt: skip
        assert client.get(reverse(f"public:{name}", args=[key])).status_code == 404


def test_terms_are_there_for_programs(client: Client) -> None:
    programme = make_programme()
    offer = make_offer(programme, call=make_call(programme))

    document = client.get(reverse("public:offer-terms", args=[offer.key])).json()

    assert document["terms"] == offer.terms
    assert (document["version"], document["closes"]) == (1, "2026-09-30")
    assert document["notice"] == "Decision support, not legal advice."


@pytest.mark.slow
def test_every_entry_of_the_catalogue_has_a_page_in_every_language(client: Client) -> None:
    load_catalogue()
    load_demonstration_offers()
    pages = [
        *(("programme", key) for key in Programme.objects.values_list("key", flat=True)[::15]),
        *(("call", key) for key in Call.objects.values_list("key", flat=True)[::15]),
        *(("offer", key) for key in Offer.objects.values_list("key", flat=True)[::9]),
    ]

    for language in ("de", "en", "fr", "it", "sl"):
        for name, key in pages:
            assert "<h1" in text_of(client, name, key, language)

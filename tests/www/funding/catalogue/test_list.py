"""The search of the catalogue."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.funding.models import Call, Offer, Programme
from alpclusters.www.public.funding.asking import Facet, FundingQuery, Order, Shown
from alpclusters.www.public.funding.finding import find_entries
from tests.factories.funding import make_call, make_offer, make_programme

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 6, 15)


def found(**query: object) -> list[str]:
    asked = FundingQuery(**query)  # type: ignore[arg-type]
    model = {Shown.OFFERS: Offer, Shown.CALLS: Call, Shown.PROGRAMMES: Programme}[asked.shown]
    keys = dict(model.objects.values_list("pk", "key"))
    return [keys[pk] for pk in find_entries(asked, today=TODAY).ids]


def days(opens: str, closes: str) -> dict[str, dt.date]:
    return {"opens": dt.date.fromisoformat(opens), "closes": dt.date.fromisoformat(closes)}


@pytest.fixture
def catalogue() -> None:
    salzburg = make_programme("salzburg")
    alps = make_programme(
        "alps", name="Alpine", level="macro_regional", period="2014-2020", territory=["AT", "CH"],
        status="unverified",
    )  # fmt: skip
    for key, when in (
        ("later", days("2026-05-01", "2026-12-31")),
        ("soon", days("2026-05-01", "2026-06-30")),
        ("next-year", days("2027-01-01", "2027-02-01")),
        ("past", days("2026-01-01", "2026-02-01")),
    ):
        make_offer(salzburg, key, call=make_call(salzburg, f"{key}-call", **when))
    make_offer(
        alps, "historic", status="unverified", title="Leichtbau",
        terms={"eligibility": {"eq": ["partner.kind", "research"]}, "themes": ["hydrogen"]},
    )  # fmt: skip


@pytest.mark.usefixtures("catalogue")
def test_what_closes_next_comes_first_and_what_is_over_last() -> None:
    assert found() == ["soon", "later", "next-year", "past", "historic"]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("facet", "value", "keys"),
    [
        (Facet.STATUS, "open", ["soon", "later"]),
        (Facet.STATUS, "upcoming", ["next-year"]),
        (Facet.STATUS, "closed", ["past", "historic"]),
        (Facet.LEVEL, "macro_regional", ["historic"]),
        (Facet.COUNTRY, "CH", ["historic"]),
        (Facet.COUNTRY, "AT", ["soon", "later", "next-year", "past", "historic"]),
        (Facet.REGION, "AT32", ["soon", "later", "next-year", "past"]),
        (Facet.KIND, "research", ["historic"]),
        (Facet.CATEGORY, "staff", ["soon", "later", "next-year", "past", "historic"]),
        (Facet.THEME, "hydrogen", ["historic"]),
        (Facet.PERIOD, "2014-2020", ["historic"]),
        (Facet.STANDING, "verified", ["soon", "later", "next-year", "past"]),
    ],
)
def test_each_filter_finds_what_it_says(facet: Facet, value: str, keys: list[str]) -> None:
    assert found(chosen={facet: frozenset({value})}) == keys


@pytest.mark.usefixtures("catalogue")
def test_counts_of_a_filter_are_under_all_other_ones() -> None:
    query = FundingQuery(chosen={Facet.STATUS: frozenset({"open"})})

    facets = find_entries(query, today=TODAY).facets

    assert facets[Facet.STATUS] == {"open": 2, "upcoming": 1, "closed": 2}
    assert facets[Facet.LEVEL] == {"regional": 2}


@pytest.mark.usefixtures("catalogue")
def test_words_are_found_without_accents_and_in_programme_names() -> None:
    assert found(text="LEICHT") == ["historic"]
    assert found(text="alpine") == ["historic"]
    assert found(text="nothing of that") == []


@pytest.mark.usefixtures("catalogue")
def test_calls_and_programmes_have_what_their_offers_have() -> None:
    chosen = {Facet.KIND: frozenset({"sme"})}

    assert found(shown=Shown.CALLS, chosen=chosen) == [
        "soon-call", "later-call", "next-year-call", "past-call",
    ]  # fmt: skip
    assert found(shown=Shown.PROGRAMMES, chosen=chosen) == ["salzburg"]
    assert found(shown=Shown.PROGRAMMES, chosen={Facet.STATUS: frozenset({"open"})}) == ["salzburg"]


@pytest.mark.usefixtures("catalogue")
def test_orders() -> None:
    assert found(order=Order.NAME)[0] == "historic"
    assert found(order=Order.CHANGED)[-1] == "later"


def test_withdrawn_entries_are_found_nowhere() -> None:
    hidden = make_programme("hidden", is_published=False)
    make_offer(hidden, "of-hidden", call=make_call(hidden))
    make_offer(make_programme("shown"), "withdrawn", is_published=False)

    assert found() == []
    assert found(shown=Shown.CALLS) == []
    assert found(shown=Shown.PROGRAMMES) == ["shown"]


def test_the_page_says_what_it_found_and_works_without_scripts(client: Client) -> None:
    programme = make_programme()
    today = timezone.localdate()
    call = make_call(programme, opens=today, closes=today)
    make_offer(programme, title="Wood for <all>", call=call, status="unverified", source="")

    page = client.get(reverse("public:funding"), {"q": "wood", "level": "regional"})

    text = page.content.decode()
    assert page.status_code == 200
    assert "Wood for &lt;all&gt;" in text
    assert "1 hit for" in text
    assert "figures unverified" in text
    assert 'name="level" value="regional"' in text


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "1e9"])
def test_a_page_that_is_not_there_is_the_nearest(client: Client, page: str) -> None:
    make_offer(make_programme())

    assert client.get(reverse("public:funding"), {"page": page}).status_code == 200


@pytest.mark.parametrize(
    "asked", ["show=x&sort=y", "status=nonsense", "country=%00", "q=%00", "level=" + "x" * 400]
)
def test_odd_addresses_are_answered(client: Client, asked: str) -> None:
    make_offer(make_programme())

    assert client.get(f"{reverse('public:funding')}?{asked}").status_code == 200

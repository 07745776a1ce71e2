"""The invented part of the catalogue: complete, marked, and fit for a case."""

import datetime as dt
import json

import pytest

from alpclusters.analysis.funding.case import Periods
from alpclusters.analysis.funding.case_files import read_case
from alpclusters.platform.funding.domain.case_offers import check_terms, offer_data, terms_of
from alpclusters.platform.funding.domain.demonstration import (
    demonstration_links,
    load_demonstration_offers,
    remove_demonstration_offers,
)
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import Call, EntryVersion, Offer, Programme, Status
from alpclusters.platform.languages.codes import LANGUAGE_CODES

pytestmark = pytest.mark.django_db

PERIODS = Periods(dt.date(2026, 7, 1), 12)
WORD = {"de": "simuliert", "en": "simulated", "fr": "simul", "it": "simulat", "sl": "simuliran"}


def shell(offers: list[dict[str, object]], links: list[dict[str, object]]) -> dict[str, object]:
    return {
        "schema": "alpclusters-case/1",
        "title": "invented",
        "currency": "EUR",
        "periods": {"start": "2026-07-01", "length": "quarter", "count": 12},
        "undertakings": [{"id": "u", "size": "small"}],
        "partners": [
            {"id": "p", "name": "P", "undertaking": "u", "kind": "sme", "nuts": "DE11",
             "vintage": 2021, "country": "DE"}
        ],
        "work_packages": [{"id": "w", "title": "W"}],
        "lines": [
            {"id": "l", "partner": "p", "wp": "w", "category": "staff", "period": 0, "cost_ct": 1}
        ],
        "offers": offers,
        "links": links,
    }  # fmt: skip


def test_all_entries_say_in_every_language_that_they_are_simulated() -> None:
    load_demonstration_offers()

    for entry in (*Programme.objects.all(), *Offer.objects.all()):
        name = "name" if isinstance(entry, Programme) else "title"
        assert entry.status == Status.DEMONSTRATION
        assert entry.key.startswith("simulated-")
        for code in LANGUAGE_CODES:
            assert WORD[code] in getattr(entry, name).inside(code)


def test_loading_again_changes_nothing() -> None:
    first = load_demonstration_offers()
    versions = EntryVersion.objects.count()

    again = load_demonstration_offers()

    assert first == Programme.objects.count() + Call.objects.count() + Offer.objects.count()
    assert again == 0
    assert EntryVersion.objects.count() == versions


def test_terms_have_no_fault() -> None:
    load_demonstration_offers()

    faults = {
        offer.key: check_terms(offer.terms, level=offer.programme.level, key=offer.key)
        for offer in Offer.objects.select_related("programme")
    }

    assert {key: found for key, found in faults.items() if found} == {}


def test_offers_of_the_present_period_make_a_case_with_their_links() -> None:
    load_demonstration_offers()
    offers = Offer.objects.select_related("programme", "call").order_by("key")

    data = [offer_data(offer, PERIODS) for offer in offers]
    case = read_case(
        shell([one for one in data if one], demonstration_links()), territory=territory()
    )

    assert {offer.id for offer in case.offers} == {o.key for o in offers if "1420" not in o.key}
    assert len(case.offers) >= 30
    assert {fact.status for offer in case.offers for fact in offer.facts} == {"demonstration"}


def test_terms_come_back_from_a_case_as_whole_quarters() -> None:
    load_demonstration_offers()
    offer = Offer.objects.select_related("programme", "call").get(key="simulated-de1-facility-2127")
    data = offer_data(offer, PERIODS)

    terms = terms_of(json.loads(json.dumps(data)), PERIODS)

    assert terms.pop("starts") == "2026-07-01"
    assert terms.pop("ends") == "2029-06-30"
    wanted = {k: v for k, v in offer.terms.items() if k not in {"starts", "ends"}}
    assert terms == wanted


def test_removing_leaves_the_real_catalogue() -> None:
    load_demonstration_offers()
    Programme.objects.create(
        key="real", name="Real", level="national", updated_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )

    assert remove_demonstration_offers() == 25

    assert list(Programme.objects.values_list("key", flat=True)) == ["real"]
    assert Offer.objects.count() == 0

"""Conditions read from calls wait for a person, each with the sentence it rests on."""

import datetime as dt
from pathlib import Path

import pytest

from alpclusters.platform.funding.domain.entries import accept_proposal
from alpclusters.platform.funding.domain.importing import import_aids, import_calls
from alpclusters.platform.funding.models import Call, ChangeProposal, Offer, Programme
from tests.factories.accounts import make_user
from tests.factories.funding import NOW
from tests.factories.territory import make_region

pytestmark = pytest.mark.django_db

RECORDED = Path(__file__).resolve().parents[3] / "recorded_calls"
OPEN = {"eq": ["offer.conditions_coded", True]}


def proposals(key: str) -> list[ChangeProposal]:
    return list(ChangeProposal.objects.filter(offer__key=key))


def test_topics_of_the_programmes_that_matter_become_calls_by_code_or_beginning() -> None:
    report = import_calls(RECORDED / "sedia", now=NOW)

    assert report.counts["new"] == 3
    assert {call.programme.key for call in Call.objects.select_related("programme")} == {
        "horizon-europe", "single-market-programme", "i3-2127",
    }  # fmt: skip


def test_nothing_of_a_text_stands_in_the_catalogue_until_somebody_accepts() -> None:
    import_calls(RECORDED / "sedia", now=NOW)
    offer = Offer.objects.get(key="horizon-synthetic-2027-01")

    assert offer.terms == {"origin": "union_central", "grants_from": "EU", "eligibility": OPEN}
    assert (offer.status, offer.checked_on) == ("unverified", None)

    (proposal,) = proposals(offer.key)
    accept_proposal(proposal, answer="", by=make_user(), now=NOW, is_checked=True)
    offer.refresh_from_db()

    assert [rate["bp"] for rate in offer.terms["rates"]] == [10_000, 7_000]
    assert offer.terms["cap_ct"] == 200_000_000
    assert offer.kinds == ["cluster", "sme"]
    assert offer.checked_on == NOW.date()


def test_a_proposal_quotes_the_very_sentences() -> None:
    import_calls(RECORDED / "sedia", now=NOW)

    (proposal,) = proposals("horizon-synthetic-2027-01")

    assert "“Eligible applicants are SMEs and cluster organisations.”" in proposal.note
    assert "“The maximum grant is EUR 2 000 000.”" in proposal.note
    assert "“typesOfAction: HORIZON Innovation Actions”" in proposal.note


def test_a_sentence_with_two_rates_proposes_none() -> None:
    import_calls(RECORDED / "sedia", now=NOW)

    assert proposals("i3-synthetic-2027-inv1") == []


def test_the_same_answers_again_propose_nothing_anew() -> None:
    import_calls(RECORDED / "sedia", now=NOW)
    first = ChangeProposal.objects.count()
    (proposal,) = proposals("horizon-synthetic-2027-01")
    accept_proposal(proposal, answer="", by=make_user(), now=NOW)

    report = import_calls(RECORDED / "sedia", now=NOW)

    assert ChangeProposal.objects.count() == first
    assert report.counts["unchanged"] == 3


def test_fields_of_the_french_catalogue_say_who_where_how_much_and_until_when() -> None:
    make_region("FRK", name="Auvergne-Rhône-Alpes")
    report = import_aids("aides-territoires", RECORDED / "aides-territoires", now=NOW)

    assert (report.counts["new"], report.counts["rejected"]) == (2, 1)
    call = Call.objects.get(key="aides-territoires-1")
    assert (call.opens, call.closes) == (dt.date(2026, 10, 1), dt.date(2027, 2, 15))
    assert call.source.startswith("Aides-territoires; SYNTHETIC")
    (proposal,) = proposals(call.key)
    terms = {one["path"]: one.get("value") for one in proposal.patch}
    assert "Entreprise privée" in proposal.note
    assert terms["/terms/rates"] == [{"bp": 5000}]
    assert terms["/terms/cap_ct"] == 2_000_000
    assert "FRK" in str(proposal.patch)
    assert Programme.objects.get(key="aides-territoires").licence == "Licence Ouverte 2.0"


def test_a_day_that_only_the_text_says_is_proposed_for_the_call() -> None:
    import_aids("aides-territoires", RECORDED / "aides-territoires", now=NOW)
    call = Call.objects.get(key="aides-territoires-3")

    (proposal,) = ChangeProposal.objects.filter(call=call)

    assert call.closes is None
    assert proposal.patch[0]["value"] == "2027-03-12"
    assert "Date limite : 12 mars 2027." in proposal.note


def test_a_place_nobody_knows_is_not_guessed() -> None:
    import_aids("aides-territoires", RECORDED / "aides-territoires", now=NOW)

    (proposal,) = proposals("aides-territoires-3")

    assert "within" not in str(proposal.patch)
    assert "conditions_coded" in str(Offer.objects.get(key="aides-territoires-3").terms)


def test_the_italian_catalogue_is_read_with_its_regions() -> None:
    make_region("ITC4", name="Lombardia")
    report = import_aids("incentivi", RECORDED / "incentivi", now=NOW)

    assert (report.counts["new"], report.counts["rejected"]) == (2, 1)
    (proposal,) = proposals(Call.objects.get(title="SYNTHETIC Bando cluster").key)
    assert "ITC4" in str(proposal.patch)
    assert "fino al 50%" in proposal.note

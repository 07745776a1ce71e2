"""Pairs that may be one: found, decided, never shown again."""

from datetime import UTC, datetime

import pytest

from alpclusters.platform.actors.domain.duplicates import (
    call_different,
    find_likely,
    open_proposals,
    propose_duplicates,
    put_off,
)
from alpclusters.platform.actors.domain.likeness import Body, candidate_pairs
from alpclusters.platform.actors.domain.merges import merge
from alpclusters.platform.actors.models import Alias, DuplicateProposal
from tests.factories.accounts import make_user
from tests.factories.organisations import make_identifier, make_organisation, make_organisations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
HOLZ = ("Holzcluster Muster GmbH", "Holz-Cluster Muster")


def waiting():
    return [(p.first.name, p.second.name) for p in open_proposals()]


def test_two_spellings_are_proposed_once_with_reasons():
    make_organisations([*HOLZ, "Textilcluster Muster"], country="AT", postcode="5020")

    assert propose_duplicates() == 1
    assert propose_duplicates() == 0
    (proposal,) = open_proposals()
    assert (proposal.first.name, proposal.second.name) == HOLZ
    assert [reason["code"] for reason in proposal.reasons] == ["name", "postcode"]
    assert proposal.score == 100


def test_other_names_are_compared_too():
    first, _ = make_organisations(["Beispielverein Alpenraum", "Holzforschung Muster"])
    Alias.objects.create(organisation=first, name="Holzforschung Muster e.V.")

    assert propose_duplicates() == 1


def test_same_number_is_proposed_across_names_and_countries():
    first = make_organisation("Beispiel Nord", country="AT")
    second = make_organisation("Esempio Sud", country="IT")
    make_identifier(first, "AT U-12345675", scheme="vat")
    make_identifier(second, "ATU12345675", scheme="vat")

    propose_duplicates()

    assert [p.reasons[0]["code"] for p in open_proposals()] == ["identifier"]


@pytest.mark.parametrize(
    ("scheme", "one", "other"),
    [
        ("vat", "12345675", "ATU12345675"),
        ("ror", "https://ror.org/02kkvpp62", "02kkvpp62"),
        ("isni", "0000 0001 2348 0690", "0000000123480690"),
        ("gln", "7612345000008", "76 12345 00000 8"),
    ],
)
def test_a_number_decides_however_it_is_written(scheme, one, other):
    first = make_organisation("Beispiel Nord", country="AT")
    second = make_organisation("Esempio Sud", country="IT")
    make_identifier(first, f"U{one}" if scheme == "vat" else one, scheme=scheme)
    make_identifier(second, other, scheme=scheme)

    propose_duplicates()

    assert [p.reasons[0]["scheme"] for p in open_proposals()] == [scheme]


@pytest.mark.parametrize(
    ("scheme", "number"),
    [("vat", "ATU12345676"), ("ror", "02kkvpp63"), ("isni", "1" * 16), ("gln", "1" * 13)],
)
def test_a_number_that_fails_its_check_decides_nothing(scheme, number):
    for name, issuer in (("Beispiel Nord", "a"), ("Esempio Sud", "b")):
        body = make_organisation(name, country="AT")
        make_identifier(body, number, scheme=scheme, issuer=issuer)

    assert propose_duplicates() == 0


def test_equal_names_in_two_countries_are_not_proposed():
    make_organisation("Holzcluster Muster", country="AT")
    make_organisation("Holzcluster Muster", country="SI")

    assert propose_duplicates() == 0


def test_invented_bodies_are_never_proposed_for_real_ones():
    make_organisation(HOLZ[0], is_simulated=True)
    make_organisation(HOLZ[1])

    assert propose_duplicates() == 0


def test_a_rejected_pair_never_comes_back():
    first, second = make_organisations(HOLZ)
    propose_duplicates()
    call_different(open_proposals().get(), by=make_user(), now=NOW)

    first.name = second.name
    first.save()

    assert (propose_duplicates(), propose_duplicates(among=[first.pk])) == (0, 0)
    assert waiting() == []


def test_a_rejection_holds_for_the_body_that_took_the_name():
    first, second, third = make_organisations([*HOLZ, "Muster Holzcluster"])
    propose_duplicates()
    pair = DuplicateProposal.objects.get(first=first, second=second)
    call_different(pair, by=make_user(), now=NOW)

    merge(third, second, by=make_user())
    propose_duplicates()

    assert waiting() == []


def test_what_is_put_off_waits_at_the_end():
    make_organisations(HOLZ)
    make_organisations(["Netzwerk Biomasse Muster", "Netzwerk Biomase Muster"])
    propose_duplicates()
    best = open_proposals().first()

    put_off(best, by=make_user(), now=NOW)

    assert list(open_proposals())[-1] == best
    assert len(waiting()) == 2


def test_a_pair_that_is_no_longer_alike_leaves_the_queue():
    first, _ = make_organisations(HOLZ)
    propose_duplicates()
    first.name = "Wasserkraft Beispiel"
    first.save()

    propose_duplicates()

    assert waiting() == []


def test_after_an_import_only_new_pairs_are_looked_for():
    make_organisations(HOLZ)
    new = make_organisations(["Netzwerk Biomasse Muster", "Netzwerk Biomasse-Muster e.V."])

    assert propose_duplicates(among=[new[0].pk]) == 1
    assert waiting() == [(new[0].name, new[1].name)]


def test_a_shared_host_says_nothing_and_an_own_one_does():
    make_organisations(["Alpha Beispielbau", "Beta Musterholz"], website="https://facebook.com/x")
    make_organisation("Verband Holzmuster Salzach", website="https://www.holzmuster.example/de")
    make_organisation("Verband Holzmuster an der Salzach", website="http://holzmuster.example")

    propose_duplicates()

    (proposal,) = open_proposals()
    assert "website" in [reason["code"] for reason in proposal.reasons]


def test_a_website_of_their_own_decides_whatever_the_names():
    make_organisation("Verband Beispielholz", website="https://www.holzmuster.example/de")
    make_organisation("Associazione Legno", website="http://holzmuster.example/it")

    propose_duplicates()

    assert [p.score for p in open_proposals()] == [100]


def test_parent_and_unit_on_one_website_are_asked_about_as_such():
    make_organisation("Holzforschung Muster", website="https://holzmuster.example")
    make_organisation("Holzforschung Muster, Labor", website="https://holzmuster.example/labor")

    propose_duplicates()

    assert [p.reasons[-1] for p in open_proposals()] == [{"code": "unit"}]


def test_large_blocks_are_dropped_and_rare_words_still_found():
    names = [f"Gesellschaft Beispiel {chr(97 + i // 26)}{chr(97 + i % 26)}xq" for i in range(300)]
    bodies = [Body(pk, (name,), "AT") for pk, name in enumerate([*names, f"{names[7]} GmbH"])]

    pairs = candidate_pairs(bodies)

    assert (7, 300) in pairs
    assert (7, 300) in {(found.first, found.second) for found in find_likely(bodies)}

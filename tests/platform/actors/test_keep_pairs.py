"""Real partners of keep.eu: how many pairs are looked at, and which are shown to a person."""

import pytest

from alpclusters.platform.actors.domain.likeness import Body, candidate_pairs, compare_bodies
from alpclusters.sources.keep import read_organisations
from alpclusters.sources.organisation_records import OrganisationRecord

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def bodies(shared):
    rows = read_organisations(shared / "data" / "network" / "keep_1420_slice.xlsx")
    named = {(r.name, r.country): r for r in rows if isinstance(r, OrganisationRecord)}
    return [
        Body(pk, (row.name,), row.country, row.postcode, row.town)
        for pk, row in enumerate(named.values())
    ]


def test_few_of_all_pairs_are_looked_at(bodies):
    forms = {(body.normal[0].text, body.country) for body in bodies}

    assert (len(bodies), len(forms)) == (158, 155)
    assert len(candidate_pairs(bodies)) == 34  # of 12,403


def test_all_that_is_shown_as_the_same_is_the_same(bodies):
    compared = [
        (compare_bodies(bodies[a], bodies[b]), bodies[a].names[0], bodies[b].names[0])
        for a, b in candidate_pairs(bodies)
    ]

    same = {(first, second) for found, first, second in compared if found.is_likely}
    units = {(first, second) for found, first, second in compared if found.may_be_unit}
    assert same == {
        ("Piemonte Region", "Piedmont Region"),
        ("European Academy of Bozen/Bolzano", "European Academy of Bolzano"),
        ("UNIVERSITÄT INNSBRUCK", "University of Innsbruck"),
        ("Safe Mountains Foundation", "Safe Mountain Foundation"),
        ("Univerza na Primorskem", "UNIVERSITY OF PRIMORSKA"),
        ("Regional Government of Lombardia", "REGIONAL GOVERNEMENT OF LOMBARDY"),
    }
    assert units == {
        (
            "Technische Universität Graz",
            "Technische Universität Graz, Institut für Softwaretechnologie",
        ),
        (
            "Italian-German Chamber of Commerce in Munich",
            "Italian-German Chamber of Commerce Munich-Stuttgart",
        ),
    }

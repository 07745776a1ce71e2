"""Single fields of organisations: countries, postcodes, addresses, places, legal forms."""

import pytest

from alpclusters.sources.organisation_fields import (
    clean,
    coordinates_of,
    country_of,
    is_natural_person,
    nuts_of,
    postcode_of,
    website_of,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("  a \t b\r\nc ", "a b c"),
        ("R&amp;amp;D", "R&amp;D"),
        ("Gro\u0308\u00dfe", "Größe"),
        ("zero\u200bwidth\u00a0space", "zerowidth space"),
        ("bell\x07ring", "bell ring"),
    ],
)
def test_text_is_cleaned_once(given, found):
    assert clean(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("EL", "GR"),
        ("UK", "GB"),
        ("XK", "XK"),
        ("Liechtenstein", "LI"),
        ("FRANCE", "FR"),
        ("CH Switzerland / SCHWEIZ/SUISSE/SVIZZERA", "CH"),
        ("", None),
        ("si", None),
        ("Atlantis", None),
    ],
)
def test_countries_are_iso_codes_or_unknown(given, found):
    assert country_of(given) == found


@pytest.mark.parametrize(
    ("given", "country", "found"),
    [
        ("1000", "SI", ("1000", False)),
        ("1067", "DE", ("01067", True)),
        ("123", "IT", ("00123", True)),
        ("0150", "NO", ("0150", False)),
        ("IT-38122", "IT", ("IT-38122", False)),
        ("105 61", "GR", ("105 61", False)),
        ("", "FR", ("", False)),
        ("²", "FR", ("²", False)),
    ],
)
def test_postcodes_get_back_their_zeros_only_where_they_are_numbers(given, country, found):
    assert postcode_of(given, country) == found


@pytest.mark.parametrize(
    ("name", "country", "is_person"),
    [
        ("Tesar Novak s. p.", "SI", True),
        ("NOVAK S.P.", "SI", True),
        ("Cluster e.V.", "DE", False),
        ("Kovács Anna e.v.", "HU", True),
        ("Muster e.U.", "AT", True),
        ("Muster e.K.", "DE", True),
        ("Obrt Horvat", "HR", True),
        ("Bobrtal GmbH", "HR", False),
        ("S.p.A. Rossi", "IT", False),
        ("Rossi S.p.A.", "SI", False),
    ],
)
def test_legal_form_of_one_person_depends_on_the_country(name, country, is_person):
    assert is_natural_person(name, country) is is_person


def test_addresses_places_and_codes_that_are_none_are_told_apart():
    assert website_of("HTTPS://example.org/a?b=c") == "HTTPS://example.org/a?b=c"
    assert website_of("mailto:a@example.org") is None
    assert coordinates_of("-90, 180.0") == (-90.0, 180.0)
    assert coordinates_of("46,5,11,3") is None
    assert coordinates_of("90.5, 11.3") is None
    assert coordinates_of("46.5, -180.5") is None
    assert nuts_of("  ") == "  "
    assert nuts_of("XK") == "XK"

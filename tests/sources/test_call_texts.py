"""Rules that propose conditions: with the sentence they rest on, and silent where it is unclear."""

import pytest

from alpclusters.sources.call_texts import find_conditions


def read(text: str) -> dict[str, str]:
    return {one.said: one.value for one in find_conditions(text)}


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The funding rate is up to 70 % of eligible costs.", "7000"),
        ("Der Fördersatz beträgt höchstens 37,5 %.", "3750"),
        ("Le taux de subvention est de 50 % au maximum.", "5000"),
        ("Contributo a fondo perduto fino al 50% delle spese.", "5000"),
        ("Stopnja sofinanciranja znaša 85 odstotkov.", "8500"),
    ],
)
def test_a_rate_is_read_in_five_languages(text, points):
    assert read(text)["rate"] == points


@pytest.mark.parametrize(
    "text",
    [
        "The funding rate is 50 % for large firms and 70 % for SMEs.",
        "The funding rate is 50 %. For others the funding rate is 60 %.",
        "In 2024, 30 % of all firms exported.",
        "The funding rate is 250 %.",
    ],
)
def test_what_is_unclear_is_not_proposed(text):
    assert "rate" not in read(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("The maximum grant is EUR 60 000.", "6000000"),
        ("Der Zuschuss beträgt höchstens 7.500 Euro.", "750000"),
        ("L’aide est plafonnée à 1,5 million d’euros pour le projet.", "150000000"),
        ("Il contributo massimo è di 10.000,50 euro.", "1000050"),
        ("Subvencija znaša največ 3.000 evrov.", "300000"),
    ],
)
def test_a_ceiling_is_read_in_cents(text, cents):
    assert read(text)["ceiling"] == cents


def test_who_may_apply_rests_on_a_sentence_that_excludes_nobody():
    assert read("Eligible applicants are SMEs and cluster organisations.")["who"] == "cluster sme"
    assert read("Antragsberechtigt sind KMU und Hochschulen.")["who"] == "sme research"
    assert "who" not in read("Large companies are not eligible.")


@pytest.mark.parametrize(
    "text",
    [
        "Deadline: 12 March 2027.", "Antragsfrist ist der 12. März 2027.",
        "Date limite : 12 mars 2027", "Domande entro il 12/03/2027.",
        "Rok za oddajo je 12. marec 2027.", "Closing date 2027-03-12",
    ],
)  # fmt: skip
def test_a_closing_day_is_read_in_five_languages(text):
    assert read(text)["closes"] == "2027-03-12"


@pytest.mark.parametrize(
    "text",
    [
        "The deadline is between 12 March 2027 and 30 April 2027.",
        "Antragsfrist ist der 12.03.2027 oder der 30.04.2027.",
        "Deadline: 12 March 2027. The deadline for others is 30 April 2027.",
        "The programme began on 12 March 2027.",
        "Deadline: 31 February 2027.",
    ],
)
def test_a_closing_day_that_is_unclear_is_not_proposed(text):
    assert "closes" not in read(text)


def test_each_finding_carries_the_very_sentence():
    text = "About the call.\nThe funding rate is up to 70 %. More text."

    (found,) = find_conditions(text)

    assert found.sentence == "The funding rate is up to 70 %."


def test_a_hostile_text_ends():
    assert find_conditions("€ " + "1 " * 200_000) == ()
    assert find_conditions("eligible " * 100_000) == ()

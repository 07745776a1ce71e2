"""Why an offer fits, as sentences: every operator, every reason, five languages."""

import pytest

from alpclusters.analysis.funding.eligibility import FIELDS, Truth, evaluate, read_condition
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.funding_words.conditions import (
    LABELS,
    expression_words,
    field_label,
    field_question,
    territory_words,
    value_labels,
)
from alpclusters.reports.funding_words.reasons import (
    WHATEVER,
    trace_reasons,
    verdict_reasons,
    verdict_word,
)
from tests.analysis.funding.eligibility.golden import EVALUATIONS, FACTS, LAND

pytestmark = pytest.mark.unit

SMALL = {"eq": ["partner.size", "small"]}
BELOW = {"lt": ["partner.turnover_ct", 500_000_00]}


def texts(condition, facts=FACTS, land=LAND, **options):
    trace = evaluate(condition, facts, land)
    return [reason.text for reason in trace_reasons(trace, "en", **options)]


@pytest.mark.parametrize(
    ("condition", "partner", "text"),
    [
        (SMALL, {"size": "small"}, "Size of the undertaking: small; given is small."),
        (
            {"in": ["partner.size", ["small", "medium"]]},
            {"size": "large"},
            "Size of the undertaking: small or medium-sized is required, but large is given.",
        ),
        (BELOW, {}, "Annual turnover: less than €500,000 is required; this is not known yet."),
        (
            {"not": BELOW},
            {"turnover_ct": 1},
            "Annual turnover: at least €500,000 is required, but €0.01 is given.",
        ),
        (
            {"not": {"eq": ["partner.in_difficulty", True]}},
            {"in_difficulty": False},
            "Undertaking in difficulty: no; given is no.",
        ),
        (
            {"hasany": ["partner.themes", ["photonics", "digital"]]},
            {"themes": ("health",)},
            "Themes: at least one of: Photonics, Digital is required, but Health is given.",
        ),
        (
            {"known": "partner.turnover_ct"},
            {},
            "Annual turnover: an answer is required, but nothing is given.",
        ),
        (
            {"eq": ["offer.conditions_coded", True]},
            {},
            (
                "The conditions of this offer are not entered in detail yet; read the source "
                "before you apply."
            ),
        ),
        ({"all": []}, {}, "There are no conditions."),
        ({"any": []}, {}, "Nobody can meet the conditions as they are entered."),
        (
            {"eq": ["partner.size", "small"]},
            {"size": 3},
            "Size of the undertaking: small is required; the value given cannot be read.",
        ),
    ],
)
def test_leaf_says_what_is_wanted_and_what_is_given(condition, partner, text):
    assert texts(condition, {"partner": partner}) == [text]


def test_place_is_named_with_what_was_given():
    within = {"within": ["partner.nuts", {"area": "alpine-space-2021-2027"}]}
    facts = {"partner": {"nuts": "NL11", "vintage": 2021}}

    (text,) = texts(within, facts, territory())

    assert text == (
        "Seat: a place in Alpine Space 2021–2027 is required; what the code NL11 of 2021 became in "
        "2021 is not known."
    )


def test_count_says_how_many_it_is():
    firms = {"count": {"of": "partners", "where": {"eq": ["it.kind", "sme"]}, "ge": 2}}
    wanted = "at least 2 of the partners with this: Kind of body: small or medium-sized firm"
    sme, none = {"kind": "sme"}, {"id": "P2"}

    assert texts(firms, {}) == [
        f"Partnership: {wanted} required; the partners are not known yet.",
    ]
    assert texts(firms, {"partners": [sme, sme]}) == [f"Partnership: {wanted}; here it is 2."]
    assert texts(firms, {"partners": [sme]}) == [
        f"Partnership: {wanted} required, but here it is 1."
    ]
    assert texts(firms, {"partners": [sme, none]}) == [
        f"Partnership: {wanted} required; here it may be 1 to 2.",
        "P2: Kind of body: small or medium-sized firm is required; this is not known yet.",
    ]


def test_partner_of_a_count_has_its_name():
    firms = {"count": {"of": "partners", "where": {"eq": ["it.kind", "sme"]}, "ge": 1}}
    facts = {"partners": [{"id": "P7"}]}

    found = texts(firms, facts, partners={"P7": "Joinery"})

    assert found[1].startswith("Joinery: Kind of body: ")


def test_whatever_the_answer_is_said():
    either = read_condition({"any": [BELOW, {"not": BELOW}]}, LAND).judge({"partner": {}})

    assert [one.text for one in verdict_reasons(either, "en")] == [WHATEVER]
    assert verdict_word(either.exact, "en") == "fits"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize(
    ("condition", "facts"),
    [(one[1], one[2]) for one in EVALUATIONS],
    ids=[str(one[0]) for one in EVALUATIONS],
)
def test_every_evaluation_of_the_paper_has_a_sentence_in_every_language(language, condition, facts):
    trace = evaluate(condition, {**FACTS, **facts}, LAND)
    found = [one.text for one in trace_reasons(trace, language)]

    assert found
    assert all(text.endswith(".") and "%(" not in text for text in found)
    assert "%(" not in expression_words(condition, language)


def test_whole_condition_stands_in_plain_words():
    condition = {
        "all": [
            {"atleast": {"n": 1, "of": [SMALL, {"ge": ["partner.members", 20]}]}},
            {"not": {"any": [{"eq": ["partner.in_difficulty", True]}, BELOW]}},
        ]
    }

    assert expression_words(condition, "en") == (
        "all of these: at least 1 of these: Size of the undertaking: small; Members: at least 20; "
        "all of these: Undertaking in difficulty: no; Annual turnover: at least €500,000"
    )


def test_many_places_are_cut_and_exceptions_named():
    many = {"nuts": ["AT", "DE", "FR", "IT", "SI", "CH", "LI"], "except": ["DE24"], "vintage": 2016}

    assert territory_words(many, "en") == (
        "Austria, Germany, France, Italy and 3 more without Upper Franconia (DE24)"
    )


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_field_has_a_name_and_a_question(language):
    for path in FIELDS:
        name = path.removeprefix("partner.")

        assert name in LABELS
        assert field_label(path, language)
        assert field_question(path, language).endswith("?")


def test_values_of_an_enumeration_have_words():
    assert value_labels("partner.size", "de") == {
        "small": "klein",
        "medium": "mittelgroß",
        "large": "groß",
        "none": "keine wirtschaftliche Tätigkeit",
    }
    assert value_labels("partners[P2].label", "en")["none"] == "no label"
    assert value_labels("partner.age", "en") == {}


def test_own_question_reads_as_its_name():
    assert field_label("partner.condition_in_the_database", "en") == (
        "Question of this offer: in the database"
    )


@pytest.mark.parametrize("truth", Truth)
def test_every_value_has_a_word(truth):
    assert len({verdict_word(truth, language) for language in LANGUAGE_CODES}) > 1

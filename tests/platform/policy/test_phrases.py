"""Reasons for a recommendation name the scale on which each criterion was rated."""

import pytest

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.phrases import Evidence, rationale

pytestmark = pytest.mark.unit


def ordered(low, high):
    return Scale(Kind.ORDERED, tuple(range(low, high + 1)))


def evidence(name, scale, **more):
    return Evidence(dict.fromkeys(LANGUAGE_CODES, name), scale, 24, 0.0, 5.7, 5.2, 6.1, **more)


@pytest.mark.parametrize("is_model", [True, False])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "on the scale from 1 to 7"),
        ("de", "auf der Skala von 1 bis 7"),
        ("fr", "sur l’échelle de 1 à 7"),
        ("it", "sulla scala da 1 a 7"),
        ("sl", "na lestvici od 1 do 7"),
    ],
)
def test_reasons_name_the_scale_of_a_criterion(language, said, is_model):
    texts = rationale({}, 1, [evidence("Reach", ordered(1, 7), is_model=is_model)])

    assert said in texts[language]


def test_reasons_without_an_interval_name_the_scale_too():
    one = Evidence({"en": "Reach"}, ordered(0, 10), 4, 0.0, 3.0, None, None)

    assert "mean 3.0 on the scale from 0 to 10, n = 4" in rationale({}, 1, [one])["en"]


@pytest.mark.parametrize("is_model", [True, False])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "share of yes 94%, 90% interval 90% to 97%"),
        ("de", "Anteil Ja 94\u202f%, 90-%-Intervall 90\u202f% bis 97\u202f%"),
    ],
)
def test_reasons_say_yes_and_no_in_shares(language, said, is_model):
    names = dict.fromkeys(LANGUAGE_CODES, "Join in")
    yes_no = Scale(Kind.YES_NO, (0, 1))
    one = Evidence(names, yes_no, 24, 0.0, 0.936, 0.9, 0.97, is_model=is_model)

    text = rationale({}, 1, [one])[language]

    assert said in text
    assert " 0 " not in text

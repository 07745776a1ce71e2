"""Reasons for a recommendation name the scale on which each criterion was rated."""

import pytest

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.phrases import Evidence, rationale

pytestmark = pytest.mark.unit


def evidence(name, ends, **more):
    return Evidence(dict.fromkeys(LANGUAGE_CODES, name), ends, 24, 0.0, 5.7, 5.2, 6.1, **more)


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
    texts = rationale({}, 1, [evidence("Reach", (1, 7), is_model=is_model)])

    assert said in texts[language]


def test_reasons_without_an_interval_name_the_scale_too():
    one = Evidence({"en": "Reach"}, (0, 10), 4, 0.0, 3.0, None, None)

    assert "mean 3.0 on the scale from 0 to 10, n = 4" in rationale({}, 1, [one])["en"]

"""Addresses and texts of the pages of a mix."""

import json

from django.urls import reverse

from alpclusters.analysis.funding.mix.document import mix_text
from alpclusters.platform.funding.domain.mixing.computing import compute
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.models import MixRun
from tests.factories.mixes import example_case


def address(name: str, run: MixRun, *more) -> str:
    return reverse(f"workspace:{name}", args=[run.pk, *more])


def text_of(answer) -> str:
    assert answer.status_code in {200, 422}
    return " ".join(answer.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def mix_of(name: str = "tiny", **changes):
    data = example_case(name, **changes)
    return data, json.loads(mix_text(compute(Asked(data), tell=lambda _message: True)))

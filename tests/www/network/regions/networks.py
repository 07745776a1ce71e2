"""A network of four countries, and how its pages are read."""

import re
from datetime import date

from django.test import Client

from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from tests.factories.networks import make_bodies, tie, weave


def page(path: str, language: str = "en", client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/{language}/network/{path}")
    assert answer.status_code == 200, path
    return answer.getvalue().decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def make_network(**fields):
    """Four countries in a ring; between Austria and Slovenia is one tie. Liechtenstein is small."""
    codes = ("AT33", "ITH2", "SI04", "DE21")
    bodies = {code: make_bodies(code, 8, **fields) for code in codes}
    kind = {"is_simulated": fields.get("is_simulated", False)}
    for one, two in (("AT33", "ITH2"), ("ITH2", "SI04"), ("SI04", "DE21"), ("DE21", "AT33")):
        weave(bodies[one], bodies[two], 40, **kind)
    weave(bodies["ITH2"], bodies["DE21"], 60, **kind)
    tie(bodies["AT33"][0], bodies["SI04"][0], **kind)
    bodies["LI00"] = make_bodies("LI00", 2, **fields)
    weave(bodies["LI00"], bodies["AT33"], 9, **kind)
    tie(bodies["AT33"][1], bodies["DE21"][7], started_on=date(2015, 1, 1), **kind)
    measure_network(Scope("links", is_simulated=fields.get("is_simulated", False)))
    return bodies

"""Draws of chance that do not hang on which test came before.

What changes places in an AlpCafé follows from its number. On PostgreSQL numbers go on where the
last test ended, and few of all possible draws tell so little that a small hall has no groups.
"""

from functools import partial

import pytest


@pytest.fixture(autouse=True)
def draws_of_the_first_cafe(request, monkeypatch):
    """Draw in every AlpCafé as in the first of the installation; the secret key still counts."""
    if "db" not in request.fixturenames and not request.node.get_closest_marker("django_db"):
        return
    from alpclusters.platform.evaluation.domain import tables  # noqa: PLC0415 - needs Django

    monkeypatch.setattr(tables, "chance_of", partial(_as_first, tables.chance_of))


def _as_first(chance_of, cafe):
    from alpclusters.platform.cafe.models import AlpCafe  # noqa: PLC0415 - needs Django

    return chance_of(AlpCafe(pk=1, project=cafe.project))

"""``alpclusters truth``: the numbers of all public pages, followed."""

import json
import re

import pytest

from alpclusters.cli import main
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def told(capsys, *more):
    status = main(["truth", "--in", "en", "--each", "1", *more])
    return status, capsys.readouterr().out


def test_numbers_of_a_site_are_followed_and_agree(capsys):
    make_plan(("fair", "pilot"), published=True)

    status, out = told(capsys, "--json")

    found = json.loads(out)
    # The map names regions, the footer the codebook: not loaded here, and that is found.
    absent = re.compile(r"/en/(regions/[A-Z]{2}\w{1,3}|evidence/codebook)/")
    wrong = found["numbers"]["mismatches"]
    assert [
        one for one in wrong if one["what"] != "link" or not absent.fullmatch(one["shown"])
    ] == []
    assert wrong != []
    assert status == 1
    assert found["schema"] == "alpclusters-truth/1"
    assert found["pages"] > 5
    assert found["numbers"]["n"] > 10


def test_wrong_number_is_named_with_its_page_and_ends_with_1(capsys, monkeypatch):
    make_plan(published=True)
    name = "alpclusters.www.public.plans.plan_views.wanted"
    monkeypatch.setattr(name, lambda _reading, _query: [])

    status, out = told(capsys)

    assert status == 1
    assert "/en/plans/" in out
    assert "actions" in out

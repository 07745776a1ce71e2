"""``alpclusters fetch calls --from-recorded``: imported, counted, nothing fetched."""

import json
from pathlib import Path

import pytest

from alpclusters import cli
from alpclusters.platform.funding.models import Call, ChangeProposal

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

RECORDED = Path(__file__).resolve().parents[1] / "recorded_calls"


def run(capsys, *options):
    status = cli.main(["--language", "en", "fetch", "calls", *map(str, options)])
    return status, capsys.readouterr()


@pytest.mark.parametrize(
    ("source", "n_new", "n_rejected"),
    [("sedia", 3, 0), ("aides-territoires", 2, 1), ("incentivi", 2, 1)],
)
@pytest.mark.usefixtures("prepared")
def test_recorded_answers_of_each_source_become_calls(capsys, source, n_new, n_rejected):
    status, told = run(capsys, "--source", source, "--from-recorded", RECORDED / source)

    record = json.loads(told.out.splitlines()[-1])
    assert (status, record["new"], record["rejected"]) == (0, n_new, n_rejected)
    assert Call.objects.count() == n_new
    assert record["proposals"] == ChangeProposal.objects.count() > 0


@pytest.mark.usefixtures("prepared")
def test_a_file_that_is_not_named_and_a_token_that_is_missing_are_told(capsys):
    no_file, told_file = run(capsys, "--source", "file")
    no_token, told_token = run(capsys, "--source", "aides-territoires")

    assert (no_file, no_token) == (2, 2)
    assert "--from-recorded" in told_file.err
    assert "--token-file" in told_token.err

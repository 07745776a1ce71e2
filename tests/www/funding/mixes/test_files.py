"""A mix to take away: documents and data."""

import io
import zipfile

import pytest

from alpclusters.analysis.funding.mix.document import mix_text
from tests.factories.mixes import tiny_mix
from tests.www.funding.mixes.mix_pages import address

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("kind", ["proof", "report"])
@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_documents_can_be_taken_away(client, run, kind, ending, begins):
    answer = client.get(address("mix_file", run, f"{kind}.{ending}"))

    assert answer.content.startswith(begins)
    if ending != "pdf":
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


@pytest.mark.usefixtures("planner")
def test_mix_as_data_is_the_stored_one(client, run):
    answer = client.get(address("mix_file", run, "mix.json"))

    assert answer.content.decode() == mix_text(run.result)


@pytest.mark.usefixtures("planner")
@pytest.mark.parametrize("name", ["mix.pdf", "proof.exe", "secret", "report.json"])
def test_other_files_are_not_found(client, run, name):
    assert client.get(address("mix_file", run, name)).status_code == 404


@pytest.mark.usefixtures("planner")
def test_failed_mix_has_no_report(client, run):
    run.result = {**tiny_mix(), "status": "failed"}
    run.save()

    assert client.get(address("mix_file", run, "report.pdf")).status_code == 404

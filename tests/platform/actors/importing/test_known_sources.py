"""Partners of keep.eu, organisations of CORDIS and beneficiaries of Kohesio go the same way."""

import csv
import hashlib

import pytest

from alpclusters.platform.actors.domain.importing import (
    Choices,
    ensure_source,
    perform_run,
    read_preview,
    start_run,
)
from alpclusters.platform.actors.models import ImportRun, Organisation, Provenance

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FILES = {
    "keep": "data/fixtures/keep/keep_closed_1420_partnership_alpine.csv",
    "cordis": "data/fixtures/cordis/organization_synthetic.csv",
    "kohesio": "data/fixtures/kohesio/beneficiaries_2023.tsv",
}


def take_in(path, kind, folder):
    source = ensure_source(kind)
    choices = Choices(kind=kind, report_folder=str(folder))
    return perform_run(
        start_run(source, path, name=path.name, columns={}, by=None, choices=choices)
    )


@pytest.mark.parametrize("kind", FILES)
def test_known_layouts_are_recognised_and_imported_once(shared, tmp_path, kind):
    path = shared / FILES[kind]

    assert read_preview(path, name=path.name).kind == kind
    first = take_in(path, kind, tmp_path)
    second = take_in(path, kind, tmp_path)

    assert first.read == first.created + first.updated + first.unchanged + first.rejected
    assert first.created == Organisation.objects.count() == Provenance.objects.count() > 0
    assert (second.read, second.created, second.updated) == (first.read, 0, 0)
    assert second.unchanged == first.created + first.unchanged
    with first.rejected_file.open(encoding="utf-8-sig", newline="") as file:
        rejected = list(csv.DictReader(file))
    assert len(rejected) == first.rejected
    assert all(row["reason"] and row["line"] for row in rejected)


def test_an_archive_of_cordis_is_recognised_and_imported(shared, tmp_path):
    path = shared / "data/fixtures/cordis/cordis-synthetic-projects-csv.zip"

    assert read_preview(path, name=path.name).kind == "cordis"
    assert take_in(path, "cordis", tmp_path).created == Organisation.objects.count() > 0
    run = ImportRun.objects.get()
    assert run.digest == hashlib.sha256(path.read_bytes()).hexdigest()

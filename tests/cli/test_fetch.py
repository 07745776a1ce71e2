"""``alpclusters fetch boundaries`` and ``fetch postcodes`` with files made up for the test."""

import os
import subprocess
import sys

import pytest

from tests.factories.shapes import write_made_up
from tests.homes import copy_home

pytestmark = [pytest.mark.integration, pytest.mark.slow]

POSTCODES = (
    "POSTCODE,CNTR_ID,LAU_NAME,NUTS3_2024\n"
    "5020,AT,SYNTHETIC,'AT323'\n1000,BE,SYNTHETIC,'BE100'\n,AT,SYNTHETIC,'AT323'\n"
)


def fetch(home, *arguments: str) -> subprocess.CompletedProcess:
    environment = {
        **os.environ, "ALPCLUSTERS_HOME": str(home), "ALPCLUSTERS_STATIC": "finders",
        "PYTHONPATH": "src", "DATABASE_URL": "",
    }  # fmt: skip
    command = [sys.executable, "-m", "alpclusters", "--language", "en", "fetch", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return copy_home("plain", tmp_path_factory.mktemp("home"))


def test_boundaries_need_the_licence_once_and_are_kept_small(home, tmp_path):
    folder = tmp_path / "given"
    write_made_up(folder, scale="60M")

    refused = fetch(home, "boundaries", "--small", "--from", str(folder))
    accepted = fetch(home, "boundaries", "--small", "--from", str(folder), "--accept-licence")
    again = fetch(home, "boundaries", "--small", "--from", str(folder))

    assert (refused.returncode, accepted.returncode, again.returncode) == (2, 0, 0)
    assert "not for commercial use" in refused.stdout
    assert "--accept-licence" in refused.stderr
    assert "NUTS 3: 88 regions" in accepted.stdout
    assert (home / "boundaries" / "nuts-2021-2.geojson").is_file()


def test_postcodes_are_counted_row_by_row_and_name_their_licence(home, tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "PCODE_PT_2024_4326.csv").write_text(POSTCODES, encoding="utf-8")

    found = fetch(home, "postcodes", "--from", str(folder))

    assert found.returncode == 0, found.stderr
    assert "CC-BY-SA 4.0" in found.stdout
    assert "Rows read: 3; kept: 1 (codes of NUTS 2024); of other countries: 1" in found.stdout
    assert "without postcode or code: 1" in found.stdout


def test_an_archive_that_is_there_says_how_it_is_imported(home, tmp_path):
    (tmp_path / "cordis-fp7projects-csv.zip").write_bytes(b"SYNTHETIC")

    found = fetch(home, "cordis", "FP7", "--from", str(tmp_path))

    assert found.returncode == 0, found.stderr
    assert "import cordis" in found.stdout
    assert "CC BY 4.0" in found.stdout

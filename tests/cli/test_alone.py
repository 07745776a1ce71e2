"""Commands that work on files run where Django was never set up: in tests it always is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "docs" / "examples" / "funding" / "partnership.json"


def run(*arguments):
    alone = {name: one for name, one in os.environ.items() if not name.startswith("DJANGO_")}
    command = [sys.executable, "-m", "alpclusters", *map(str, arguments)]
    done = subprocess.run(command, env=alone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_program_evaluates_a_file_without_a_database(tmp_path):
    path, out = tmp_path / "ratings.csv", tmp_path / "out"
    rows = [f"p{who},Trains,{3 + who % 3}" for who in range(20)]
    path.write_text("participant,item,value\n" + "\n".join(rows) + "\n", encoding="utf-8")

    run("evaluate", path, "--out", out)

    assert (out / "report.pdf").exists()


def test_the_program_finds_a_mix_with_everything_beside_it_without_a_database(tmp_path):
    told = run("fund", CASE, "--out", tmp_path / "mix", "--chances", "--application")

    assert json.loads(told.splitlines()[-1])["objective"] > 0
    left = {path.name for path in (tmp_path / "mix").iterdir()}
    assert {"mix.json", "proof.pdf", "report.xlsx", "chances.json", "application.zip"} <= left


def test_the_program_weighs_cases_together_without_a_database(tmp_path):
    told = run("fund-together", CASE, CASE, "--out", tmp_path / "out")

    assert json.loads(told.splitlines()[-1])["together_ct"] > 0
    assert (tmp_path / "out" / "answer.pdf").exists()


def test_the_program_says_who_fits_which_offer_without_a_database():
    assert json.loads(run("eligible", CASE, "--json"))

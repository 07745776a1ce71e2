"""The command `network`: the real Alpine table, small files, damaged files, five languages."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from alpclusters.cli import main
from alpclusters.cli.network_table import LABELS
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.network_files import REASONS, reason_sentence

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
HEAD = "rcn,pic,role,type,country,start_date,end_date"
ALPINE = ("--territory", "AT,CH,DE,FR,IT,LI,SI", "--max-participants", "100")


def network(*arguments):
    return main(["network", *map(str, arguments)])


def told(capsys, *arguments):
    assert network(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def participations(n_projects=60):
    """Made-up rows: four countries, projects of two to five, from 2014 to 2017."""
    rows = []
    for project in range(n_projects):
        members = {
            (7 * project + 3 * place * place + place) % 31 for place in range(2 + project % 4)
        }
        year = 2014 + project % 4
        dates = f"{year}-06-01,{year + 2}-05-31"
        rows += [
            f"{project},{100 + who},p,x,{('AT', 'DE', 'IT', 'SI')[who % 4]},{dates}"
            for who in sorted(members)
        ]
    return rows


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "simulated.csv"
    path.write_text("\n".join([HEAD, *participations()]) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_real_table_is_reproduced(capsys, shared):
    path = shared / "data/network/h2020_participations.csv.gz"

    record = told(capsys, path, *ALPINE, "--window", "2014-2016", "--window", "2017-2019")

    one, two = record["windows"]
    rounded = [
        [round(window[name], digits) for window in (one, two)]
        for name, digits in (
            ("ties", 0), ("organisations_connected", 0), ("cross_border_share", 5), ("ei", 5),
            ("ei_expected", 5), ("affinity_t", 5), ("transitivity", 7), ("kmax", 0),
        )
    ]  # fmt: skip
    assert rounded == [
        [40_925, 61_297], [5_480, 6_692], [0.64044, 0.65760], [0.28088, 0.31520],
        [0.49976, 0.51577], [0.08071, 0.07621], [0.1400466, 0.1366580], [37, 43],
    ]  # fmt: skip
    assert (one["kmax_organisations"], two["kmax_organisations"]) == (75, 44)
    assert [pair["first"] + pair["second"] for pair in two["missing_pairs"]] == [
        "DEIT", "ATFR", "FRSI", "DESI", "CHSI",
    ]  # fmt: skip
    assert one["connected_by_group"]["LI"] == 1
    hidden = [pair for pair in one["pairs"] if "LI" in (pair["first"], pair["second"])]
    assert [pair["withheld"] for pair in hidden] == [True] * 6
    assert all(set(pair) == {"first", "second", "withheld"} for pair in hidden)
    assert record["source"]["rows"] == 144_726


def test_every_window_carries_stamp_intervals_and_numbers(capsys, table):
    record = told(capsys, table, "--window", "2014-2015", "--window", "2016-2017")

    assert [window["window"]["name"] for window in record["windows"]] == ["2014-2015", "2016-2017"]
    for window in record["windows"]:
        for name in ("cross_border_share", "ei", "affinity_t"):
            interval = window[f"{name}_interval"]
            assert interval["low"] <= window[name] <= interval["high"]
            assert (interval["draws"], interval["seed"], interval["level"]) == (500, 0, 0.95)
        assert window["stamp"]["binary"]["weights"] == "binary"
        assert window["stamp"]["fractional"]["n_ties"] == window["ties"]
        assert window["stamp"]["binary"]["window"]["rule"] == "started"
        assert window["projects"] == 30
    assert record["territory"] == ["AT", "DE", "IT", "SI"]


def test_without_windows_everything_is_one(capsys, table):
    (window,) = told(capsys, table)["windows"]

    assert (window["window"]["rule"], window["projects"]) == ("all", 60)
    assert window["projects_without_date"] == 0


def test_projects_that_ran_in_a_window_are_more_than_those_that_started(capsys, table):
    started = told(capsys, table, "--window", "2015")["windows"][0]["projects"]
    active = told(capsys, table, "--window", "2015", "--rule", "active")["windows"][0]["projects"]

    assert (started, active) == (15, 30)


def test_same_seed_gives_the_same_and_another_one_other_intervals(capsys, table):
    one, two = told(capsys, table), told(capsys, table)
    other = told(capsys, table, "--seed", 1)

    assert one == two
    assert other["windows"][0]["affinity_t"] == one["windows"][0]["affinity_t"]
    assert other["windows"][0]["affinity_t_interval"] != one["windows"][0]["affinity_t_interval"]


def test_large_projects_are_left_out_and_named(capsys, table):
    window = told(capsys, table, "--max-participants", 4)["windows"][0]

    assert window["projects_too_large"] == list(range(3, 60, 4))
    assert window["stamp"]["binary"]["max_size"] == 4


def test_territory_that_nobody_has_is_said_and_breaks_nothing(capsys, table):
    record = told(capsys, table, "--territory", "at,LI")

    assert (record["territory"], record["territory_unseen"]) == (["AT", "LI"], ["LI"])
    window = record["windows"][0]
    assert window["reasons"]["ei"] == ["one_group"]
    assert window["missing_pairs"] == []
    nobody = told(capsys, table, "--territory", "LI")["windows"][0]
    assert (nobody["ties"], nobody["ei"], nobody["affinity_t"], nobody["kmax"]) == (
        0, None, None, None,
    )  # fmt: skip
    assert nobody["reasons"]["affinity_t"] == ["no_ties"]


def test_window_without_projects_has_reasons_and_no_numbers(capsys, table):
    window = told(capsys, table, "--window", "1999")["windows"][0]

    assert (window["projects"], window["organisations"], window["cross_border_share"]) == (
        0,
        0,
        None,
    )
    assert window["cross_border_share_interval"] is None
    assert network(table, "--window", "1999", "--language", "de") == 0
    assert "–" in capsys.readouterr().out


def test_table_can_be_read_in_five_languages(capsys, table):
    for language in LANGUAGE_CODES:
        assert network(table, "--window", "2014-2017", "--language", language) == 0
        out = capsys.readouterr().out
        text = translator(language)
        assert all(text.gettext(label) in out for label in LABELS.values())
        assert "2014-2017" in out
        assert "%(" not in out
    assert "T de Frenken" in _printed(capsys, table, "fr")


def seldom_met():
    """Simulated: four countries of six bodies; those of AT and DE meet far less than others."""
    random = Random(2)  # noqa: S311 - simulated rows, no secrets
    for project in range(400):
        first, second = random.sample(range(4), 2)
        if {first, second} == {0, 1} and random.random() < 0.8:
            continue
        for country in (first, second):
            body = 100 + 6 * country + random.randrange(6)
            code = ("AT", "DE", "IT", "SI")[country]
            yield f"{project},{body},p,x,{code},2015-01-01,2016-01-01"


def test_missing_pairs_are_told_in_words_with_those_who_could_bridge_them(capsys, tmp_path):
    path = tmp_path / "simulated.csv"
    path.write_text("\n".join([HEAD, *seldom_met()]) + "\n", encoding="utf-8")

    assert network(path, "--window", "2015", "--language", "en") == 0

    lines = capsys.readouterr().out.split("\n")
    start = lines.index("2015: fewer ties than expected")
    pair, bridges = lines[start + 1 : start + 3]
    assert re.fullmatch(
        r"  AT – DE: 0\.\d\d of what is expected \[0\.\d\d–0\.\d\d\], \d+\.\d short; "
        r"6 and 6 organisations",
        pair,
    )
    assert re.fullmatch(r"    Could bridge it: (1\d\d \((AT|DE|IT|SI)\)(, )?){5}", bridges)


def test_what_is_not_defined_is_told_in_words(capsys, table):
    assert network(table, "--territory", "LI,AT", "--language", "de") == 0

    out = capsys.readouterr().out
    assert "Alle Verbindungen liegen in einer Region" in out
    assert "Niemand in der Datei hat dieses Land: LI" in out
    assert "weniger Verbindungen als erwartet" in out


def _printed(capsys, table, language):
    network(table, "--language", language)
    return capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_bad_file_names_file_line_field_and_remedy(capsys, tmp_path, language):
    path = tmp_path / "bad.csv.gz"
    rows = ["1,5,p,x,AT,2014-01-01,NA", "1,6,p,x,Austria,2014-01-01,NA"]
    path.write_bytes(gzip.compress("\n".join([HEAD, *rows]).encode()))

    status = network(path, "--language", language)

    printed = capsys.readouterr()
    assert (status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert printed.err.startswith("bad.csv.gz, ")
    assert "country" in printed.err
    assert "3" in printed.err
    assert "AT, CH, DE" in printed.err
    remedy = "Use codes of two letters, such as %(expected)s."
    assert language == "en" or remedy[:9] not in printed.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--window", "2016-2014"), "no stretch of years"),
        (("--window", "14-16"), "no stretch of years"),
        (("--window", "0000"), "no stretch of years"),
        (("--territory", "AT,Italy"), "no code of a country"),
        (("--max-participants", 0), "1 – …"),
        (("--draws", 0), "1 – …"),
        (("--permutations", -1), "0 – …"),
        (("--seed", -1), "0 – …"),
    ],
)
def test_wrong_arguments_end_with_status_two_and_a_sentence(capsys, table, arguments, words):
    assert network(table, *arguments, "--language", "en") == 2

    told_ = capsys.readouterr().err
    assert arguments[0] in told_
    assert words in told_


def test_missing_file_ends_with_status_two(capsys, tmp_path):
    assert network(tmp_path / "none.csv", "--language", "en") == 2
    assert "no such file" in capsys.readouterr().err


def test_every_reason_that_is_given_has_a_sentence_in_every_language():
    for language in LANGUAGE_CODES:
        for code, sentence in REASONS.items():
            told_ = reason_sentence(code, language)
            assert told_
            assert (told_ == sentence) == (language == "en")
    assert reason_sentence("unheard_of", "de") == "unheard_of"


def test_command_needs_no_django(table):
    code = (
        "import sys; from alpclusters.cli import main;"
        f"status = main(['network', {str(table)!r}, '--json']);"
        "sys.exit(status or 9 * ('django' in sys.modules or 'scipy.stats' in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["windows"]

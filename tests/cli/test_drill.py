"""``alpclusters drill``: what it refuses, what it reports; it runs in test_drill_runs.py."""

from datetime import UTC, datetime

import pytest

from alpclusters.analysis.errors import InputError
from alpclusters.cli import main
from alpclusters.cli.drill.exercises import EXERCISES, NAMES, chosen
from alpclusters.cli.drill.findings import Check, Outcome
from alpclusters.cli.drill.grounds import Grounds
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.report import Drill, line, markdown
from alpclusters.cli.drill.wire import Place
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.codes import LANGUAGE_CODES

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "localhost", "::1", "10.0.0.5"])  # noqa: S104 - refused
def test_an_address_that_others_reach_is_refused_before_anything_begins(address, tmp_path, capsys):
    assert main(["drill", "--language", "en", "--in", str(tmp_path), "--address", address]) == 2

    assert f"“{address}” is not an address of this machine alone" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_no_connection_leads_away_from_this_machine():
    assert Place(80, "127.0.0.2").name == "127.0.0.2:80"
    with pytest.raises(InputError, match=r"drill\.not_loopback"):
        Place(80, "192.0.2.1")


@pytest.mark.parametrize("mark", ["run/serve.lock", "alpclusters.sqlite3", "secrets/django.key"])
def test_the_data_directory_of_an_installation_is_refused_and_so_is_a_folder_in_it(
    mark, tmp_path, capsys
):
    home = tmp_path / "home"
    inner = home / "uploads" / "new"
    inner.mkdir(parents=True)
    (home / mark).parent.mkdir(exist_ok=True)
    (home / mark).touch()
    before = sorted(home.rglob("*"))

    for folder in (home, inner):
        assert main(["drill", "--language", "en", "--in", str(folder)]) == 2

    assert f"“{home}” is the data directory of an installation" in capsys.readouterr().err
    assert sorted(home.rglob("*")) == before


def test_the_data_directory_of_the_settings_is_refused_though_it_is_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("ALPCLUSTERS_HOME", str(tmp_path))

    with pytest.raises(InputError, match=r"drill\.real_home"):
        Grounds(tmp_path, "127.0.0.1")


def test_temporary_files_in_the_data_directory_are_no_way_around(tmp_path, monkeypatch):
    (tmp_path / "alpclusters.sqlite3").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(InputError, match=r"drill\.real_home"):
        Grounds(None, "127.0.0.1")


def test_settings_of_the_operator_are_not_handed_on(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@example.org/votes")
    monkeypatch.setenv("ALPCLUSTERS_LIVE_JOURNAL_DIR", "/srv/journal")
    monkeypatch.setenv("ALPCLUSTERS_BIND", "192.0.2.1")

    settings = Installation(tmp_path, tmp_path, Place(8123)).environment(tmp_path / "home")

    assert settings["ALPCLUSTERS_BIND"] == "127.0.0.1"
    assert settings["ALPCLUSTERS_HOME"] == str(tmp_path / "home")
    assert {"DATABASE_URL", "ALPCLUSTERS_LIVE_JOURNAL_DIR"} & settings.keys() == set()


def test_the_folder_goes_with_everything_in_it_also_after_an_error(tmp_path):
    def fail() -> None:
        with Grounds(tmp_path, "127.0.0.1") as grounds:
            (grounds.folder / "home").mkdir()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert list(tmp_path.iterdir()) == []


def test_attacks_are_tried_only_where_they_are_asked_for():
    calm = {exercise.name for exercise in chosen(None, attack=False)}

    assert calm == {exercise.name for exercise in EXERCISES if not exercise.is_attack}
    assert [exercise.name for exercise in chosen(None, attack=True)] == list(NAMES)
    assert [exercise.name for exercise in chosen(["sprayed", "kills"], attack=False)] == [
        "kills",
        "sprayed",
    ]


def test_a_report_folder_that_holds_something_is_refused_before_anything_begins(tmp_path):
    report = tmp_path / "report"
    report.mkdir()
    (report / "notes.txt").touch()
    place = tmp_path / "place"
    place.mkdir()

    assert main(["drill", "--in", str(place), "--report", str(report)]) == 2
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_the_report_names_what_failed_with_its_figures_in_every_language(code):
    bad = Check(
        "votes",
        "Answers acknowledged: %(acknowledged)s, lost: %(lost)s, stored twice: %(doubled)s",
        held=False,
        values={"acknowledged": 1234, "lost": 2, "doubled": None},
    )
    drill = Drill(
        datetime(2026, 12, 1, tzinfo=UTC),
        [Outcome("kills", [bad], 61.4), Outcome("second-start", [good()], 4.0)],
    )
    speech = Speech(code)
    title = speech.gettext("Processes that are killed during votes")

    text = "\n".join(markdown(drill, speech))

    assert drill.as_record()["failed"] == ["kills"]
    assert not drill.as_record()["held"]
    assert text.count(f"({title})") == 1
    assert f"| {title} | {speech.gettext('not passed')} |" in text
    assert "✗" in line(drill.outcomes[0], speech)
    assert "✓" in line(drill.outcomes[1], speech)
    figure = "1,234" if code == "en" else "1\u202f234" if code == "fr" else "1.234"
    assert figure in text
    assert "%(" not in text


def good() -> Check:
    says = "Everything killed at once and started again: ready after %(seconds)s s"
    return Check("all", says, held=True, values={"seconds": 2.5})

"""The frame of the command line: help, version, languages, interruption, exit status."""

import argparse

import pytest

from alpclusters import __version__, cli
from alpclusters.analysis.errors import InputError, SetupError, Where

pytestmark = pytest.mark.integration


def namespace_that_raises(error):
    def run(_args):
        raise error

    return argparse.Namespace(run=run, language="en")


def test_version_is_told(capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])

    assert (caught.value.code, capsys.readouterr().out) == (0, f"alpclusters {__version__}\n")


def test_without_a_command_the_help_lists_every_command(capsys):
    assert cli.main(["--language", "en"]) == 0

    told = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if f"\n    {name} " not in told] == []


@pytest.mark.parametrize(
    ("environment", "arguments", "language"),
    [
        ({"LANG": "sl_SI.UTF-8"}, [], "sl"),
        ({"LANG": "sl_SI.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, [], "fr"),
        ({"LANG": "C.UTF-8"}, [], "en"),
        ({}, [], "en"),
        ({"LANG": "sl_SI.UTF-8"}, ["--language=it"], "it"),
        ({}, ["doctor", "--language", "de"], "de"),
    ],
)
def test_language_comes_from_the_argument_or_the_system(
    monkeypatch, environment, arguments, language
):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert cli._language_of(arguments) == language


def test_interruption_is_quiet(capsys):
    assert cli._run(namespace_that_raises(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "\n"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("file.empty", where=Where(file="a.csv")), 2),
        (SetupError("setup.program_missing", values={"program": "pg_dump"}), 1),
    ],
)
def test_errors_become_one_sentence_and_an_exit_status(capsys, error, status):
    assert cli._run(namespace_that_raises(error)) == status

    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "Traceback" not in line


def test_unknown_command_ends_with_status_two(capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["dance"])

    assert caught.value.code == 2
    assert "dance" in capsys.readouterr().err

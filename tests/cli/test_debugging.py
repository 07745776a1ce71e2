"""Details of errors are for whoever looks for a fault, never for the public."""

import json

import pytest

from tests.platform.operation.test_backup import alpclusters

pytestmark = pytest.mark.integration

PUBLIC = {"ALPCLUSTERS_DEBUG": "yes", "ALPCLUSTERS_ADDRESS": "https://alps.example.org"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Nothing was started"),
        ("de", "Es wurde nichts gestartet"),
        ("fr", "Rien n’a été démarré"),
        ("it", "Non è stato avviato nulla"),
        ("sl", "Nič ni bilo zagnano"),
    ],
)
def test_serving_at_a_public_address_refuses_to_debug_before_anything_is_made(
    language, words, tmp_path
):
    home = tmp_path / "home"
    command = ["serve", "--no-demonstration", "--language", language]

    found = alpclusters(home, *command, **PUBLIC)

    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "ALPCLUSTERS_DEBUG" in found.stderr
    assert "https://alps.example.org" in found.stderr
    assert words in found.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    ("address", "state"), [("https://alps.example.org", "error"), ("http://10.0.0.5", "warning")]
)
def test_the_doctor_says_that_debugging_is_on_and_how_bad_that_is(address, state, tmp_path):
    wanted = PUBLIC | {"ALPCLUSTERS_ADDRESS": address}

    found = alpclusters(tmp_path / "home", "doctor", "--json", **wanted)

    checks = {check["name"]: check for check in json.loads(found.stdout)}
    assert checks["debug"]["state"] == state
    assert "ALPCLUSTERS_DEBUG" in checks["debug"]["remedy"]


def test_the_doctor_says_nothing_of_debugging_that_is_off(tmp_path):
    found = alpclusters(tmp_path / "home", "doctor", "--json")

    assert "debug" not in {check["name"] for check in json.loads(found.stdout)}

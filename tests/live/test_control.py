import json
import os
import socket
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alpclusters.analysis.errors import SetupError
from alpclusters.live import typed_codes
from alpclusters.live.answers import Busy
from alpclusters.live.watch import changed
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.sockets import (
    CONTROL,
    SITE,
    bind_privately,
    ensure_socket_folder,
    socket_path,
)
from alpclusters.reports.errors import error_lines
from tests.live.hall_server import CODE, EVENT, Hall

pytestmark = pytest.mark.integration

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def say(hall: Hall, *lines: bytes) -> list[dict]:
    """Send lines over one connection; return the answers."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(15)
        line.connect(str(socket_path(hall.home, CONTROL)))
        with line.makefile("rwb") as file:
            answers = []
            for text in lines:
                file.write(text + b"\n")
                file.flush()
                answers.append(json.loads(file.readline()))
    return answers


def test_only_this_user_may_open_the_control_socket(hall):
    mode = socket_path(hall.home, CONTROL).stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_a_reload_is_done_before_it_is_answered(hall):
    before = len(hall.memory.reloaded)

    (answer,) = say(hall, b'{"op": "reload", "event": 7}')

    assert answer["ok"]
    # The server looks after its events by itself too.
    assert 7 in hall.memory.reloaded[before:]


def test_a_line_that_is_no_message_does_not_end_the_conversation(hall):
    answers = say(hall, b"nonsense", b"[]", b'{"op": "dance"}', b'{"op": "metrics"}')

    assert [answer["ok"] for answer in answers] == [False, False, False, True]
    assert answers[-1]["metrics"]["codes_left"] == 3_000


def test_forms_and_phones_share_one_bucket(hall):
    found = typed_codes.find_open_event(CODE, home=hall.home, now=NOW)
    wrong = [typed_codes.find_open_event("ZZZZZZZZ", home=hall.home, now=NOW) for _ in range(3)]

    assert (found, wrong) == (EVENT, [None] * 3)
    assert hall.app.front.gate.n_wrong == 3


def test_forms_wait_in_the_same_queue_and_cannot_hold_the_site(hall, monkeypatch):
    monkeypatch.setattr(typed_codes, "WAIT_S", 2.0)
    hall.app.front.gate.bucket.take(3_000)
    results: list[object] = []

    def type_a_code() -> None:
        try:
            results.append(typed_codes.find_open_event("ZZZZZZZZ", home=hall.home, now=NOW))
        except Busy as busy:
            results.append(busy.reason)

    forms = [threading.Thread(target=type_a_code) for _ in range(20)]
    for form in forms:
        form.start()
    for form in forms:
        form.join()

    assert results.count("codes") + results.count(None) == 20
    assert results.count("codes") >= 10
    assert results.count(None) >= 1


@pytest.mark.django_db
def test_without_a_live_process_the_site_counts_itself(tmp_path):
    assert typed_codes.find_open_event("ZZZZZZZZ", home=tmp_path, now=NOW) is None


def test_a_long_data_directory_has_its_sockets_elsewhere(tmp_path):
    home = tmp_path / ("long" * 30)
    ensure_socket_folder(home)
    path = socket_path(home, CONTROL)

    assert len(os.fsencode(path)) <= 100
    assert path == socket_path(home, CONTROL) != socket_path(home / "x", CONTROL)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.parent.rmdir()


def test_sockets_of_a_long_data_directory_open_although_the_temporary_folder_is_long_too(
    tmp_path, monkeypatch
):
    home = tmp_path / ("long" * 30)
    home.mkdir()
    monkeypatch.setenv("TMPDIR", str(home))
    monkeypatch.setattr("tempfile.tempdir", None)
    ensure_socket_folder(home)

    path = socket_path(home, SITE)
    with bind_privately(path) as listener:
        assert listener.getsockname() == str(path)
    path.unlink()
    path.parent.rmdir()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_socket_folder_of_somebody_else_is_an_error_with_path_limit_and_remedy(
    tmp_path, language
):
    home = tmp_path / ("long" * 30)
    folder = socket_path(home, CONTROL).parent
    folder.mkdir()
    folder.chmod(0o755)  # whatever the umask
    try:
        with pytest.raises(SetupError, match=r"setup\.socket_folder") as caught:
            ensure_socket_folder(home)
    finally:
        folder.rmdir()

    sentence = "\n".join(error_lines(caught.value, language))
    assert str(home) in sentence
    assert str(folder) in sentence
    assert str(len(os.fsencode(home))) in sentence
    assert "ALPCLUSTERS_HOME" in sentence
    assert ("shorter path" in sentence) == (language == "en")


def test_what_is_new_or_other_or_gone_is_read_again():
    seen = {1: (1, "open"), 2: (1, "open"), 3: (1, "closed")}

    assert changed(seen, {1: (1, "open"), 2: (2, "open"), 4: (1, "open")}) == [2, 3, 4]
    assert changed(None, seen) == [1, 2]


@pytest.mark.django_db
def test_the_watch_asks_for_columns_that_exist():
    from django.db import connection  # noqa: PLC0415 - after the settings

    from alpclusters.live.watch import QUERY  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        assert cursor.fetchall() == []


def test_home_of_the_sockets_is_the_data_directory():
    assert socket_path(Path("/data"), CONTROL) == Path("/data/run") / CONTROL

"""What ``serve`` says while it starts, and that it says nothing of the kind while it ends."""

import json
import socket
import threading
from contextlib import contextmanager

from alpclusters.live import announcing
from alpclusters.live.announcing import Words, announce_when_ready
from alpclusters.platform.sockets import CONTROL, ensure_socket_folder, socket_path
from tests.live.hall_server import wait_until

WORDS = Words("It runs.", "It is not ready. %(reasons)s", {"closing": "It is being stopped."})


@contextmanager
def answering(home, *answers):
    """A control socket that says these things in turn; gives the number of questions so far."""
    ensure_socket_folder(home)
    asked = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(socket_path(home, CONTROL)))
        listener.listen()

        def answer() -> None:
            for missing in answers:
                line, _ = listener.accept()
                with line:
                    line.recv(100)
                    asked.append(missing)
                    line.sendall(json.dumps({"missing": missing}).encode() + b"\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield asked
        thread.join()


def is_announcing() -> bool:
    return any(thread.name == "announcing" for thread in threading.enumerate())


def test_an_orderly_stop_is_no_failure_to_start(tmp_path, monkeypatch, capfd):
    """Also after a while, when what does not serve is worth a word."""
    monkeypatch.setattr(announcing, "QUIET_S", 0.0)
    with answering(tmp_path, ["site"], ["closing"], ["live"]) as asked:
        announce_when_ready(tmp_path, WORDS, is_stopping=lambda: len(asked) == 3)
        wait_until(lambda: len(asked) == 3)
    wait_until(lambda: not is_announcing())

    assert capfd.readouterr() == ("", "It is not ready. site\n")


def test_a_live_process_that_is_started_again_is_waited_for(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(announcing, "QUIET_S", 0.0)
    with answering(tmp_path, ["closing"], []):
        announce_when_ready(tmp_path, WORDS, is_stopping=lambda: False)
        wait_until(lambda: not is_announcing())

    assert capfd.readouterr() == ("It runs.\n", "")

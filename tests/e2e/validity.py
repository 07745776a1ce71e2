"""The checker of HTML, as a server that is asked page after page."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from tests.e2e.serving import free_port
from tools.vendor import VendorError, fetched

# What the checker warns of -> why we leave it so.
WARNINGS: dict[str, str] = {
    "Section lacks heading": "a part of a page whose head stands in the chart or card it holds",
}
# Time to start in, on a busy machine: it reads all its schemas first.
READY_WITHIN_S = 300


class Checker:
    """The checker as a server of this process: to start it for each page would take seconds."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None
        self.port = 0

    def check(self, html: bytes) -> list[dict]:
        """Return what it says of a page."""
        if self.process is None:
            self._start()
        headers = {"Content-Type": "text/html; charset=utf-8"}
        address = f"http://127.0.0.1:{self.port}/?out=json"
        with urllib.request.urlopen(urllib.request.Request(address, html, headers)) as answer:
            return json.load(answer)["messages"]

    def stop(self) -> None:
        """End it, if it was started."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _start(self) -> None:
        java = shutil.which("java")
        try:
            jar = fetched("vnu-jar")
        except VendorError as error:
            jar, java = error, None
        if java is None:
            reason = f"HTML was not checked: Java or the checker is missing ({jar})"
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
        self.port = free_port()
        here = ["-Dnu.validator.servlet.bind-address=127.0.0.1", "-Xss4m"]
        command = [java, *here, "-cp", str(jar), "nu.validator.servlet.Main", str(self.port)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
        until = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.2)
        raise TimeoutError("the checker of HTML does not answer")


CHECKER = Checker()


def check_html(folder: Path) -> None:
    """Fail with what is wrong in the pages of a folder."""
    files = sorted(folder.glob("*.html"))
    assert files, "no page was kept here"
    found = Counter()
    where: dict[str, str] = {}
    for file in files:
        for message in CHECKER.check(file.read_bytes()):
            text = f"{message.get('subType') or message['type']}: {message['message']}"
            if any(part in text for part in WARNINGS):
                continue
            found[text] += 1
            place = f"{file.name}:{message.get('lastLine')}: {message.get('extract', '')[:120]!r}"
            where.setdefault(text, place)

    if found:
        lines = [f"{n} x {text} ({where[text]})" for text, n in found.most_common()]
        pytest.fail("\n".join(lines), pytrace=False)

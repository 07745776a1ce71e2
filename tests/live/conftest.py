"""A hall for the tests of the live process."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.live.hall_server import Hall
from tests.live.small_site import site


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def hall(home) -> Iterator[Hall]:
    """The live process without a site."""
    running = Hall(home).start()
    yield running
    running.stop()


@pytest.fixture
def hall_with_site(home) -> Iterator[Hall]:
    """The live process with a small site that tells what it was asked."""
    site.reset()
    running = Hall(home, site).start()
    yield running
    running.stop()


@pytest.fixture
def certificate(tmp_path):
    """A certificate made by ourselves, valid for a day."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout", str(key)]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key

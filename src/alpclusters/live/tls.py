"""Whether a certificate and its key can be used, found out before the start and by the doctor."""

import socket
import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.errors import SetupError

CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Only what keeps old recordings unreadable if the key is stolen later."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself.

    Attributes
    ----------
    ends_at : datetime
        When it stops to be valid.
    names : tuple of str
        Hosts and addresses it is for.
    """

    ends_at: datetime
    names: tuple[str, ...]


def server_context(cert: Path, key: Path) -> ssl.SSLContext:
    """Return what the server speaks https with.

    Raises
    ------
    SetupError
        A file is missing, is no PEM, or the key does not belong to the certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # For 1.2; those of 1.3 are all of this kind.
    context.set_ciphers(CIPHERS)
    try:
        # The password function keeps a locked key from asking on the terminal.
        context.load_cert_chain(cert, key, password=lambda: "")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SetupError("setup.tls", values={"file": str(cert), "reason": reason}) from error
    return context


def read_certificate(cert: Path, key: Path) -> Certificate:
    """Read a certificate by speaking with oneself: the standard library has no other way.

    Raises
    ------
    SetupError
        It cannot be used, or it is not valid any more.
    """
    context = server_context(cert, key)
    ours, theirs = socket.socketpair()
    server = threading.Thread(target=_answer, args=(context, theirs))
    server.start()
    try:
        with ours, _trusting(cert).wrap_socket(ours) as line:
            return _read(line.getpeercert() or {})
    except (ssl.SSLError, OSError) as error:
        reason = getattr(error, "verify_message", "") or str(error)
        raise SetupError("setup.tls", values={"file": str(cert), "reason": reason}) from error
    finally:
        server.join()


def _answer(context: ssl.SSLContext, line: socket.socket) -> None:
    try:
        with line, context.wrap_socket(line, server_side=True) as wrapped:
            wrapped.recv(1)
    except OSError:
        # The other end says what is wrong.
        return


def _trusting(cert: Path) -> ssl.SSLContext:
    """Trust exactly this certificate, so that only its time is judged."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cert)
    return context


def _read(found: dict[str, Any]) -> Certificate:
    seconds = ssl.cert_time_to_seconds(found["notAfter"])
    names = tuple(value for _, value in found.get("subjectAltName", ()))
    return Certificate(datetime.fromtimestamp(seconds, tz=UTC), names)

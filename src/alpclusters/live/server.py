"""The two processes behind one port: how each is run."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import uvicorn

from alpclusters.live.app import LiveApp, with_log
from alpclusters.live.forward import Forward
from alpclusters.live.inside import Inside
from alpclusters.live.protocol import LimitedProtocol
from alpclusters.live.upstream import Upstream
from alpclusters.live.worker import worker_beside
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.garbage import loading
from alpclusters.platform.sockets import bind_privately, site_sockets

BACKLOG: Final = 4_096
KEEP_ALIVE_S: Final = 30
SITE_KEEP_ALIVE_S: Final = 75
GOODBYE_S: Final = 2
GRACE_S: Final = 5.0
POLITE: Final = 5


class Server(uvicorn.Server):
    """Ends on SIGTERM after a word to everybody; Ctrl+C is the supervisor's to hear.

    Parameters
    ----------
    config : uvicorn.Config
    goodbye : callable, optional
        Called in the loop before the connections are closed.
    hears_ctrl_c : bool
        Whether SIGINT ends it too.
    """

    def __init__(
        self, config: uvicorn.Config, *, goodbye: Any = None, hears_ctrl_c: bool = False
    ) -> None:
        super().__init__(config)
        self._goodbye = goodbye
        self._hears_ctrl_c = hears_ctrl_c

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take SIGTERM as a wish to end, without raising it again at the end."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        stop = {signal.SIGTERM, signal.SIGINT} if self._hears_ctrl_c else {signal.SIGTERM}
        before = {sig: signal.signal(sig, self._end) for sig in stop}
        if not self._hears_ctrl_c:
            before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def _end(self, *_: object) -> None:
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye first: an open stream ends by itself and need not be cut."""
        if self._goodbye is not None:
            self._goodbye()
            await asyncio.sleep(0)
        await super().shutdown(sockets)


def run_live(configuration: Configuration, listener: socket.socket) -> int:
    """Serve the port until told to stop."""
    upstream = Upstream(site_sockets(configuration))
    return _serve(configuration, listener, Forward(upstream, configuration.trusted_proxies))


def run_single(configuration: Configuration, listener: socket.socket) -> int:
    """Serve the port with the site in the same process, for development."""
    from alpclusters.platform.site_handler import application  # noqa: PLC0415 - Django, here only

    site = Inside(application, configuration.trusted_proxies)  # type: ignore[arg-type]
    with worker_beside(configuration.home):
        return _serve(configuration, listener, site, hears_ctrl_c=True)


def run_site(path: Path) -> int:
    """Serve the site on a Unix socket until told to stop."""
    config = uvicorn.Config(
        _load_site(),
        access_log=False,
        date_header=False,
        forwarded_allow_ips="*",
        lifespan="off",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_S,
        timeout_keep_alive=SITE_KEEP_ALIVE_S,
        ws="none",
    )
    Server(config).run(sockets=[bind_privately(path)])
    return 0


def _load_site() -> Any:
    """Load the application with all its pages: otherwise who comes first would wait for them."""
    with loading():
        from django.urls import get_resolver  # noqa: PLC0415 - Django, here only

        from alpclusters.platform.site_handler import application  # noqa: PLC0415 - likewise

        get_resolver().url_patterns  # noqa: B018 - reading them loads the pages
    return application


def run_worker(configuration: Configuration) -> int:
    """Do the work that waits; pages and phones go first."""
    os.nice(POLITE)
    import django  # noqa: PLC0415 - here only

    django.setup()
    from alpclusters.platform.operation import working  # noqa: PLC0415 - needs Django

    working.end_on_signal(configuration.home)
    return working.work(configuration.home)


def _serve(
    configuration: Configuration,
    listener: socket.socket,
    site: Forward | Inside,
    *,
    hears_ctrl_c: bool = False,
) -> int:
    app = LiveApp(configuration, site)
    config = uvicorn.Config(
        with_log(app, configuration),
        access_log=False,
        backlog=BACKLOG,
        http=LimitedProtocol,
        lifespan="on",
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        ssl_certfile=configuration.tls_cert,
        ssl_keyfile=configuration.tls_key,
        timeout_graceful_shutdown=GOODBYE_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        ws="none",
    )
    _log_to_standard_error()
    server = Server(config, goodbye=app.say_goodbye, hears_ctrl_c=hears_ctrl_c)
    server.run(sockets=[listener])
    return 0 if server.started else 1


def end_with_parent(descriptor: int) -> None:
    """End this process at once when the supervisor is gone: nobody would restart it.

    Everything acknowledged is on the disk, so there is nothing to wait for, and a new
    supervisor finds port and journal free.
    """

    def wait() -> None:
        with contextlib.suppress(OSError):
            os.read(descriptor, 1)
        os._exit(os.EX_TEMPFAIL)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _log_to_standard_error() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name in ("alpclusters.access", "alpclusters.live"):
        found = logging.getLogger(name)
        found.handlers, found.propagate = [handler], False
        found.setLevel(logging.INFO)

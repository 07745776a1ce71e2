"""``alpclusters serve``: prepare the installation, print the address, run the site.

What prepares needs Django; what runs afterwards is a slim supervisor with the live process in
front and the site behind it. The one becomes the other, so that the process keeps its number.
"""

import argparse
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.live.announcing import Words
    from alpclusters.platform.configuration import Configuration

HELP = _("start the site")
BACKLOG: Final = 4_096
# Who was killed a moment ago may not have let the port go yet.
FREE_WITHIN_S: Final = 1.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen; everything else comes from the settings."""
    parser.add_argument("--port", type=int, help=_("port; default ALPCLUSTERS_PORT or 8000"))
    parser.add_argument(
        "--no-demonstration", action="store_true", help=_("do not create the demonstration project")
    )
    parser.add_argument(
        "--single", action="store_true", help=_("one process for everything: for development only")
    )
    parser.add_argument(
        "--tls-cert", metavar="FILE", help=_("certificate with its chain (PEM), to serve https")
    )
    parser.add_argument("--tls-key", metavar="FILE", help=_("private key of the certificate (PEM)"))


def run(args: argparse.Namespace) -> int:
    """Prepare and serve until somebody stops it."""
    _take_options(args)
    speech = Speech(args.language)
    lock, listener = _take_place()
    speech.step(speech.gettext("Preparing AlpClusters. The first start takes a little longer."))

    from alpclusters.cli.django_setup import setup_django

    configuration = setup_django()
    from alpclusters.platform.operation.prepare import prepare

    saved = prepare(configuration.home, say=speech.step)
    if saved is not None:
        text = speech.gettext(
            "Upgraded and checked. Backup from before: %(file)s. To go back: stop, install the "
            "earlier version, and run its restore with this file into an empty place."
        )
        speech.say(text % {"file": saved})
    if not args.no_demonstration:
        _ensure_demonstration(configuration.home, speech)
    if args.single:
        speech.step(speech.gettext("One process for everything: not for a hall."))
    return _serve(configuration, listener, lock, _words(configuration, speech), single=args.single)


def _take_options(args: argparse.Namespace) -> None:
    """Turn the options into settings, so that every process of the installation reads them."""
    import os

    chosen = {
        "ALPCLUSTERS_PORT": args.port,
        "ALPCLUSTERS_TLS_CERT": args.tls_cert,
        "ALPCLUSTERS_TLS_KEY": args.tls_key,
    }
    os.environ.update({name: str(value) for name, value in chosen.items() if value})


def _take_place() -> tuple[int, socket.socket]:
    """Take data directory and port before the work begins, so that one in use is told at once."""
    from alpclusters.analysis.errors import SetupError
    from alpclusters.platform.configuration import load_configuration
    from alpclusters.platform.operation.home_lock import lock_home
    from alpclusters.platform.sockets import ensure_socket_folder

    configuration = load_configuration()
    if configuration.debugs_in_public:
        raise SetupError("setup.debug_in_public", values={"address": configuration.address})
    lock = lock_home(configuration.home, port=configuration.port)
    ensure_socket_folder(configuration.home)
    return lock, _listen(configuration)


def _listen(configuration: "Configuration") -> socket.socket:
    from alpclusters.analysis.errors import SetupError
    from alpclusters.live.tls import server_context

    if configuration.tls_cert and configuration.tls_key:
        server_context(configuration.tls_cert, configuration.tls_key)
    family = socket.AF_INET6 if ":" in configuration.bind else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        _bind(listener, configuration)
        listener.listen(BACKLOG)
    except OSError as error:
        raise SetupError(
            "setup.port_in_use", values={"port": configuration.port, "reason": str(error.strerror)}
        ) from error
    return listener


def _bind(listener: socket.socket, configuration: "Configuration") -> None:
    until = time.monotonic() + FREE_WITHIN_S
    while True:
        try:
            listener.bind((configuration.bind, configuration.port))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _ensure_demonstration(home: Path, speech: Speech) -> None:
    """Create the demonstration once; who removed it does not get it again."""
    from alpclusters.platform.operation.demonstration import create_demonstration, has_demonstration

    stamp = home / "run" / "demonstration.stamp"
    if stamp.exists():
        return
    if not has_demonstration():
        speech.step(speech.gettext("demonstration project"))
        create_demonstration()
    stamp.touch()


def _words(configuration: "Configuration", speech: Speech) -> "Words":
    """Prepare what is printed once everything serves, and what is said while it does not."""
    from alpclusters.cli.administrator import link_line
    from alpclusters.live.announcing import NOBODY, Words
    from alpclusters.live.reasons import REASONS
    from alpclusters.platform.partnership.domain.administrators import has_administrator

    running = speech.gettext("AlpClusters is running: %(address)s")
    lines = [running % {"address": configuration.address}]
    if not has_administrator():
        lines.append(link_line(configuration, speech))
    lines.append(speech.gettext("Stop with Ctrl+C."))
    reasons = {name: " ".join(map(speech.gettext, pair)) for name, pair in REASONS.items()}
    reasons[NOBODY] = speech.gettext("The live process does not answer.")
    not_ready = speech.gettext("AlpClusters is not ready. %(reasons)s")
    return Words("\n".join(lines), not_ready, reasons)


def _serve(
    configuration: "Configuration",
    listener: socket.socket,
    lock: int,
    words: "Words",
    *,
    single: bool,
) -> int:
    from alpclusters.live.supervisor import become_supervisor, raise_file_limit

    if not single:
        become_supervisor(listener, lock, words)
    from alpclusters.live.announcing import announce_when_ready
    from alpclusters.live.server import run_single

    # One process: when it ends, so does the thread that asks.
    announce_when_ready(configuration.home, words, is_stopping=lambda: False)
    raise_file_limit()
    return run_single(configuration, listener)

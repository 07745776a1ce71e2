"""``alpclusters serve``: prepare the installation, print the address, run the site."""

import argparse
import socket
import sys
from pathlib import Path

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("start the site")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen; everything else comes from the settings."""
    parser.add_argument("--port", type=int, help=_("port; default ALPCLUSTERS_PORT or 8000"))
    parser.add_argument(
        "--no-demonstration", action="store_true", help=_("do not create the demonstration project")
    )


def run(args: argparse.Namespace) -> int:
    """Prepare and serve until somebody stops it."""
    import os

    if args.port:
        os.environ["ALPCLUSTERS_PORT"] = str(args.port)
    speech = Speech(args.language)
    listener = _listen()
    speech.step(speech.gettext("Preparing AlpClusters. The first start takes a little longer."))

    from alpclusters.cli.django_setup import setup_django

    configuration = setup_django()
    from alpclusters.platform.operation.prepare import prepare

    prepare(configuration.home, say=speech.step)
    if not args.no_demonstration:
        _ensure_demonstration(configuration.home, speech)
    _announce(configuration, speech)
    return _serve(listener)


def _listen() -> socket.socket:
    """Take the port before the work begins, so that a port in use is told at once."""
    from alpclusters.analysis.errors import SetupError
    from alpclusters.platform.configuration import load_configuration

    configuration = load_configuration()
    family = socket.AF_INET6 if ":" in configuration.bind else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((configuration.bind, configuration.port))
        listener.listen(2048)
    except OSError as error:
        raise SetupError(
            "setup.port_in_use", values={"port": configuration.port, "reason": str(error.strerror)}
        ) from error
    return listener


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


def _announce(configuration: object, speech: Speech) -> None:
    from alpclusters.platform.accounts.domain.administrator_link import has_administrator

    address = configuration.address  # type: ignore[attr-defined]
    print(speech.gettext("AlpClusters is running: %(address)s") % {"address": address})
    if not has_administrator():
        link = _administrator_link(configuration, speech.language)
        print(
            speech.gettext("Become administrator (once, within 24 hours): %(link)s")
            % {"link": link}
        )
    print(speech.gettext("Stop with Ctrl+C."), flush=True)


def _administrator_link(configuration: object, language: str) -> str:
    from django.urls import reverse
    from django.utils import timezone, translation

    from alpclusters.platform.accounts.domain.administrator_link import make_link_token

    token = make_link_token(configuration.home, now=timezone.now())  # type: ignore[attr-defined]
    with translation.override(language):
        path = reverse("administrator_link", args=[token])
    return f"{configuration.address}{path}"  # type: ignore[attr-defined]


def _serve(listener: socket.socket) -> int:
    import uvicorn

    config = uvicorn.Config(
        "alpclusters.platform.asgi:application",
        access_log=False,
        lifespan="off",
        ws="none",
        log_level="warning",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=True,
    )
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listener])
    return 0

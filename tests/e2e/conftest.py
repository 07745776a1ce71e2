"""A running server for each browser test file, and a Chromium that reports what CSP blocks."""

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.serving import Server, free_port
from tests.e2e.validity import CHECKER
from tests.homes import copy_home

PASSWORD = "the larch turns gold in october"


@pytest.fixture(scope="session", autouse=True)
def stop_the_checker_of_html() -> Iterator[None]:
    """End the server that tests/e2e/validity.py starts for the first page."""
    yield
    CHECKER.stop()


def find_chromium() -> str | None:
    """Return the browser: the named one, else Chromium's headless shell, else Chromium.

    The shell is the same engine of the same version without the windows around it, at half the
    processor time. ./check walks one whole path in Chromium itself (ALPCLUSTERS_CHROMIUM).
    """
    named = os.environ.get("ALPCLUSTERS_CHROMIUM")
    names = [named] if named else ["chromium-headless-shell", "chromium", "chromium-browser"]
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    quiet += ["--enable-unsafe-swiftshader"]  # maps are drawn without a graphics card
    # Every page is new, so axe is never hot for long: optimising it costs a quarter more than it
    # saves. It is compiled plainly at its first call instead.
    quiet += ["--js-flags=--no-opt,--no-maglev,--always-sparkplug"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """The demonstration as `serve` sets it up on a fresh machine; each file has one of its own."""
    home = tmp_path_factory.mktemp("served")
    if not os.environ.get("DATABASE_URL"):
        copy_home("demonstration", home)
    running = Server(home, free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def administrator(server, browser) -> dict:
    """The signed-in state of the first administrator, who came by the printed link."""
    page = browser.new_page(locale="de-DE")
    page.goto(server.administrator_link())
    page.fill("#id_email", "chief@example.org")
    page.fill("#id_name", "Chief")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    # Who runs the installation is asked for first.
    page.wait_for_url("**/workspace/imprint/")
    state = page.context.storage_state()
    page.close()
    return state


class Watch:
    """What a page did that it must not do."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.foreign: list[str] = []
        self.blocked: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._request)
        context.on("page", self.follow)

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.foreign.append(request.url)

    def _console(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.blocked.append(message.text)
        elif message.type == "error":
            self.errors.append(message.text)

    def assert_clean(self) -> None:
        assert self.foreign == []
        assert self.blocked == []
        assert self.errors == []

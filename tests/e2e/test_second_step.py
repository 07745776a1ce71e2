"""Passkey, app and recovery code in a real browser with a made-up authenticator."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, Watch
from tests.e2e.serving import Server, free_port
from tests.homes import copy_home

pytestmark = pytest.mark.e2e

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def asking(tmp_path_factory) -> Iterator[Server]:
    """An installation that asks its administrators for a second step, under a host's name."""
    home = tmp_path_factory.mktemp("asking")
    copy_home("plain", home)
    port = free_port()
    wanted = {"ALPCLUSTERS_SECOND_STEP": "administrators"}
    wanted["ALPCLUSTERS_ADDRESS"] = f"http://localhost:{port}"
    running = Server(home, port, wanted, ("--no-demonstration",))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def page(browser, asking) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    watch = Watch(context, at(asking))
    yield context.new_page()
    assert (watch.foreign, watch.blocked) == ([], [])
    context.close()


def at(server: Server) -> str:
    """The address under a name: browsers take passkeys for names only."""
    return f"http://localhost:{server.port}"


def with_authenticator(page: Page) -> None:
    """Give the browser a device that knows passkeys and always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in(page: Page, server: Server, email: str) -> None:
    page.goto(f"{at(server)}/en/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, server: Server) -> None:
    page.goto(f"{at(server)}/en/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def code_of(key: str) -> str:
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def test_administrator_sets_up_a_passkey_and_signs_in_with_it_alone_and_as_second_step(
    page, asking
):
    with_authenticator(page)
    page.goto(asking.administrator_link().replace("/de/", "/en/"))
    page.fill("#id_email", "chief@example.org")
    page.fill("#id_name", "Chief")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")

    # Nothing else opens before.
    expect(page.locator("main")).to_contain_text("Your role needs a second step")
    page.goto(f"{at(asking)}/en/workspace/people/")
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    page.get_by_role("button", name="Show my recovery codes").click()
    codes = page.locator(".recovery code").all_text_contents()
    assert len(codes) == 10
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as file").click()
    assert Path(saved.value.path()).read_text().split() == [
        "AlpClusters",
        "chief@example.org",
        *codes,
    ]
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/workspace/")

    # As second step after the password.
    sign_out(page, asking)
    sign_in(page, asking, "chief@example.org")
    page.get_by_role("button", name="Confirm with passkey").click()
    page.wait_for_url("**/workspace/")

    # Alone.
    sign_out(page, asking)
    page.goto(f"{at(asking)}/en/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/workspace/")

    # The device is lost: a recovery code, then the app as a new second step.
    sign_out(page, asking)
    sign_in(page, asking, "chief@example.org")
    page.fill("#id_code", codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/workspace/")
    page.goto(f"{at(asking)}/en/account/second-step/")
    page.get_by_role("link", name="Set up the app").click()
    page.get_by_text("The camera does not work?").click()
    key = page.locator("main code").text_content() or ""
    page.fill("#id_code", code_of(key))
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("App on the phone")
    expect(page.locator("main")).to_contain_text(re.compile(r"9 left"))

    # The app, in a browser that has no passkey.
    sign_out(page, asking)
    sign_in(page, asking, "chief@example.org")
    page.fill("#id_code", code_of(key))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/workspace/")

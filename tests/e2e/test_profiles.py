"""A profile in the hands of its manager: claimed and filled in on a phone, approved at a desk."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.serving import Server
from tests.e2e.test_trail import sign_in_by_mailed_code

pytestmark = pytest.mark.e2e

MANAGER, COORDINATOR = "manager@example.org", "coordinator@example.org"
SLUG, NAME = "lesarski-grozd-wood-industry-cluster", "Lesarski grozd"
BASE = f"/sl/workspace/profiles/{SLUG}"


def invite(page: Page, server: Server, email: str, role: str) -> None:
    page.goto(f"{server.address}/en/workspace/people/invite/")
    page.fill("#id_email", email)
    page.select_option("#id_role", role)
    page.select_option("#id_project", index=1)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/people/")


def signed_in(browser: Browser, server: Server, email: str, **device: object) -> BrowserContext:
    context = browser.new_context(**device)
    sign_in_by_mailed_code(context.new_page(), server, email)
    return context


def claim_on_the_phone(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/sl/workspace/profiles/")
    page.fill("#q", "lesarski")
    page.click("main form[method=get] button")
    page.click(f"main a[href='{BASE}/claim/']")
    page.fill("#id_message", "I manage it (simulated); see the team page.")
    page.click("main form.ac-form button[type=submit]")
    expect(page.locator("main .ac-msg").first).to_be_visible()
    assert page.goto(f"{server.address}{BASE}/edit/").status == 403


def approve(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/en/workspace/claims/")
    card = page.locator("main .ac-card").filter(has_text=NAME)
    expect(card).to_contain_text(MANAGER)
    card.locator("button[value=approve]").click()
    expect(page.locator("main .ac-card").filter(has_text=NAME)).to_have_count(0)


def fill_in(page: Page, server: Server) -> None:
    """Begin with what the page calls most useful, then members, then confirm."""
    page.goto(f"{server.address}{BASE}/edit/")
    page.click("main .ac-card.tint a.ac-btn")
    assert page.url.endswith("/edit/technologies/")
    page.select_option("#id_ecosystem", "construction")
    page.check("input[name=technologies][value=timber]")
    page.click("main form button[name=next]")
    assert page.url.endswith("/edit/members/")
    page.fill("#id_n_sme", "24")
    page.fill("#id_n_public", "0")
    page.click("main form.ac-form button[type=submit]:not([name])")
    page.goto(f"{server.address}{BASE}/sectors/?q=31")
    page.click("main button[value=add] >> nth=0")
    expect(page.locator("main ol.res li")).to_have_count(2)
    page.goto(f"{server.address}{BASE}/edit/")
    page.click("section[aria-labelledby=confirm] button")


def test_a_manager_claims_and_updates_a_profile_on_a_phone_a_coordinator_approves(
    server: Server, browser: Browser, administrator: dict
):
    desk = browser.new_context(storage_state=administrator)
    for email, role in ((MANAGER, "member"), (COORDINATOR, "partner_coordinator")):
        invite(desk.new_page(), server, email, role)
    small = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
    phone = signed_in(browser, server, MANAGER, locale="sl", **small)
    watch = Watch(phone, server.address)
    page = phone.new_page()
    coordinator = signed_in(browser, server, COORDINATOR)

    claim_on_the_phone(page, server)
    watch.errors.clear()  # the refused page was asked for on purpose
    approve(coordinator.new_page(), server)
    fill_in(page, server)

    page.goto(f"{server.address}{BASE}/edit/members/")
    assert [page.input_value(f"#id_n_{name}") for name in ("sme", "public", "large")] == [
        "24",
        "0",
        "",
    ]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320
    page.goto(f"{server.address}{BASE}/history/")
    assert page.locator("main article").first.locator("h2").inner_text().count(MANAGER) == 1
    watch.assert_clean()
    for context in (desk, phone, coordinator):
        context.close()

"""Wait until a screen has followed what the facilitator did."""

import time

from playwright.sync_api import Page

WAIT_MS = 20_000
SAME_REVISION = "rev => Number(document.querySelector('[data-rev]').dataset.rev) >= rev"
# The page of a host carries no revision: it has followed when a fresh one says the same.
AS_FRESH = """async () => {
  const place = "[data-part=now]";
  const html = await (await fetch(location.href, {cache: "no-store"})).text();
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(place);
  return fresh && fresh.textContent === document.querySelector(place).textContent;
}"""


def revision_of(page: Page) -> int:
    """Return the revision a page of the site shows."""
    return int(page.locator("[data-rev]").first.get_attribute("data-rev"))


def follow_revision(page: Page, revision: int) -> None:
    """Wait until cockpit or big screen shows this revision."""
    page.wait_for_function(SAME_REVISION, arg=revision, timeout=WAIT_MS)


def follow_as_host(page: Page) -> None:
    """Wait until the page of a host is as fresh as a new one."""
    until = time.monotonic() + WAIT_MS / 1000
    while not page.evaluate(AS_FRESH):
        if time.monotonic() > until:
            message = f"the host's page has not followed: {page.locator('.p-now').inner_text()}"
            raise AssertionError(message)
        page.wait_for_timeout(200)

"""Feedback, close, open again, close, seal."""

from playwright.sync_api import expect

from tests.e2e.whole.hall import Hall


def feedback(hall: Hall) -> None:
    """Say how it was."""
    hall.cockpit.next("feedback")
    hall.everybody_at("feedback", but=("tom",))
    hall.examine("feedback")
    for name in ("anna", "maja", "ivo"):
        page = hall.people[name].page
        for question in page.locator("fieldset[data-ask]").all():
            question.locator("input[value='4']").check()
        page.fill("#feedback-text", "Mehr Zeit")
        hall.people[name].go_on()
        expect(page.locator("[data-told]")).not_to_be_empty()
        hall.people[name].everything_is_saved()


def close_and_open_again(hall: Hall) -> None:
    """Close too early, open again within the grace, close."""
    hall.cockpit.close()
    hall.people["anna"].reach("closed")
    hall.people["anna"].wait_for("#closed")
    hall.cockpit.page.click("#end form button")
    hall.cockpit.page.goto(hall.place.cockpit())
    hall.cockpit.is_at("feedback")
    hall.people["anna"].reach("feedback")
    hall.cockpit.close()
    hall.everybody_at("closed", but=())
    hall.examine("closed")


def seal(hall: Hall) -> None:
    """Make it final."""
    page = hall.cockpit.page
    page.goto(hall.place.page("seal/"))
    page.click("main form button[type=submit]")
    page.goto(hall.place.cockpit())
    expect(page.locator("#end")).to_contain_text("Sealed")
    expect(page.locator("#undo form, #undo-latest, .go form")).to_have_count(0)

"""The hall: eight phones, two hosts, a facilitator, a big screen."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.whole import keyboard
from tests.e2e.whole.examining import Examiner
from tests.e2e.whole.following import follow_as_host, follow_revision, revision_of
from tests.e2e.whole.hosts import HostPage
from tests.e2e.whole.leaks import FIGURES, leaks
from tests.e2e.whole.phones import Diary, Paperless, Person
from tests.e2e.whole.place import Place
from tests.e2e.whole.screens import Beamer, Cockpit


class Hall:
    """Everybody who takes part, and what was seen on the way."""

    people: dict[str, Person]
    rosa: Paperless
    hosts: list[HostPage]
    beamer: Beamer
    watching: dict[str, Page]  # cockpit and big screen in two languages

    def __init__(self, browser: Browser, place: Place, page: Page, examiner: Examiner) -> None:
        self.browser, self.place, self.examiner = browser, place, examiner
        self.cockpit = Cockpit(page, place)
        self.diary = Diary()
        self.seen: dict[str, Any] = {}
        self.people = {}

    @property
    def phones(self) -> dict[str, Page]:
        """The phones that are examined, one in German and one in Slovene."""
        names = {"phone de": "anna", "phone sl": "maja"}
        return {k: self.people[v].page for k, v in names.items() if v in self.people}

    def examine_phones(self, phase: str) -> None:
        """Examine the phones alone."""
        self.examiner.look(phase, self.phones)

    def examine(self, phase: str) -> None:
        """Wait until every screen has followed, and examine all."""
        rev = revision_of(self.cockpit.page)
        for page in self.watching.values():
            follow_revision(page, rev)
        for host in self.hosts:
            follow_as_host(host.page)
        hosts = {f"host {host.language}": host.page for host in self.hosts}
        self.examiner.look(phase, {**self.phones, **hosts, **self.watching})

    def everybody_at(self, view: str, *, but: tuple[str, ...] = ()) -> None:
        """Wait until all phones show a view, pressing the button that offers it where needed."""
        for name, person in self.people.items():
            if name == "tom":
                keyboard.go_on(person, view)
            elif name not in but:
                person.reach(view)

    def nothing_leaks(self) -> None:
        """No figure of a result on any screen, in any answer."""
        askers = {
            "participant": self.people["anna"].context.request,
            "big screen": self.beamer.context.request,
            "host": self.hosts[0].context.request,
            "stranger": self.browser.new_context().request,
        }
        assert leaks(self.place, askers) == []
        assert self.beamer.page.locator(".result").count() == 0
        for name in ("anna", "maja", "luc"):
            shown = self.people[name].page
            assert shown.locator("[data-blocks] > *").count() == 0
        assert not FIGURES.search(self.beamer.page.locator(".mid").inner_text())

    def results_as(self, name: str) -> tuple[int, str]:
        """Ask for the results with a phone."""
        return self.people[name].ask(f"/cafe/results/{self.place.number}.json")

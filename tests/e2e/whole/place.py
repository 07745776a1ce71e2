"""The AlpCafé of the browser test: where it is, and what its database holds."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.serving import Server


@dataclass
class Place:
    """One AlpCafé on a running server; a phone knows it by address, number and code."""

    server: Server
    number: int
    code: str = ""

    @property
    def url(self) -> str:
        """Where the server answers."""
        return self.server.address

    @property
    def key(self) -> Path:
        """The file whose end is the seal."""
        return self.server.home / "secrets" / f"cafe-{self.number}.key"

    def cockpit(self, language: str = "en") -> str:
        """Return the address of the page from which it is run."""
        return f"{self.url}/{language}/workspace/cafes/{self.number}/live/"

    def page(self, name: str = "", language: str = "en") -> str:
        """Return the address of another page of the workspace."""
        return f"{self.url}/{language}/workspace/cafes/{self.number}/{name}"

    def rows(self, query: str) -> list[tuple]:
        """Ask the database beside the server; ``{id}`` is the number of the AlpCafé."""
        path = self.server.home / "alpclusters.sqlite3"
        with closing(sqlite3.connect(path, timeout=20)) as database:
            return database.execute(query.format(id=self.number)).fetchall()

    def one(self, query: str) -> int:
        """Return the only number of the only row."""
        return self.rows(query)[0][0]

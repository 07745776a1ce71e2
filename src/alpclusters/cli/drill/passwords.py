"""Exercises: wrong passwords, all at once and one for many accounts."""

import asyncio
from collections.abc import Sequence
from typing import Final

from alpclusters.cli.drill.findings import Check
from alpclusters.cli.drill.installation import Installation
from alpclusters.cli.drill.sign_ins import UNSEEN, sign_in_wrongly, spray
from alpclusters.platform.languages.catalogues import gettext_noop as _

AT_ONCE: Final = 100
ACCOUNTS: Final = 40
MEMORY_MB: Final = 300
# Twenty, and one a minute that is forgotten; some more while it lasts.
LOOKED_AT: Final = 25
# Not looked at, "in a moment", or looked at and wrong.
FINE: Final = frozenset({"200", f"200 {UNSEEN}", "503"})


def try_all_at_once(installation: Installation) -> Sequence[Check]:
    """Send wrong passwords from a hundred addresses at the same time."""
    installation.start()
    site = installation.children()["site"]
    found = asyncio.run(sign_in_wrongly(installation.place, AT_ONCE, site))
    answers = found["answers"]
    later = answers.get("503", 0)
    return [
        Check(
            "memory",
            _("Memory of the site grows by %(more)s MB (at most %(most)s)"),
            found["site_mb_more"] <= MEMORY_MB,
            {"more": found["site_mb_more"], "most": MEMORY_MB},
        ),
        Check(
            "answers",
            _("Tries answered: %(n)s, of them asked to come again in a moment: %(later)s"),
            set(answers) <= FINE and installation.children().get("site") == site,
            {"n": sum(answers.values()), "later": later},
        ),
    ]


def try_many_accounts(installation: Installation) -> Sequence[Check]:
    """Try one password for one account after the other from one address."""
    installation.start()
    found = asyncio.run(spray(installation.place, ACCOUNTS))
    answers = found["answers"]
    looked = ACCOUNTS - answers.get(f"200 {UNSEEN}", 0)
    return [
        Check(
            "slowed",
            _(
                "Accounts tried from one address: %(n)s, passwords looked at: %(looked)s (at most "
                "%(most)s)"
            ),
            looked <= LOOKED_AT and set(answers) <= FINE,
            {"n": ACCOUNTS, "looked": looked, "most": LOOKED_AT},
        )
    ]

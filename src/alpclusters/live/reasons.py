"""Why an installation is not ready, in the words of its operator."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# What does not serve: what that means, and what helps.
REASONS: Final[dict[str, tuple[str, str]]] = {
    "closing": (_("The server is being stopped."), _("Wait until it has started again.")),
    "journal": (
        _("The journal of answers is damaged or cannot be written: nothing is taken."),
        _(
            "See what is whole with alpclusters journal inspect, then save it with "
            "alpclusters journal salvage."
        ),
    ),
    "queue": (_("Answers come faster than they are stored."), _("Look at disk and database.")),
    "disk": (_("The disk of the journal is full or nearly so."), _("Make room on the disk.")),
    "sync": (_("The disk of the journal cannot be written."), _("Look at disk and permissions.")),
    "database": (
        _("The database does not answer."),
        _("Check DATABASE_URL and that the database server runs."),
    ),
    "site": (_("The site does not answer."), _("See what the server printed last.")),
}

"""Sentences and remedies: people with an account; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "account.last_administrator": (
        _("This is the only administrator of the site; without one, nobody could let others in."),
        _("Give the role to somebody else first, under People and roles."),
    ),
    "account.no_address": (
        _("“%(found)s” is no e-mail address."),
        _("Write it like name@example.org."),
    ),
}

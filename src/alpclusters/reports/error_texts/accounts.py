"""Sentences and remedies: people with an account; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "account.last_administrator": (
        _("This is the only administrator of the site; without one, nobody could let others in."),
        _("Give the role to somebody else first, under People and roles."),
    ),
    "account.erased": (
        _("This account is erased: nobody can be let in by it again."),
        _("Invite the person anew."),
    ),
    "desk.too_short": (
        _("“%(found)s” is too short: it would find everybody."),
        _("Type at least %(expected)s characters of the name or the address."),
    ),
    "desk.nothing": (
        _("No entry is ticked, or those ticked are gone already."),
        _("Search again and tick the entries that belong to the person."),
    ),
    "account.no_address": (
        _("“%(found)s” is no e-mail address."),
        _("Write it like name@example.org."),
    ),
}

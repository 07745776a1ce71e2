"""Mails about profiles, to both sides, each in the language of its reader."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.confirmations import Due, link_token
from alpclusters.platform.actors.models import Claim
from alpclusters.platform.actors.rules import deciders_of
from alpclusters.platform.languages.codes import nearest_language


def tell_deciders(claim: Claim) -> int:
    """Tell the coordinators of the region that somebody asks to keep a profile."""
    deciders = deciders_of(claim.cluster.organisation)
    for reader in deciders:
        with translation.override(nearest_language(reader.language)):
            subject = _("Claim to decide: %(name)s") % {"name": claim.cluster}
            text = _("%(person)s (%(email)s) asks to keep the profile of %(name)s.") % {
                "person": claim.user,
                "email": claim.user.email,
                "name": claim.cluster,
            }
            _send(reader, subject, [text, claim.message, _link("workspace:claims")])
    return len(deciders)


def confirm_asking(claim: Claim) -> None:
    """Tell the asking person what happens next."""
    with translation.override(nearest_language(claim.user.language)):
        subject = _("You asked to keep a profile: %(name)s") % {"name": claim.cluster}
        text = _("A coordinator of the region decides about it. You will get a mail then.")
        _send(claim.user, subject, [text, _link("workspace:profiles")])


def tell_decision(claim: Claim) -> None:
    """Tell the asking person what was decided."""
    with translation.override(nearest_language(claim.user.language)):
        names = {"name": claim.cluster}
        if claim.state == Claim.State.APPROVED:
            subject = _("You keep this profile now: %(name)s") % names
            text = _("Your claim was approved. Please look through the profile and confirm it.")
            where = _link("workspace:profile-edit", claim.cluster.slug)
        else:
            subject = _("Your claim was not approved: %(name)s") % names
            text = _("A coordinator decided that you do not keep this profile.")
            where = _link("workspace:profiles")
        _send(claim.user, subject, [text, claim.answer, where])


def tell_withdrawal(claim: Claim) -> None:
    """Tell the coordinators that a claim was taken back."""
    for reader in deciders_of(claim.cluster.organisation):
        with translation.override(nearest_language(reader.language)):
            subject = _("Claim withdrawn: %(name)s") % {"name": claim.cluster}
            text = _("%(person)s keeps the profile of %(name)s no more.") % {
                "person": claim.user,
                "name": claim.cluster,
            }
            _send(reader, subject, [text])


def ask_to_confirm(due: Due) -> None:
    """Ask a manager whether everything is still right."""
    with translation.override(nearest_language(due.user.language)):
        names = {"name": due.cluster}
        subject = _("Is everything still right? %(name)s") % names
        parts = [
            _("once a year we ask those who keep a profile to look at it: %(name)s.") % names,
            _("If everything is still right, confirm it here without signing in:"),
            _link("workspace:profile-confirm-link", link_token(due)),
            _("If something has changed, sign in and edit it:"),
            _link("workspace:profile-edit", due.cluster.slug),
            _("The link is yours: please do not pass it on. It works for 60 days."),
        ]
        greeting = _("Good day %(name)s,") % {"name": due.user}
        _send(due.user, subject, [greeting, *parts])


def _link(name: str, *args: str) -> str:
    return f"{settings.CONFIGURATION.address}{reverse(name, args=args)}"


def _send(reader: User, subject: str, parts: Sequence[str]) -> None:
    body = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader.email]).send()

"""Mails about introductions, each in the language of its reader.

Before the other side agrees no mail carries a name or an address of a person.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.network.domain.introductions.answering import (
    LAPSES_AFTER,
    contact_of,
    other_side,
    readers_of,
)
from alpclusters.platform.network.domain.introductions.follow_ups import DueFollowUp, link_token
from alpclusters.platform.network.models import Introduction
from alpclusters.platform.network.rules import speakers_of


def tell_asked(introduction: Introduction) -> int:
    """Tell the other side that somebody wants to meet it; return how many mails were sent."""
    readers = readers_of(introduction.asked)
    for reader in readers.people:
        with translation.override(nearest_language(reader.language)):
            text = _to_pass_on(introduction) if readers.pass_on else _to_answer(introduction)
            subject = _("Request for an introduction: %(name)s") % {"name": introduction.asking}
            _send(reader, subject, text)
    return len(readers.people)


def _to_answer(introduction: Introduction) -> list[str]:
    names = {"asking": introduction.asking, "asked": introduction.asked}
    return [
        _("%(asking)s would like to be introduced to %(asked)s. They write:") % names,
        _quoted(introduction),
        _("Accept or decline on this page; you need not give a reason:"),
        _link("workspace:introduction", introduction.pk),
        _("Names and addresses pass only when you accept, and then to both sides."),
        _("Without an answer the request ends after %(n)s days.") % {"n": LAPSES_AFTER.days},
    ]


def _to_pass_on(introduction: Introduction) -> list[str]:
    names = {"asking": introduction.asking, "asked": introduction.asked}
    cluster = ClusterOrganisation.objects.filter(organisation=introduction.asked).first()
    claim = _link("workspace:profile-claim", cluster.slug) if cluster else ""
    return [
        _(
            "%(asking)s would like to be introduced to %(asked)s. Nobody keeps the profile of "
            "%(asked)s yet, so this request comes to you as coordinator of the region. "
            "%(asking)s knows that."
        )
        % names,
        _quoted(introduction),
        _("Please pass it on to %(asked)s. They can answer once they keep their profile:") % names,
        claim,
        _("Without an answer the request ends after %(n)s days.") % {"n": LAPSES_AFTER.days},
    ]


def _quoted(introduction: Introduction) -> str:
    language = dict(LANGUAGES)[introduction.language]
    return f"[{language}]\n" + "\n".join(f"> {line}" for line in introduction.message.splitlines())


def tell_accepted(introduction: Introduction) -> None:
    """Tell both sides name and address of the other; both agreed to exactly this."""
    for side in (introduction.asking, introduction.asked):
        other = other_side(introduction, side)
        for reader in _own_readers(introduction, side):
            with translation.override(nearest_language(reader.language)):
                names = {"name": other}
                subject = _("Introduced: %(name)s") % names
                parts = [
                    _("The introduction of %(asking)s and %(asked)s is accepted.")
                    % {"asking": introduction.asking, "asked": introduction.asked},
                    _address(introduction, other),
                    _("Your name and e-mail address are known to them as well."),
                    _("After 3 and 12 months we ask both sides what came of it."),
                    _link("workspace:introduction", introduction.pk),
                ]
                _send(reader, subject, parts)


def _address(introduction: Introduction, other: Organisation) -> str:
    person = contact_of(introduction, other)
    if person is None:
        return _("The person at %(name)s has closed the account.") % {"name": other}
    names = {"name": other, "person": person, "email": person.email}
    return _("You can write to %(person)s (%(name)s): %(email)s") % names


def _own_readers(introduction: Introduction, side: Organisation) -> list[User]:
    """Return who asked or answered: only their addresses passed."""
    person = contact_of(introduction, side)
    return [person] if person else []


def tell_declined(introduction: Introduction) -> None:
    """Tell the asking side, with the reason if there is one."""
    for reader in _asking_readers(introduction):
        with translation.override(nearest_language(reader.language)):
            names = {"name": introduction.asked}
            subject = _("Introduction declined: %(name)s") % names
            text = _("%(name)s does not want to be introduced at the moment.") % names
            calm = _("Your name and address were not passed on.")
            _send(reader, subject, [text, introduction.answer, calm, _link("workspace:partners")])


def tell_withdrawn(introduction: Introduction) -> None:
    """Tell the other side that there is nothing to answer any more."""
    for reader in readers_of(introduction.asked).people:
        with translation.override(nearest_language(reader.language)):
            names = {"name": introduction.asking}
            subject = _("Request for an introduction withdrawn: %(name)s") % names
            text = _("%(name)s has withdrawn the request. There is nothing to do.") % names
            _send(reader, subject, [text])


def tell_lapsed(introduction: Introduction) -> None:
    """Tell the asking side that no answer came."""
    for reader in _asking_readers(introduction):
        with translation.override(nearest_language(reader.language)):
            names = {"name": introduction.asked, "n": LAPSES_AFTER.days}
            subject = _("No answer: %(name)s") % names
            text = _("%(name)s has not answered for %(n)s days, so the request has ended.") % names
            calm = _("Your name and address were not passed on.")
            _send(reader, subject, [text, calm, _link("workspace:partners")])


def _asking_readers(introduction: Introduction) -> list[User]:
    """Return who asked, if still there; else all who speak for the asking side."""
    person = introduction.asked_by
    if person is not None and person.is_active:
        return [person]
    return list(speakers_of(introduction.asking))


def ask_outcome(due: DueFollowUp) -> None:
    """Ask one side what came of an introduction."""
    introduction = due.follow_up.introduction
    with translation.override(nearest_language(due.user.language)):
        other = other_side(introduction, due.follow_up.organisation)
        subject = _("What came of it? %(name)s") % {"name": other}
        parts = [
            _("Good day %(name)s,") % {"name": due.user},
            _("%(n)s months ago %(own)s and %(other)s were introduced to each other.")
            % {"n": due.follow_up.months, "own": due.follow_up.organisation, "other": other},
            _("Please tell us on this page what came of it; you need not sign in:"),
            _link("workspace:introduction-follow-up", link_token(due)),
            _("The link is yours: please do not pass it on. It works for 60 days."),
        ]
        _send(due.user, subject, parts)


def _link(name: str, *args: str | int) -> str:
    return f"{settings.CONFIGURATION.address}{reverse(name, args=args)}"


def _send(reader: User, subject: str, parts: Sequence[str]) -> None:
    body = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader.email]).send()

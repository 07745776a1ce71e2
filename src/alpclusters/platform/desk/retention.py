"""What is kept about people, how long and why: one clock per kind, named by `inventory.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.domain import sign_ins
from alpclusters.platform.actors.domain.consent import LASTS, PROOF_KEPT
from alpclusters.platform.cafe.domain.cards import PHOTOS_KEPT
from alpclusters.platform.cafe.domain.invitations import NAMES_KEPT
from alpclusters.platform.evaluation.domain import research_requests
from alpclusters.platform.fields import Privacy, about_of, fields_of
from alpclusters.platform.network.domain.meetings import attending
from alpclusters.platform.operation import tidying
from alpclusters.platform.policy.domain.consulting import commenting as consulting
from alpclusters.platform.policy.domain.monitoring import rounds
from alpclusters.platform.trust.domain import log

CLASSES: Final = tuple(Privacy)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long one kind of data is kept.

    Attributes
    ----------
    key : str
        As in ``kept`` of the inventory.
    title, until, why : str
        What it is, when it goes and what it is for, in the reader's language.
    spans : tuple of timedelta
        The times in ``until``; `operation.retention` deletes when they are over. None where a
        person decides.
    """

    key: str
    title: Any
    until: Any
    why: Any
    spans: tuple[timedelta, ...] = ()

    @property
    def ends(self) -> str:
        """Say when it goes; spans stand in days (n1, n2) or, where they are years, in months."""
        numbers = {f"n{place}": span.days for place, span in enumerate(self.spans, start=1)}
        numbers |= {f"m{key[1:]}": days * 12 // 365 for key, days in numbers.items()}
        return str(self.until) % numbers if numbers else str(self.until)


CLOCKS: Final = (
    Clock(
        "account",
        _("Accounts and roles"),
        _("until the account is erased, by the person or on request"),
        _("to sign in, and to say who may do what"),
    ),
    Clock(
        "sign_in",
        _("Sign-ins"),
        _("at most %(n1)s days after the sign-in"),
        _("to keep somebody signed in"),
        spans=(sign_ins.LONGEST,),
    ),
    Clock(
        "author",
        _("Who wrote, decided or released something"),
        _("as long as the text; without a name once the account is erased"),
        _("public texts need to be traceable"),
    ),
    Clock(
        "own",
        _("Messages, notes, searches and drafts of people with an account"),
        _("until the account is erased"),
        _("to do what the person asked for"),
    ),
    Clock(
        "person",
        _("People of organisations"),
        _("%(m1)s months after the consent or until it is withdrawn; proof %(m2)s months longer"),
        _("to invite and to inform, with consent"),
        (LASTS, PROOF_KEPT),
    ),
    Clock(
        "invitation",
        _("People invited to an AlpCafé, and its table hosts"),
        _("%(n1)s days after the day"),
        _("to invite, to remind and to seat"),
        (NAMES_KEPT,),
    ),
    Clock(
        "participant",
        _("Answers on phones and on paper, without a name"),
        _("until the person leaves; after the end as long as the evaluation is kept"),
        _("to evaluate an AlpCafé and to check the evaluation"),
    ),
    Clock(
        "card",
        _("Photos of cards of an AlpCafé"),
        _("%(m1)s months after the day; what was typed from them as other answers"),
        _("to check an evaluation against what was written by hand"),
        (PHOTOS_KEPT,),
    ),
    Clock(
        "contact",
        _("Contacts that a project names"),
        _("as long as the project names them"),
        _("to know whom to ask"),
    ),
    Clock(
        "request",
        _("People who ask for answers for research"),
        _("%(n1)s days after the end or the refusal"),
        _("to answer for who got data"),
        (research_requests.KEPT,),
    ),
    Clock(
        "consultation",
        _("Addresses invited to a consultation"),
        _("%(n1)s days after its end"),
        _("to invite, to remind and to tell the outcome"),
        (consulting.KEPT_AFTER,),
    ),
    Clock(
        "report",
        _("Addresses asked to report on an action"),
        _("%(n1)s days after the round"),
        _("to ask for a report and to remind"),
        (rounds.WORKS_AFTER,),
    ),
    Clock(
        "meeting",
        _("Who comes to bilateral meetings"),
        _("%(n1)s days after the day"),
        _("to plan the meetings"),
        (attending.KEPT,),
    ),
    Clock(
        "log",
        _("Security log"),
        _("shortened network addresses %(n1)s days, people %(m2)s months"),
        _("to find misuse"),
        (log.NETWORKS_KEPT, log.PEOPLE_KEPT),
    ),
    Clock(
        "body",
        _("Who answers for this site"),
        _("as long as somebody holds the office"),
        _("the law asks for it"),
    ),
    Clock(
        "work",
        _("Background work"),
        _("%(n1)s days after it was done"),
        _("to find faults"),
        spans=(tidying.DONE,),
    ),
)
BY_KEY: Final[Mapping[str, Clock]] = {clock.key: clock for clock in CLOCKS}


@cache
def listed() -> dict[str, dict[str, Any]]:
    """Return what `accounts/inventory.toml` says: columns nobody fills, clocks of tables."""
    path = resources.files("alpclusters.platform.accounts") / "inventory.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def inventory() -> dict[str, dict[str, Any]]:
    """Return what is kept about people, table by table: what the columns say, and what is listed.

    Returns
    -------
    dict of dict
        By table; names of columns by class, and the key of the clock as ``kept``.
    """
    found = {label: dict(said) for label, said in listed().items()}
    for model in apps.get_models(include_auto_created=True):
        said = found.setdefault(model._meta.label_lower, {})
        for field in fields_of(model):
            of = about_of(field)
            if of is not None:
                said[of.privacy] = [*said.get(of.privacy, ()), field.name]
    return found


def clock_of(label: str) -> Clock | None:
    """Return the clock of a table; None if it holds nothing about people."""
    key = inventory()[label].get("kept")
    return BY_KEY[key] if key else None

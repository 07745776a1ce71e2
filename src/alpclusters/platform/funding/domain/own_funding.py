"""What is kept about a person through the catalogue of funding, cases and mixes."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model

from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.models import (
    CallAlert,
    CallAlertNews,
    ChangeProposal,
    ControlLink,
    DeMinimisAid,
    EntryVersion,
    FundingCase,
    JointRun,
    MixRun,
    SynchronisedScheme,
)
from alpclusters.platform.history import history_of
from alpclusters.platform.privacy import OwnData

# Of the project or of the catalogue: they stay, without saying who wrote them.
AUTHORS: Final[tuple[tuple[type[Model], str], ...]] = (
    (FundingCase, "made_by"),
    (JointRun, "asked_by"),
    (MixRun, "asked_by"),
    (SynchronisedScheme, "made_by"),
    (EntryVersion, "made_by"),
    (ChangeProposal, "proposed_by"),
    (ChangeProposal, "decided_by"),
    (DeMinimisAid, "entered_by"),
    (DeMinimisAid, "confirmed_by"),
    (ControlLink, "entered_by"),
)
# Of the person alone: deleted with the account.
THEIRS: Final[tuple[tuple[type[Model], str], ...]] = ((CallAlert, "user"),)
# Words of the person that are nobody else's: blanked with the name.
WORDS: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (ChangeProposal, "proposed_by", "note"),
    (ChangeProposal, "decided_by", "answer"),
)


def export_funding(user: User) -> dict[str, Any]:
    """Return what the funding part knows of a person as plain values for JSON."""
    proposed = ChangeProposal.objects.filter(proposed_by=user)
    decided = ChangeProposal.objects.filter(decided_by=user)
    return {
        "cases": _names(FundingCase.objects.filter(made_by=user)),
        "mixes_asked": _names(MixRun.objects.filter(asked_by=user).select_related("case")),
        "cases_weighed_together": _names(JointRun.objects.filter(asked_by=user)),
        "joint_schemes": _names(SynchronisedScheme.objects.filter(made_by=user)),
        "entries_written": _names(_with_entry(EntryVersion.objects.filter(made_by=user))),
        "changes_proposed": [_proposal(one, one.note) for one in _with_entry(proposed)],
        "aid_entered": _names(_with_body(DeMinimisAid.objects.filter(entered_by=user))),
        "aid_confirmed": _names(_with_body(DeMinimisAid.objects.filter(confirmed_by=user))),
        "control_entered": _names(
            _with_body(ControlLink.objects.filter(entered_by=user)).select_related("controlled_by")
        ),
        "mails_about_calls": _names(CallAlert.objects.filter(user=user)),
        "calls_told_of": _names(
            CallAlertNews.objects.filter(alert__user=user).select_related("alert__user")
        ),
        "changes_decided": [_proposal(one, one.answer) for one in _with_entry(decided)],
    }


def erase_funding(user: User) -> None:
    """Blank the words that are the person's alone, and the name everywhere; end the mails."""
    for model, owner in THEIRS:
        model._default_manager.filter(**{owner: user}).delete()
    for model, author, words in WORDS:
        _blank(model, {author: user}, {words: ""})
    for model, author in AUTHORS:
        _blank(model, {author: user}, {author: None})


def _blank(model: type[Model], of: dict[str, Any], values: dict[str, Any]) -> None:
    model._default_manager.filter(**of).update(**values)
    if hasattr(model, "history"):
        history_of(model).filter(**of).update(**values)


def _with_entry(rows: Any) -> Any:
    return rows.select_related("programme", "call", "offer")


def _with_body(rows: Any) -> Any:
    return rows.select_related("organisation")


def _names(rows: Iterable[Model]) -> list[str]:
    return [str(row) for row in rows]


def _proposal(one: ChangeProposal, words: str) -> dict[str, Any]:
    return {
        "entry": str(one.entry),
        "state": one.state,
        "proposed_at": one.proposed_at.isoformat(),
        "source": one.source,
        "words": words,
    }


OWN_DATA: Final = OwnData(
    export=lambda user: {"funding": export_funding(user)},
    erase=erase_funding,
)

"""Answers to open questions: facts of a partner, or of the project."""

from typing import Any, Final

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.funding.domain.casework.documents import Document, Item, item_of
from alpclusters.platform.funding.domain.casework.partners import FIELDS

# What the form of a partner asks, so that no fact can contradict it.
OWN_FIELDS: Final = frozenset({*FIELDS, "id", "undertaking", "lead", "sites", "size", "facts"})


def answer(document: Document, owner: str, field: str, value: Any) -> None:
    """Keep an answer; None says that somebody asked and nobody knows.

    Parameters
    ----------
    document : dict
        Changed in place.
    owner : str
        Identifier of a partner; empty for the project.
    field : str
        ``turnover_ct``, without what it belongs to.
    value
        Text, whole number, yes or no, a list of texts, or None.

    Raises
    ------
    InputError
        ``funding_case.gone``, or ``funding_case.own_field`` for what the partner's form asks.
    """
    if owner and field in OWN_FIELDS:
        raise InputError("funding_case.own_field", where=Where(path="/partners"), found=field)
    _facts(document, owner)[field] = value


def take_back(document: Document, owner: str, field: str) -> None:
    """Forget an answer: the question is open again."""
    _facts(document, owner).pop(field, None)


def _facts(document: Document, owner: str) -> Item:
    if not owner:
        facts: Item = document.setdefault("project", {})
        return facts
    partner = item_of(document, "partners", owner)
    own: Item = partner.setdefault("facts", {})
    return own

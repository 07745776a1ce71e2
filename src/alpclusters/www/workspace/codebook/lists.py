"""The fields and codes of a version in preparation, and what use suggests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alpclusters.platform.evidence.domain.codebook.editing import (
    is_changeable,
    missing_languages,
)
from alpclusters.platform.evidence.domain.codebook.fields import CODED, field_named
from alpclusters.platform.evidence.domain.codebook.proposals import Proposal, proposals
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.models import Code, Codebook


@dataclass(frozen=True)
class CodeRow:
    """A code with what is left to write."""

    code: Code
    missing: Sequence[str]


@dataclass(frozen=True)
class FieldRows:
    """A field with its codes; some fields are fixed."""

    name: str
    label: Any
    is_changeable: bool
    rows: Sequence[CodeRow]


@dataclass(frozen=True)
class ProposalRow:
    """What use suggests, in the words of the page."""

    field: Any
    proposal: Proposal


def field_rows(draft: Codebook) -> list[FieldRows]:
    """Return the fields whose codes stand in the codebook."""
    return [
        FieldRows(
            field.name,
            field.label,
            is_changeable(field.name),
            [
                CodeRow(code, missing_languages(code))
                for code in codes_of(draft, field.name, with_retired=True)
            ],
        )
        for field in CODED
    ]


def proposal_rows(book: Codebook) -> list[ProposalRow]:
    """Return what use suggests, with the names of the fields."""
    return [ProposalRow(field_named(found.code.field).label, found) for found in proposals(book)]

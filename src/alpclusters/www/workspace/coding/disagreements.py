"""The list of fields in which two coders differ, sorted by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.coding import Disagreement
from alpclusters.platform.evidence.domain.coding import disagreements as find_disagreements
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.coding.sheet_page import value_words
from alpclusters.www.workspace.evidence.access import corpus_crumbs, own_corpus


@dataclass(frozen=True)
class DisagreementRow:
    """One disagreement in words."""

    found: Disagreement
    first: str
    second: str
    settled: str


@dataclass(frozen=True)
class FieldGroup:
    """All disagreements of one field."""

    name: str
    label: Any
    rows: Sequence[DisagreementRow]


@login_required
@require_safe
def disagreements(request: SignedInRequest, slug: str) -> HttpResponse:
    """List what is to settle, and what was settled."""
    corpus = own_corpus(request, slug)
    rows = [_row(found) for found in find_disagreements(corpus, with_settled=True)]
    waiting = [row for row in rows if row.found.settlement is None]
    context = {
        "corpus": corpus,
        "groups": _grouped(waiting),
        "n_waiting": len(waiting),
        "settled": [row for row in rows if row.found.settlement is not None],
        "crumbs": corpus_crumbs(corpus, Crumb(_("Disagreements"))),
        "simulated": any(row.found.activity.is_simulated for row in rows),
    }
    return render(request, "workspace/coding/disagreements.html", context)


def _row(found: Disagreement) -> DisagreementRow:
    name, codebook = found.field.name, found.first.codebook
    first, second = found.values
    decided = found.settlement
    return DisagreementRow(
        found,
        value_words(name, first, codebook),
        value_words(name, second, codebook),
        value_words(name, decided.value, codebook) if decided else "",
    )


def _grouped(rows: Sequence[DisagreementRow]) -> list[FieldGroup]:
    by_field = groupby(rows, key=lambda row: row.found.field)
    return [FieldGroup(field.name, field.label, list(group)) for field, group in by_field]

"""Ask what a NUTS code of one vintage is called in another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.territory.domain.lookups import RECORDED, current_recoder
from alpclusters.platform.territory.domain.recoding import Recoding, RecodingStatus, Step
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region
from alpclusters.www.components.parts import Cell, Column, Table

YEARS: Final = [(year, f"NUTS {year}") for year in RECORDED]
TONES: Final = {
    RecodingStatus.UNCHANGED: "good",
    RecodingStatus.EXACT: "good",
    RecodingStatus.APPROXIMATE: "warn",
    RecodingStatus.AMBIGUOUS: "warn",
    RecodingStatus.UNKNOWN: "bad",
}
RELATIONS: Final = {
    "renamed": gettext_lazy("renamed"),
    "recoded": gettext_lazy("new code, same area"),
    "merged": gettext_lazy("merged"),
    "boundary": gettext_lazy("boundary moved"),
    "split": gettext_lazy("split"),
    "discontinued": gettext_lazy("discontinued"),
    "new": gettext_lazy("new"),
    "same": gettext_lazy("same"),
}


class RecodeForm(forms.Form):
    """A code, the vintage it is of, the vintage wanted."""

    code = forms.RegexField(
        r"^[A-Za-z]{2}[A-Za-z0-9]{0,3}$",
        max_length=5,
        label=gettext_lazy("NUTS code, such as FR71"),
        error_messages={
            "invalid": gettext_lazy("A NUTS code has two letters and up to three more characters.")
        },
    )
    from_vintage = forms.TypedChoiceField(
        choices=YEARS, coerce=int, label=gettext_lazy("Code of"), initial=2006
    )
    to_vintage = forms.TypedChoiceField(
        choices=YEARS, coerce=int, label=gettext_lazy("Wanted"), initial=CURRENT_VINTAGE
    )


@dataclass(frozen=True)
class Answer:
    """What the recoder found, in words."""

    tone: str
    claim: str
    candidates: Sequence[Cell]
    steps: Table | None


def answer_for(asked: Mapping[str, Any]) -> Answer:
    """Recode and say how far the answer can be relied on."""
    code = asked["code"].upper()
    found = current_recoder().recode(
        code, from_vintage=asked["from_vintage"], to_vintage=asked["to_vintage"]
    )
    words = {
        "code": code,
        "from": asked["from_vintage"],
        "to": asked["to_vintage"],
        "new": found.code or "",
    }
    return Answer(
        TONES[found.status],
        _claim(found) % words,
        _candidates(found, asked["to_vintage"]),
        _steps(found.path),
    )


def _claim(found: Recoding) -> str:
    match found.status:
        case RecodingStatus.UNCHANGED:
            return _("%(code)s (NUTS %(from)s) is also %(new)s in NUTS %(to)s.")
        case RecodingStatus.EXACT:
            return _("%(code)s (NUTS %(from)s) is exactly %(new)s in NUTS %(to)s.")
        case RecodingStatus.APPROXIMATE:
            return _(
                "%(code)s (NUTS %(from)s) is roughly %(new)s in NUTS %(to)s: the boundary moved."
            )
        case RecodingStatus.AMBIGUOUS if found.candidates:
            return _("%(code)s (NUTS %(from)s) has several possible codes in NUTS %(to)s.")
        case RecodingStatus.AMBIGUOUS:
            return _("%(code)s (NUTS %(from)s) has no successor in NUTS %(to)s.")
    return _("%(code)s is not a code of NUTS %(from)s in our tables.")


def _candidates(found: Recoding, vintage: int) -> list[Cell]:
    rows = Region.objects.in_vintage(vintage).filter(code__in=found.candidates)
    names = {r.code: r.name for r in rows}
    return [
        Cell(f"{code} {names.get(code, '')}".strip(), url=reverse("public:region", args=[code]))
        for code in found.candidates
    ]


def _steps(path: Sequence[Step]) -> Table | None:
    if not path:
        return None
    columns = [
        Column(_("Step")),
        Column(_("Before")),
        Column(_("After")),
        Column(_("What happened")),
    ]
    rows = [
        [
            f"{step.from_vintage}–{step.to_vintage}",
            step.from_code,
            ", ".join(step.to_codes) or "–",
            ", ".join(str(RELATIONS.get(part, part)) for part in step.relation.split("+")),
        ]
        for step in path
    ]
    caption = ngettext("%(n)s step", "%(n)s steps", len(path)) % {"n": len(path)}
    return Table(caption, columns, rows)

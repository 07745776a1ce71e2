"""Partners of a case: from the directory or new, with their undertaking and its earlier aid."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.funding.domain.casework.documents import Document, Item, find
from alpclusters.platform.funding.domain.casework.partners import (
    KnownBody,
    add_partner,
    bodies_of,
    body_with,
    change_partner,
    find_bodies,
    set_control,
    set_past_aid,
    share_undertaking,
)
from alpclusters.platform.funding.models import FundingCase
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.case_forms import (
    PartnerForm,
    PastAidFormSet,
    region_of,
)
from alpclusters.www.workspace.funding_cases.case_frame import (
    KINDS,
    SIZES,
    WRITE,
    item_or_404,
    own_case,
)
from alpclusters.www.workspace.funding_cases.editing import save, show
from alpclusters.www.workspace.initiatives.initiative_forms import written_amount


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_partner_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a partner: a body of the directory begins with what is known of it."""
    case = own_case(request, pk, WRITE)
    body = _chosen(request, case)
    form = PartnerForm(
        request.POST or None,
        version=case.version,
        initial=_body_initial(body) if body else {"kind": "cluster", "size": "none"},
        others=_others(case, ""),
        controllers=_controllers(case, ""),
    )
    # A body of the directory has an account, where its earlier aid belongs.
    aid = None if body else _aid_forms(request, {})
    if request.method == "POST" and form.is_valid() and (aid is None or aid.is_valid()):
        added: list[str] = []

        def change(document: Document) -> None:
            values, data = form.stored(), form.cleaned_data
            key = add_partner(
                document, values, size=data["size"], facts=body.facts() if body else None
            )
            _finish(document, key, form, aid)
            added.append(key)

        if save(
            request,
            case,
            form,
            change,
            reason=f"partner.add:{form.cleaned_data['name']}",
            part=lambda _document: None,
            remember=lambda taken: _remember(taken, added[0], body),
        ):
            return redirect("workspace:funding_case", pk=pk)
    words = request.GET.get("find", "").strip()[:200]
    return show(
        request,
        case,
        form,
        _("New partner"),
        template="partner",
        aid=aid,
        words=words,
        found=_found(case, words),
        body=body,
        is_new=True,
        has_errors=request.method == "POST",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_partner(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Change a partner, its undertaking and the aid it had before."""
    case = own_case(request, pk, WRITE)
    partner = item_or_404(case, "partners", key)
    undertaking = find(case.data, "undertakings", partner["undertaking"]) or {}
    form = PartnerForm(
        request.POST or None,
        version=case.version,
        initial=_initial(case, partner, undertaking),
        others=_others(case, key),
        controllers=_controllers(case, partner["undertaking"]),
        code=partner["nuts"],
    )
    has_account = key in case.taken.get("partners", {})
    is_here = not has_account or bool(undertaking.get("de_minimis"))
    aid = _aid_forms(request, undertaking) if is_here else None
    if request.method == "POST" and form.is_valid() and (aid is None or aid.is_valid()):

        def change(document: Document) -> None:
            change_partner(document, key, form.stored(), size=form.cleaned_data["size"])
            _finish(document, key, form, aid)

        if save(
            request,
            case,
            form,
            change,
            reason=f"partner.change:{form.cleaned_data['name']}",
            part=lambda document: _with_undertaking(document, key),
            remember=lambda taken: _checked(taken, key),
        ):
            return redirect("workspace:funding_case", pk=pk)
    return show(
        request,
        case,
        form,
        partner["name"],
        kind="partners",
        key=key,
        template="partner",
        aid=aid,
        has_account=has_account,
        words="",
        found=(),
        body=None,
        is_new=False,
        has_errors=request.method == "POST",
        is_to_check=key in case.taken.get("to_check", []),
    )


def _finish(document: Document, key: str, form: PartnerForm, aid: Any) -> None:
    shares = form.cleaned_data.get("shares")
    if shares is not None:
        share_undertaking(document, key, shares or key)
    if not shares:
        data = form.cleaned_data
        by = data.get("controlled_by", "")
        set_control(document, key, by, fiscal_year_start=data["fiscal_year"])
        if aid is not None:
            set_past_aid(document, key, [one for one in (row.stored() for row in aid) if one])


def _aid_forms(request: HttpRequest, undertaking: Item) -> Any:
    data = request.POST if request.method == "POST" else None
    return PastAidFormSet(data, prefix="aid", initial=_aid_initial(undertaking))


def _remember(taken: dict[str, Any], key: str, body: KnownBody | None) -> None:
    """Keep which body of the directory a partner is."""
    if body is not None:
        taken.setdefault("partners", {})[key] = body.organisation.pk


def _checked(taken: dict[str, Any], key: str) -> None:
    """Keep that somebody looked at what was assumed of a partner."""
    taken["to_check"] = [one for one in taken.get("to_check", []) if one != key]


def _chosen(request: HttpRequest, case: FundingCase) -> KnownBody | None:
    text = request.GET.get("body", "")
    if not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - a number the database can hold
        return None
    return body_with(int(text), project=case.project)


@dataclass(frozen=True)
class Hit:
    """A body to choose from, with what the directory knows of it in words."""

    pk: int
    name: str
    about: str
    is_simulated: bool


def _found(case: FundingCase, words: str) -> list[Hit]:
    """Return bodies to choose from: those of the words, else the project's own, not yet taken."""
    taken = set(case.taken.get("partners", {}).values())
    bodies = find_bodies(words) if words else bodies_of(case.project)
    return [_hit(body) for body in bodies if body.organisation.pk not in taken]


def _hit(body: KnownBody) -> Hit:
    values = body.values()
    place = body.region.name if body.region else ""
    about = [KINDS[values["kind"]], SIZES[body.size], place, values["nuts"] or _("region unknown")]
    return Hit(
        body.organisation.pk,
        body.organisation.name,
        ", ".join(str(word) for word in about if word),
        body.organisation.is_simulated,
    )


def _body_initial(body: KnownBody) -> dict[str, Any]:
    values = body.values()
    return {
        "name": values["name"],
        "kind": values["kind"],
        "size": body.size,
        "region": body.region or values["nuts"],
        "lead": body.is_lead,
    }


def _initial(case: FundingCase, partner: Item, undertaking: Item) -> dict[str, Any]:
    recovers = partner.get("vat_recoverable")
    return {
        "name": partner["name"],
        "kind": partner["kind"],
        "size": undertaking.get("size", "none"),
        "region": region_of(partner),
        "lead": partner.get("lead", False),
        "own": written_amount(partner.get("own_ct")),
        "credit": written_amount(partner.get("credit_ct")),
        "vat": "" if recovers is None else "yes" if recovers else "no",
        "shares": _shared_with(case, partner),
        "controlled_by": undertaking.get("controlled_by", ""),
        "fiscal_year": undertaking.get("fiscal_year_start", 1),
        "sites": partner.get("sites", []),
    }


def _shared_with(case: FundingCase, partner: Item) -> str:
    others = (one for one in case.data["partners"] if one["id"] != partner["id"])
    same = (one["id"] for one in others if one["undertaking"] == partner["undertaking"])
    return next(same, "")


def _others(case: FundingCase, key: str) -> list[tuple[str, str]]:
    return [(one["id"], one["name"]) for one in case.data.get("partners", []) if one["id"] != key]


def _controllers(case: FundingCase, own: str) -> list[tuple[str, str]]:
    """List the other undertakings of a case by the partners that belong to them."""
    names: dict[str, list[str]] = {}
    for partner in case.data.get("partners", []):
        names.setdefault(partner["undertaking"], []).append(partner["name"])
    keys = [one["id"] for one in case.data.get("undertakings", [])]
    return [(key, ", ".join(names.get(key, [key]))) for key in keys if key != own]


def _aid_initial(undertaking: Item) -> list[dict[str, Any]]:
    return [
        {
            "state": one["state"],
            "granted_on": one["granted_on"],
            "amount": written_amount(one["amount_ct"]),
            "declared": one.get("declared", "self"),
        }
        for one in undertaking.get("de_minimis", [])
    ]


def _with_undertaking(document: Any, key: str) -> Any:
    partner = find(document, "partners", key)
    return partner and (partner, find(document, "undertakings", partner["undertaking"]))

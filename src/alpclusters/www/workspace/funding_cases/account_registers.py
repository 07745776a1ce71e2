"""A file of a register: what it says of a partner is shown first, stored when confirmed."""

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.undertakings import (
    Proposal,
    Reading,
    add_aid,
    aid_from,
    propose_aid,
    undertaking_of,
)
from alpclusters.platform.funding.domain.casework.documents import Item
from alpclusters.platform.funding.models import FundingCase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.funding_cases.account_forms import RegisterForm
from alpclusters.www.workspace.funding_cases.accounts import (
    REGULATIONS,
    partner_with_account,
    way,
)
from alpclusters.www.workspace.funding_cases.case_frame import (
    UNPROCESSABLE,
    WRITE,
    euros,
    frame,
    own_case,
)
from alpclusters.www.workspace.sentences import sentence

SALT: Final = "de-minimis-register"
A_DAY: Final = 86_400


@dataclass(frozen=True)
class ProposalRow:
    """A row of the register as a line to tick."""

    place: int
    name: str
    number: str
    state: str
    regulation: Any
    granted_on: dt.date
    amount: str
    authority: str
    is_sure: bool
    is_known: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def funding_account_register(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Ask for the file of a register, show what it says of the partner, store what is confirmed."""
    case = own_case(request, pk, WRITE)
    partner, organisation = partner_with_account(case, key)
    if request.method != "POST":
        form = RegisterForm(initial={"read_on": timezone.localdate()})
        return _page(request, case, partner, form)
    if "trial" in request.POST:
        return _take(request, case, key, organisation)
    form = RegisterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, partner, form)
    try:
        reading = _read(form, organisation)
    except AlpClustersError as error:
        form.add_error("file", sentence(error))
        return _page(request, case, partner, form)
    return _page(request, case, partner, form, reading)


def _read(form: RegisterForm, organisation: Organisation) -> Reading:
    upload = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "register.csv")
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        name = PurePath(upload.name or "").name
        return propose_aid(path, name=name, organisation=organisation)


def _page(
    request: HttpRequest,
    case: FundingCase,
    partner: Item,
    form: RegisterForm,
    reading: Reading | None = None,
) -> HttpResponse:
    context = frame(request, case, "", *way(case, partner, Crumb(_("Read a register"))))
    context |= {"form": form, "partner": partner, "reading": reading, "rows": ()}
    if reading is not None:
        new = [one for one in reading.proposals if not one.is_known]
        context |= {
            "rows": [_row(place, one) for place, one in enumerate(new)],
            "n_known": len(reading.proposals) - len(new),
            "signed": signing.dumps(_kept(form, partner, reading, new), salt=SALT, compress=True),
        }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/funding_cases/account_register.html", context, status=status)


def _kept(
    form: RegisterForm, partner: Item, reading: Reading, new: Sequence[Proposal]
) -> dict[str, Any]:
    return {
        "partner": partner["id"],
        "source": reading.source,
        "read_on": form.cleaned_data["read_on"].isoformat(),
        "rows": [one.stored() for one in new],
    }


def _row(place: int, proposal: Proposal) -> ProposalRow:
    row = proposal.row
    return ProposalRow(
        place=place,
        name=row.name,
        number=row.number,
        state=row.state,
        regulation=REGULATIONS[row.regulation],
        granted_on=row.granted_on,
        amount=euros(row.amount_ct),
        authority=row.authority,
        is_sure=proposal.is_sure,
        is_known=proposal.is_known,
    )


def _take(
    request: SignedInRequest, case: FundingCase, key: str, organisation: Organisation
) -> HttpResponse:
    try:
        kept = signing.loads(request.POST["trial"], salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        kept = {}
    members = undertaking_of(organisation)
    rows = kept.get("rows", [])
    is_own = kept.get("partner") == key and all(one["organisation"] in members for one in rows)
    if not is_own:
        messages.error(request, _("This try is too old or not complete. Upload the file again."))
        return redirect("workspace:funding_account_register", pk=case.pk, key=key)
    ticked = set(request.POST.getlist("row"))
    chosen = [one for place, one in enumerate(rows) if str(place) in ticked]
    read_on = dt.date.fromisoformat(kept["read_on"])
    aid = [aid_from(one, source=kept["source"], read_on=read_on) for one in chosen]
    n = add_aid(aid, by=request.user, now=timezone.now())
    words = ngettext("%(n)s entry added.", "%(n)s entries added.", n)
    messages.success(request, words % {"n": n})
    return redirect("workspace:funding_account", pk=case.pk, key=key)

"""From a mix to an application: how much is filled, what is missing, and the package."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.reports.application.answers import answers_of, kinds_of, shares_of, total_of
from alpclusters.reports.application.document import (
    build_application,
    missing_rows,
    n_of,
    shortened_answers,
)
from alpclusters.reports.application.fields import SECTIONS
from alpclusters.reports.application.offer_document import (
    AWARDS,
    award_of,
    build_offer_application,
)
from alpclusters.reports.application.package import write_application
from alpclusters.reports.application.reading import read_application
from alpclusters.reports.application.subject import ApplicationSubject
from alpclusters.reports.application.talk import Talk
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.parts import Cell, Column, Crumb, Figure, Table
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, written
from alpclusters.www.workspace.mixes.access import Shown, frame, own_run
from alpclusters.www.workspace.mixes.words import euros, language

KIND = "application"


@login_required
@require_safe
def mix_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how much of an application is filled and what is missing, with the package."""
    shown = own_run(request, pk)
    subject = subject_of(shown)
    if not subject.funding.has_mix:
        raise Http404
    way = [Crumb(_("Mix"), reverse("workspace:mix", args=[pk])), Crumb(_("Application"))]
    context = frame(request, shown, "mix", *way) | _filled(subject)
    context["offers"] = _offers(shown, subject)
    context["partners"] = _partners(shown, subject, may_write=context["may_write"])
    context["files"] = [
        (ending.upper(), reverse("workspace:mix_file", args=[pk, f"{KIND}.{ending}"]))
        for ending in ("zip", "docx")
    ]
    return render(request, "workspace/mixes/application.html", context)


def application_file(shown: Shown, ending: str) -> TakenAway:
    """Write the package, or the document alone."""
    subject, day = subject_of(shown), timezone.localdate()
    if ending == "docx":
        return written(build_application(subject, language(), day=day), ending)
    name = f"{KIND}-{slugify(shown.run.case.title)[:60] or 'case'}-{shown.run.pk}.zip"
    data = write_application(subject, language=language(), day=day)
    return TakenAway(name, CONTENT_TYPES["zip"], data)


def offer_file(shown: Shown, place: int) -> TakenAway:
    """Write the application to one offer; one that the mix does not use has none."""
    subject, offer = subject_of(shown), shown.offer_at(place)
    if offer.id not in {one.id for one in subject.funding.used}:
        raise Http404
    day = timezone.localdate()
    return written(build_offer_application(subject, offer, language(), day=day), "docx")


def subject_of(shown: Shown) -> ApplicationSubject:
    """Read all that the application is filled from."""
    return read_application(
        shown.run.case, shown.case, shown.mix, today=timezone.localdate(), language=language()
    )


def _offers(shown: Shown, subject: ApplicationSubject) -> Table:
    """List the used offers, each with its own document."""
    places = {one.id: place for place, one in enumerate(shown.case.offers)}
    funding = subject.funding
    rows = []
    for one in funding.used:
        name = f"{KIND}-{places[one.id]}.docx"
        file = reverse("workspace:mix_file", args=[shown.run.pk, name])
        rows.append(
            [
                Cell(funding.offer_name(one.id), file, funding.programme_name(one.id)),
                euros(funding.applications[one.id]["grant_ct"], 0),
                _(AWARDS[award_of(one)]),
            ]
        )
    return Table(
        _("One application for each offer of this mix"),
        [
            Column(_("Offer")),
            Column(pgettext("amount", "Grant"), is_number=True),
            Column(_("How it is awarded")),
        ],
        rows,
    )


def _partners(shown: Shown, subject: ApplicationSubject, *, may_write: bool) -> Table:
    """Say of each partner how much of section B is filled; whoever may write gets to its form."""
    talk = Talk(subject, language())
    asked = [one for one in answers_of(subject, language()) if one.field.section == "B"]
    rows = []
    for place, partner in enumerate(shown.case.partners):
        own = [one for one in asked if one.place == partner.id]
        form = reverse("workspace:mix_application_partner", args=[shown.run.pk, place])
        is_open = may_write and find(shown.run.case.data, "partners", partner.id) is not None
        name = Cell(partner.name, form if is_open else "")
        rows.append([name, n_of(talk, sum(one.is_filled for one in own), len(own))])
    return Table(
        _("Data of the partners"),
        [Column(_("Partner")), Column(_("Filled"), is_number=True)],
        rows,
    )


def _filled(subject: ApplicationSubject) -> dict[str, Any]:
    talk = Talk(subject, language())
    answers = answers_of(subject, language())
    shares, kinds = shares_of(answers), kinds_of(answers)
    total = total_of(shares)
    return {
        "sums": [
            Figure(
                _("of the fields filled"),
                format_percent(total.share, language()),
                n_of(talk, total.filled, total.asked),
            ),
            Figure(
                _("of the questions answered for all"),
                format_percent(kinds.share, language()),
                n_of(talk, kinds.filled, kinds.asked),
            ),
        ],
        "table": Table(
            _("Fields filled by section"),
            [Column(_("Section")), Column(_("Filled"), is_number=True)],
            [[_(SECTIONS[one.section]), n_of(talk, one.filled, one.asked)] for one in shares],
        ),
        "missing": Table(
            _("What nobody has entered yet"),
            [
                Column(_("Field")),
                Column(_("For")),
                Column(_("What is asked")),
                Column(_("Where to enter it")),
            ],
            [list(row) for row in missing_rows(talk, answers)],
        ),
        "shortened": [
            (
                _(one.field.label),
                one.name,
                _("Characters: %(n)s, limit: %(limit)s")
                % {
                    "n": format_integer(len(one.whole), language()),
                    "limit": format_integer(one.field.limit or 0, language()),
                },
            )
            for one in shortened_answers(answers)
        ],
    }

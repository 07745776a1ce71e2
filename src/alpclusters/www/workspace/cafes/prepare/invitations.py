"""The list of those who are asked to come: add, invite, remind, count, take stakeholders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import RecordsError
from alpclusters.platform.actors.domain.named_lists import (
    helix_choices,
    helix_name,
    level_choices,
    level_name,
)
from alpclusters.platform.cafe.domain.coverage import Coverage, Row, coverage_of
from alpclusters.platform.cafe.domain.invitations import (
    Person,
    change_invitation,
    invite,
    invite_partners,
    parse_people,
    reminders_of,
    set_attended,
)
from alpclusters.platform.cafe.domain.stakeholder_lists import (
    Askable,
    Choice,
    choice_for,
    invite_stakeholders,
)
from alpclusters.platform.cafe.models import AlpCafe, Invitation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.models import Region
from alpclusters.reports.numbers import format_number
from alpclusters.www.components.parts import Column, Table
from alpclusters.www.site.cafe_letters import send_invitation, send_reminder
from alpclusters.www.site.inputs import input_of, lazy_label_of
from alpclusters.www.workspace.cafes.prepare.common import back_to, sentences, show
from alpclusters.www.workspace.cafes.running import own_cafe
from alpclusters.www.workspace.project_regions import region_choices
from alpclusters.www.workspace.stakeholders.coverage import reason_words
from alpclusters.www.workspace.stakeholders.stakeholder_list import grade, own_language, place_of

# --- The list of those who are asked to come: add, invite, remind, count, see who is missing ------


PAGE_SIZE: Final = 100
# A hall is invited in one go; more than that would look like a bulk mailing to mail servers.
MAILS_AT_ONCE: Final = 200


class PeopleForm(forms.Form):
    """A pasted list."""

    lines = forms.CharField(
        label=gettext_lazy("One person per line: name; e-mail; organisation; language"),
        max_length=100_000,
        widget=forms.Textarea(
            {"rows": 5, "placeholder": "Ana Novak; ana@example.org; Tehnološki park; sl"}
        ),
        help_text=gettext_lazy("Only the name is needed; who is on the list stays there once."),
    )

    def clean_lines(self) -> list[Person]:
        """Read the list; each wrong line is named."""
        language = nearest_language(get_language())
        try:
            return parse_people(self.cleaned_data["lines"], language=language)
        except RecordsError as error:
            raise ValidationError(sentences(error)) from error


class PersonForm(forms.Form):
    """One person on the list."""

    name = input_of(Invitation, "name")
    email = input_of(Invitation, "email")
    organisation_name = input_of(Invitation, "organisation_name")
    region = input_of(Invitation, "region")
    level = forms.ChoiceField(label=lazy_label_of(Invitation, "level"), required=False)
    helix = forms.ChoiceField(label=lazy_label_of(Invitation, "helix"), required=False)
    language = input_of(Invitation, "language", initial=None)
    state = input_of(Invitation, "state")

    def __init__(self, *args: Any, cafe: AlpCafe, invitation: Invitation, **kwargs: Any) -> None:
        initial = {name: getattr(invitation, name) for name in self.base_fields}
        super().__init__(*args, **kwargs | {"initial": initial})
        own = get_language()
        region: Any = self.fields["region"]
        region.queryset, region.choices = region_choices(cafe.project_id)
        level: Any = self.fields["level"]
        level.choices = [("", _("unknown")), *level_choices(own)]
        helix: Any = self.fields["helix"]
        helix.choices = [("", _("unknown")), *(c for c in helix_choices(own) if c[0] != "unknown")]


@dataclass(frozen=True)
class Told:
    """Who is at the table, in words and tables."""

    tables: Sequence[Table]
    warnings: Sequence[str]
    gaps: Sequence[str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the list with its counts; add, invite, remind, note who came."""
    cafe = own_cafe(request, pk)
    form = PeopleForm(request.POST if request.POST.get("do") == "list" else None)
    if request.method == "POST":
        if request.POST.get("do") != "list":
            _do(request, cafe)
            return back_to("cafe_invitations", cafe)
        if form.is_valid():
            _say_added(request, invite(cafe, form.cleaned_data["lines"]))
            return back_to("cafe_invitations", cafe)
    return show(request, cafe, "cafe_invitations", _invitations_context(request, cafe, form))


def _invitations_context(request: HttpRequest, cafe: AlpCafe, form: PeopleForm) -> dict[str, Any]:
    found = coverage_of(cafe)
    people = cafe.invitations.select_related("region")
    return {
        "form": form,
        "page": Paginator(people, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": found.total,
        "told": _told(found) if found.total.listed else None,
        "aims": found.targets,
        "n_to_invite": _to_invite(cafe).count(),
        "n_to_remind": len(reminders_of(cafe, timezone.now())),
        "status": 422 if form.is_bound else 200,
    }


def _to_invite(cafe: AlpCafe) -> Any:
    return cafe.invitations.filter(state=Invitation.State.LISTED).exclude(email="")


def _do(request: HttpRequest, cafe: AlpCafe) -> None:
    wish, now = request.POST.get("do"), timezone.now()
    if wish == "partners":
        _say_added(request, invite_partners(cafe))
    elif wish == "invite":
        _mail(request, list(_to_invite(cafe)[:MAILS_AT_ONCE]), send_invitation, now)
    elif wish == "remind":
        _mail(request, list(reminders_of(cafe, now))[:MAILS_AT_ONCE], send_reminder, now)
    elif wish == "attended":
        came = [int(value) for value in request.POST.getlist("came") if value.isdigit()]
        set_attended(cafe, came)
        messages.success(request, _("Saved"))


def _mail(
    request: HttpRequest,
    people: Sequence[Invitation],
    send: Callable[..., bool],
    now: datetime,
) -> None:
    try:
        sent = sum(send(one, now=now) for one in people)
    except OSError:
        messages.error(request, _("The mail server cannot be reached; what was not sent is kept."))
        return
    text = ngettext("%(n)s mail sent.", "%(n)s mails sent.", sent)
    messages.success(request, text % {"n": sent})
    if sent < len(people):
        text = _("Not sent, because the address had three mails within the hour: %(n)s.")
        messages.info(request, text % {"n": len(people) - sent})


def _say_added(request: HttpRequest, made: Sequence[Invitation]) -> None:
    text = ngettext("%(n)s person added.", "%(n)s people added.", len(made))
    messages.success(request, text % {"n": len(made)})


def _told(found: Coverage) -> Told:
    own = nearest_language(get_language())
    levels, helixes = dict(level_choices(own)), dict(helix_choices(own))
    regions: dict[str, str] = {
        region.code: region.name
        for region in Region.objects.filter(code__in=[row.key for row in found.by_region])
    }
    tables = [
        _counted(_("By region"), found.by_region, regions, own),
        _counted(_("By level"), found.by_level, levels, own),
        _counted(_("By sector"), found.by_helix, helixes, own),
    ]
    gaps: dict[str, list[str]] = {}
    for gap in found.gaps:
        gaps.setdefault(gap.region.name, []).append(helixes[gap.helix])
    lines = [f"{region}: {', '.join(missing)}" for region, missing in gaps.items()]
    return Told(tables, _warnings(found, helixes), lines)


def _counted(caption: str, rows: Sequence[Row], names: dict[str, str], language: str) -> Table:
    heads = (_("on the list"), _("invited"), _("registered"), _("declined"), _("attended"))
    columns = [Column(caption), *(Column(head, is_number=True) for head in heads)]
    cells = [
        [
            names.get(row.key, row.key or _("unknown")),
            *(
                format_number(getattr(row, name), language)
                for name in ("listed", "invited", "registered", "declined", "attended")
            ),
        ]
        for row in rows
    ]
    return Table(caption, columns, cells)


def _warnings(found: Coverage, helixes: dict[str, str]) -> list[str]:
    texts = []
    if found.few_helixes:
        text = ngettext(
            "No sector of society is on the list; %(n)s is wanted.",
            "Fewer than %(n)s sectors of society are on the list.",
            found.targets.least_helixes,
        )
        texts.append(text % {"n": found.targets.least_helixes})
    thin = _("Less than %(share)s per cent of the list: %(name)s.")
    texts += [
        thin % {"name": helixes[key], "share": found.targets.least_share}
        for key in found.thin_helixes
    ]
    if found.few_levels:
        texts.append(_("Too few levels are on the list: add another, such as national."))
    if found.small_regions:
        names = ", ".join(region.name for region in found.small_regions)
        text = _(
            "Fewer than %(n)s people in the whole project: %(names)s. "
            "Below five no figures of a region are shown."
        )
        texts.append(text % {"names": names, "n": found.targets.least_of_region})
    return texts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_invitation(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one person on the list, or take the person off it."""
    cafe = own_cafe(request, pk)
    invitation = get_object_or_404(cafe.invitations.all(), pk=number)
    if request.method == "POST" and request.POST.get("do") == "remove":
        invitation.delete()
        messages.success(request, _("Removed from the list, with everything that was known."))
        return back_to("cafe_invitations", cafe)
    form = PersonForm(request.POST or None, cafe=cafe, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        change_invitation(invitation, form.cleaned_data)
        messages.success(request, _("Saved"))
        return back_to("cafe_invitations", cafe)
    context = {
        "template": "invitation",
        "form": form,
        "invitation": invitation,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, cafe, "cafe_invitations", context, part=invitation.name)


# --- Stakeholders of the project onto the list of those who are asked to come ---------------------


MOST_CHOSEN = 500


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_stakeholders(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose stakeholders by what is missing, explain each, put the chosen on the list."""
    cafe = own_cafe(request, pk)
    if not request.user.has_perm("actors.view_stakeholders", cafe.project):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "POST":
        given = request.POST.getlist("chosen")[:MOST_CHOSEN]
        made = invite_stakeholders(cafe, [int(v) for v in given if v.isdigit()], now=now)
        text = ngettext("%(n)s person added.", "%(n)s people added.", len(made))
        messages.success(request, text % {"n": len(made)})
        return back_to("cafe_invitations", cafe)
    found = choice_for(cafe, now=now)
    part = _("Choose stakeholders")
    return show(request, cafe, "cafe_invitations", _stakeholders_context(cafe, found), part=part)


def _stakeholders_context(cafe: AlpCafe, found: Choice) -> dict[str, Any]:
    return {
        "template": "stakeholders",
        "found": found,
        "proposed": _rows(found.proposed),
        "others": _rows(found.others),
        "has_map": cafe.project.stakeholders.exists(),
        "project": cafe.project,
    }


def _rows(askable: Sequence[Askable]) -> list[dict[str, Any]]:
    language = own_language()
    return [
        {
            "stakeholder": one.stakeholder,
            "person": one.person,
            "place": place_of(one.stakeholder.organisation),
            "helix": helix_name(one.seat.helix, language),
            "level": level_name(one.seat.level, language) if one.seat.level else _("unknown"),
            "influence": grade(one.stakeholder.influence),
            "interest": grade(one.stakeholder.interest),
            "why": reason_words(one.reasons),
        }
        for one in askable
    ]

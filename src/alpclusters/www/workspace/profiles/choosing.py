"""What a profile lists: sectors, markets, labels, members, people of contact."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alpclusters.platform.actors.domain.consent import (
    Given,
    contacts_of,
    directory_consent,
    name_manager,
    wording,
)
from alpclusters.platform.actors.domain.editing import change_profile, remove_label, save_label
from alpclusters.platform.actors.domain.named_lists import choice_label
from alpclusters.platform.actors.domain.organisations import (
    drop_member,
    ensure_organisation,
    members_of,
    name_member,
)
from alpclusters.platform.actors.domain.people import add_person, withdraw_consent
from alpclusters.platform.actors.domain.sectors import (
    DIVISIONS,
    SECTIONS,
    parse_sector,
    search_sectors,
    section_of,
    sector_label,
)
from alpclusters.platform.actors.domain.seeding import is_our_reading
from alpclusters.platform.actors.domain.stakeholders.mapping import find_like
from alpclusters.platform.actors.models import (
    ClusterLabel,
    ClusterMember,
    ClusterOrganisation,
    Consent,
    Organisation,
    Person,
)
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, lazy_label_of, several_of
from alpclusters.www.workspace.profiles.part_contents import LabelForm, MarketForm
from alpclusters.www.workspace.profiles.part_forms import year_field
from alpclusters.www.workspace.profiles.parts import BY_KEY, part_after
from alpclusters.www.workspace.profiles.profile_page import (
    own_profile,
    profile_context,
    read_labels,
)

# --- Pick sectors and target markets: search, choose, put in order, take away; no script needed


MOST_SECTORS: Final = 5
MOST_MARKETS: Final = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_sectors(request: SignedInRequest, slug: str) -> HttpResponse:
    """Search sectors by words or code, or go through the sections, and choose up to five."""
    cluster = own_profile(request, slug)
    if request.method == "POST":
        _change_sectors(request, cluster)
        return redirect("workspace:profile-sectors", slug=slug)
    query = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    section = request.GET.get("section", "")
    context = _context(cluster, "sectors") | {
        "query": query,
        "section": section if section in SECTIONS else "",
        "chosen": _labelled(cluster.sectors),
        "is_our_reading": is_our_reading(cluster),
        "found": _labelled(_offered(query, section), without=cluster.sectors),
        "sections": _labelled(SECTIONS),
        "most": MOST_SECTORS,
        "is_full": len(cluster.sectors) >= MOST_SECTORS,
    }
    return render(request, "workspace/profiles/sectors.html", context)


def _offered(query: str, section: str) -> list[str]:
    if query:
        return [code for code in search_sectors(query, get_language()) if code not in SECTIONS]
    return [code for code in DIVISIONS if section_of(code) == section]


def _labelled(codes: Any, without: Any = ()) -> list[tuple[str, str]]:
    language = get_language()
    return [(code, sector_label(code, language)) for code in codes if code not in without]


def _change_sectors(request: SignedInRequest, cluster: ClusterOrganisation) -> None:
    code = parse_sector(request.POST.get("code", ""))
    if code is None or code in SECTIONS:
        messages.error(request, _("Choose a sector out of the list."))
        return
    rest = [one for one in cluster.sectors if one != code]
    order = {"add": [*rest, code], "main": [code, *rest], "remove": rest}
    wanted = order.get(request.POST.get("do", "add"), cluster.sectors)
    if len(wanted) > MOST_SECTORS:
        text = ngettext(
            "At most %(n)s sector. Take one away first.",
            "At most %(n)s sectors. Take one away first.",
            MOST_SECTORS,
        )
        messages.error(request, text % {"n": MOST_SECTORS})
        return
    if change_profile(cluster, {"sectors": wanted}, by=request.user, reason="edit"):
        messages.success(request, _("Saved"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_markets(request: SignedInRequest, slug: str) -> HttpResponse:
    """Name countries one aims at and what for; a country named again is changed."""
    cluster = own_profile(request, slug)
    form = MarketForm(request.POST or None, initial=_market_to_change(request, cluster))
    if request.method == "POST" and "remove" in request.POST:
        _set_markets(request, cluster, _markets_without(cluster, request.POST["remove"]))
        return redirect("workspace:profile-markets", slug=slug)
    if request.method == "POST" and form.is_valid():
        country = form.cleaned_data["country"]
        market = {"country": country, "aims": form.cleaned_data["aims"]}
        wanted = [*_markets_without(cluster, country), market][:MOST_MARKETS]
        _set_markets(request, cluster, wanted)
        return redirect("workspace:profile-markets", slug=slug)
    context = _context(cluster, "markets") | {"form": form, "markets": _markets(cluster)}
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/profiles/markets.html", context, status=status)


def _market_to_change(request: HttpRequest, cluster: ClusterOrganisation) -> dict[str, Any]:
    wanted = request.GET.get("country", "")
    return next((m for m in cluster.target_markets if m["country"] == wanted), {})


def _markets_without(cluster: ClusterOrganisation, country: str) -> list[dict[str, Any]]:
    return [one for one in cluster.target_markets if one["country"] != country]


def _set_markets(
    request: SignedInRequest, cluster: ClusterOrganisation, markets: list[dict[str, Any]]
) -> None:
    change_profile(cluster, {"target_markets": markets}, by=request.user, reason="edit")
    messages.success(request, _("Saved"))


def _markets(cluster: ClusterOrganisation) -> list[dict[str, Any]]:
    language = get_language()
    rows = [
        {
            "code": one["country"],
            "name": country_name(one["country"], language),
            "aims": ", ".join(choice_label("aim", aim, language) for aim in one["aims"]),
        }
        for one in cluster.target_markets
    ]
    return sorted(rows, key=lambda row: row["name"].casefold())


def _context(cluster: ClusterOrganisation, key: str) -> dict[str, Any]:
    part = BY_KEY[key]
    after = part_after(key)
    return profile_context(cluster, part.title) | {
        "part": part,
        "after": after,
        "after_url": after.url(cluster.slug) if after else "",
    }


# --- Labels of a cluster organisation: add, change, take away -------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_labels(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the labels and add one."""
    cluster = own_profile(request, slug)
    return _edit(request, cluster, ClusterLabel(cluster=cluster))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_label(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a label."""
    cluster = own_profile(request, slug)
    return _edit(request, cluster, get_object_or_404(cluster.labels, pk=pk))


@login_required
@require_POST
def profile_label_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a label away; the history keeps it."""
    cluster = own_profile(request, slug)
    remove_label(get_object_or_404(cluster.labels, pk=pk), by=request.user)
    messages.success(request, _("Label removed."))
    return redirect("workspace:profile-labels", slug=slug)


def _edit(
    request: SignedInRequest, cluster: ClusterOrganisation, label: ClusterLabel
) -> HttpResponse:
    form = LabelForm(request.POST or None, label=label if label.pk else None)
    if request.method == "POST" and form.is_valid():
        save_label(label, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved"))
        return redirect("workspace:profile-labels", slug=cluster.slug)
    after = part_after("labels")
    context = profile_context(cluster, BY_KEY["labels"].title) | {
        "part": BY_KEY["labels"],
        "form": form,
        "label": label if label.pk else None,
        "labels": read_labels(cluster),
        "after": after,
        "after_url": after.url(cluster.slug) if after else "",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/profiles/labels.html", context, status=status)


# --- Members that a cluster organisation names: found by name, never made twice silently ----------


REMOVE = "remove-"


class MemberForm(forms.Form):
    """The name of a member, and since when."""

    name = input_of(Organisation, "name", label=gettext_lazy("Name of the member"))
    since = year_field(lazy_label_of(ClusterMember, "since"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_named(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the named members, add one, take one out."""
    cluster = own_profile(request, slug)
    wish = request.POST.get("do", "")
    if wish.startswith(REMOVE):
        return _members_remove(request, cluster, wish.removeprefix(REMOVE))
    form = MemberForm(request.POST or None)
    near: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        found = _found(request, cluster.organisation, form.cleaned_data["name"])
        if isinstance(found, Organisation):
            return _members_add(request, cluster, found, form.cleaned_data["since"])
        near = found
    status = 422 if request.method == "POST" else 200
    context = _members_shown(cluster, form, near)
    return render(request, "workspace/profiles/named.html", context, status=status)


def _found(
    request: SignedInRequest, own: Organisation, name: str
) -> Organisation | list[Organisation]:
    """Return the organisation that is meant, or those it may be."""
    like = find_like(name, is_simulated=own.is_simulated)
    near = [match.organisation for match in like if match.is_almost]
    chosen = request.POST.get("organisation", "")
    for organisation in near:
        if str(organisation.pk) == chosen or organisation.name.casefold() == name.casefold():
            return organisation
    if near and "new" not in request.POST:
        return near
    return ensure_organisation(name, by=request.user, is_simulated=own.is_simulated)


def _members_add(
    request: SignedInRequest, cluster: ClusterOrganisation, found: Organisation, since: int | None
) -> HttpResponse:
    if name_member(cluster, found, since=since, by=request.user):
        messages.success(request, _("Named as a member: %(name)s") % {"name": found.name})
    else:
        messages.info(request, _("Named already: %(name)s") % {"name": found.name})
    return redirect("workspace:profile-named", slug=cluster.slug)


def _members_remove(
    request: SignedInRequest, cluster: ClusterOrganisation, pk: str
) -> HttpResponse:
    members = {str(member.pk): member for member in members_of(cluster)}
    if pk not in members:
        raise Http404
    drop_member(members[pk], by=request.user)
    messages.success(request, _("Saved"))
    return redirect("workspace:profile-named", slug=cluster.slug)


def _members_shown(
    cluster: ClusterOrganisation, form: MemberForm, near: list[Organisation]
) -> dict[str, Any]:
    part, after = BY_KEY["named"], part_after("named")
    return profile_context(cluster, part.title) | {
        "part": part,
        "members": members_of(cluster),
        "form": form,
        "near": near,
        "remove": REMOVE,
        "after": after,
        "after_url": after.url(cluster.slug) if after else "",
    }


# --- People who agreed to stand beside a profile in the public directory; one may be its manager


PURPOSE = Consent.Purpose.DIRECTORY


class ContactForm(forms.Form):
    """A person with the consent to be shown."""

    name = input_of(Person, "name")
    task = input_of(Person, "task")
    email = input_of(Person, "email")
    languages = several_of(Person, "languages", LANGUAGES)
    is_manager = forms.BooleanField(
        label=gettext_lazy("Leads the cluster organisation"), required=False
    )
    agreed = forms.BooleanField(label=gettext_lazy("The person agreed in these words"))
    how = input_of(Consent, "how")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_contacts(request: SignedInRequest, slug: str) -> HttpResponse:
    """List who stands in the directory, add somebody, take somebody out at once."""
    cluster = own_profile(request, slug)
    wish = request.POST.get("do", "")
    if wish.startswith(REMOVE):
        return _contacts_remove(request, cluster, wish.removeprefix(REMOVE))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _contacts_add(request, cluster, form)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "workspace/profiles/contacts.html", _contacts_shown(cluster, form), status=status
    )


def _contacts_add(
    request: SignedInRequest, cluster: ClusterOrganisation, form: ContactForm
) -> HttpResponse:
    given = Given(PURPOSE, form.cleaned_data["how"])
    person = add_person(cluster.organisation, form.cleaned_data, [given], now=timezone.now())
    if form.cleaned_data["is_manager"]:
        name_manager(cluster, person, by=request.user)
    messages.success(request, _("Kept with consent: %(name)s") % {"name": person.name})
    return redirect("workspace:profile-contacts", slug=cluster.slug)


def _contacts_remove(
    request: SignedInRequest, cluster: ClusterOrganisation, pk: str
) -> HttpResponse:
    now = timezone.now()
    wanted = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < len("1000000000") else 0
    people = {person.pk: person for person in contacts_of(cluster.organisation, now)}
    if wanted not in people:
        raise Http404
    person = people[wanted]
    if cluster.manager_id == person.pk:
        name_manager(cluster, None, by=request.user)
    withdraw_consent(directory_consent(person, now), now=now)
    messages.success(request, _("Taken out of the directory: %(name)s") % {"name": person.name})
    return redirect("workspace:profile-contacts", slug=cluster.slug)


def _contacts_shown(cluster: ClusterOrganisation, form: ContactForm) -> dict[str, Any]:
    part, after = BY_KEY["contacts"], part_after("contacts")
    return profile_context(cluster, part.title) | {
        "part": part,
        "people": contacts_of(cluster.organisation, timezone.now()),
        "form": form,
        "wording": wording(PURPOSE, get_language() or "en"),
        "remove": REMOVE,
        "after": after,
        "after_url": after.url(cluster.slug) if after else "",
    }

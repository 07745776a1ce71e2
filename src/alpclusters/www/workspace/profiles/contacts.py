"""People who agreed to stand beside a profile in the public directory; one may be its manager."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.actors.domain.consent import Given, wording
from alpclusters.platform.actors.domain.contacts import (
    contacts_of,
    directory_consent,
    name_manager,
)
from alpclusters.platform.actors.domain.people import add_person, withdraw_consent
from alpclusters.platform.actors.models import ClusterOrganisation, Consent, Person
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.site.inputs import input_of, several_of
from alpclusters.www.workspace.profiles.access import own_profile, profile_context
from alpclusters.www.workspace.profiles.parts import BY_KEY, part_after

REMOVE = "remove-"
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
        return _remove(request, cluster, wish.removeprefix(REMOVE))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _add(request, cluster, form)
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/profiles/contacts.html", _shown(cluster, form), status=status)


def _add(request: SignedInRequest, cluster: ClusterOrganisation, form: ContactForm) -> HttpResponse:
    given = Given(PURPOSE, form.cleaned_data["how"])
    person = add_person(cluster.organisation, form.cleaned_data, [given], now=timezone.now())
    if form.cleaned_data["is_manager"]:
        name_manager(cluster, person, by=request.user)
    messages.success(request, _("Kept with consent: %(name)s") % {"name": person.name})
    return redirect("workspace:profile-contacts", slug=cluster.slug)


def _remove(request: SignedInRequest, cluster: ClusterOrganisation, pk: str) -> HttpResponse:
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


def _shown(cluster: ClusterOrganisation, form: ContactForm) -> dict[str, Any]:
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

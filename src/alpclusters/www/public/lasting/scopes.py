"""Which links a page speaks of: its scope, its name, its addresses."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Initiative, Programme
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.network.domain.links.lasting import Scope
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to


@dataclass(frozen=True)
class ScopeView:
    """A scope with its words; ``about`` leads to the thing itself."""

    scope: Scope
    key: str = ""
    name: str = ""
    kind_label: str = ""
    about_url: str = ""

    @property
    def url(self) -> str:
        """The page."""
        if self.scope.kind == "all":
            return self._asked(reverse("public:lasting"))
        page = reverse(f"public:lasting-{self.scope.kind}", args=[self.key])
        return self._asked(page) if self.scope.kind == "programme" else page

    def file_url(self, kind: str) -> str:
        """The curve as a file."""
        url = self._asked(reverse("public:lasting-export", args=[kind]))
        if self.scope.kind == "all":
            return url
        return f"{url}{'&' if '?' in url else '?'}{self.scope.kind}={self.key}"

    def _asked(self, url: str) -> str:
        return f"{url}?simulated={int(self.scope.is_simulated)}"


def all_links(request: HttpRequest) -> ScopeView:
    """Speak of all links: the real ones, or, asked for, the simulated ones."""
    return ScopeView(Scope(is_simulated=_is_simulated(request)))


def of_project(request: HttpRequest, slug: str) -> ScopeView:
    """Speak of the links of a partnership."""
    project: Project = get_object_or_404(visible_to(request.user), slug=slug)
    return ScopeView(
        Scope("project", project.pk, project.is_simulated),
        slug,
        project.acronym,
        _("Project"),
        reverse("public:project", args=[slug]),
    )


def of_programme(request: HttpRequest, key: str) -> ScopeView:
    """Speak of the links that a funding programme paid for."""
    programme = get_object_or_404(Programme, key=key)
    scope = Scope("programme", programme.pk, _is_simulated(request))
    return ScopeView(scope, key, str(programme), _("Programme"))


def of_initiative(request: HttpRequest, key: str) -> ScopeView:
    """Speak of the links of one initiative."""
    initiative: Initiative = get_object_or_404(visible_initiatives(request.user), key=key)
    return ScopeView(
        Scope("initiative", initiative.pk, initiative.is_simulated),
        key,
        initiative.acronym,
        _("Initiative"),
        reverse("public:initiative", args=[key]),
    )


def asked_for(request: HttpRequest) -> ScopeView:
    """Read the scope of a file from its address."""
    readers: dict[str, Any] = {
        "project": of_project,
        "programme": of_programme,
        "initiative": of_initiative,
    }
    for name, reader in readers.items():
        if key := request.GET.get(name, ""):
            if "\x00" in key:
                raise Http404
            found: ScopeView = reader(request, key[:120])
            return found
    return all_links(request)


def _is_simulated(request: HttpRequest) -> bool:
    """Read what was asked for; else what is invented is shown only where nothing real is there."""
    if asked := request.GET.get("simulated"):
        return asked == "1"
    counted = Link.objects.counted()
    is_all_invented = not counted.filter(is_simulated=False).exists()
    return is_all_invented and counted.filter(is_simulated=True).exists()

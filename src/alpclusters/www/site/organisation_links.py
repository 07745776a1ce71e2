"""Where the page of an organisation is, and its logo."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.actors.domain.logos import Size, logo_words
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation
from alpclusters.platform.languages.codes import nearest_language

# --- The logo of a cluster organisation: its address, and its words for those who do not see it


@dataclass(frozen=True)
class LogoView:
    """A logo with its words for those who do not see it."""

    url: str
    words: str


def logo_of(
    cluster: ClusterOrganisation, name: str | None = None, *, size: Size = "large"
) -> LogoView | None:
    """Return the logo of a profile, or an earlier one by its name; None if there is none."""
    wanted = cluster.logo if name is None else name
    if not wanted:
        return None
    url = reverse("public:cluster-logo", args=[cluster.slug, f"{wanted}-{size}"])
    return LogoView(url, logo_words(cluster, nearest_language(get_language())))


# --- Where the page of an organisation is ---------------------------------------------------------


def page_of(organisation: Organisation) -> str:
    """Return the address of the profile, or of the plain page; read ``cluster`` along for lists."""
    profile = getattr(organisation, "cluster", None)
    if profile is not None:
        return reverse("public:cluster-organisation", args=[profile.slug])
    return reverse("public:organisation", args=[organisation.pk])

"""Where the page of an organisation is."""

from django.urls import reverse

from alpclusters.platform.actors.models import Organisation


def page_of(organisation: Organisation) -> str:
    """Return the address of the profile, or of the plain page; read ``cluster`` along for lists."""
    profile = getattr(organisation, "cluster", None)
    if profile is not None:
        return reverse("public:cluster-organisation", args=[profile.slug])
    return reverse("public:organisation", args=[organisation.pk])

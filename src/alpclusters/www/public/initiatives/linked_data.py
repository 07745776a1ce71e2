"""An initiative for search engines: schema.org as JSON-LD."""

from django.utils.safestring import SafeString

from alpclusters.platform.evidence.domain.citing import iso_of, parts_of
from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.www.public.evidence_data import data_block


def initiative_data(initiative: Initiative, title: str, address: str) -> SafeString:
    """Return the data block; nothing for invented initiatives."""
    if initiative.is_simulated or not initiative.is_published:
        return SafeString()
    start, end = initiative.start, initiative.end
    return data_block({
        "@type": "Project",
        "@id": address,
        "name": initiative.acronym,
        "alternateName": title,
        "identifier": initiative.reference,
        "url": initiative.website,
        "foundingDate": iso_of(parts_of(start, initiative.start_precision)) if start else "",
        "dissolutionDate": iso_of(parts_of(end, initiative.end_precision)) if end else "",
        "member": _members(initiative),
    })  # fmt: skip


def _members(initiative: Initiative) -> list[dict[str, str]]:
    rows = Participation.objects.filter(initiative=initiative).order_by("order", "pk")
    return [{"@type": "Organization", "name": name} for name in rows.values_list("name", flat=True)]

"""A body that answers for the installation; a certificate of an erasure."""

from typing import Any

from alpclusters.platform.trust.domain.bodies import FIELDS
from alpclusters.platform.trust.models import ErasureCertificate
from tests.factories.evaluation import NOW

BODY: dict[str, Any] = dict.fromkeys(FIELDS, "") | {
    "name": "Agency of the Larch Valley",
    "representative": "Mira Zupan",
    "address": "Square 1\n6020 Innsbruck",
    "email": "office@larch.example",
    "officer_name": "Tone Kos",
    "officer_email": "privacy@larch.example",
    "needs_no_officer": False,
    "legal_basis": {"de": "Art. 6 Abs. 1 lit. e DSGVO"},
}


def make_certificate() -> ErasureCertificate:
    """Keep a certificate of somebody who was invited once."""
    row = {"table": "cafe.invitation", "found": 1, "deleted": 1, "kept": 0}
    left = {"tables": {}, "n_tables": 200, "files": 0, "places": 0}
    return ErasureCertificate.objects.create(made_at=NOW, tables=[row], left=left)

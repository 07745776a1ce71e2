"""A body that answers for the installation."""

from typing import Any

from alpclusters.platform.trust.domain.bodies import FIELDS

BODY: dict[str, Any] = dict.fromkeys(FIELDS, "") | {
    "name": "Agency of the Larch Valley",
    "representative": "Mira Zupan",
    "address": "Square 1\n6020 Innsbruck",
    "email": "office@larch.example",
    "officer_name": "Tone Kos",
    "officer_email": "privacy@larch.example",
    "needs_no_officer": False,
    "legal_basis_de": "Art. 6 Abs. 1 lit. e DSGVO",
}

from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.actors.models import (
    ClusterLabel,
    ClusterOrganisation,
    Organisation,
    PartOf,
)
from alpclusters.platform.history import keep_history


@register(ClusterOrganisation)
class ClusterOrganisationTranslation(TranslationOptions):
    fields = ("summary", "logo_alt")


keep_history(Organisation)
keep_history(ClusterOrganisation)
keep_history(ClusterLabel)
keep_history(PartOf)

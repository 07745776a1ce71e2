from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.funding.models import (
    ControlLink,
    DeMinimisAid,
    FundingCase,
    Offer,
    Programme,
    RegionalScheme,
    SynchronisedScheme,
)
from alpclusters.platform.history import keep_history


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("name", "summary")


@register(Offer)
class OfferTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(RegionalScheme)
class RegionalSchemeTranslation(TranslationOptions):
    fields = ("name",)


keep_history(ControlLink)
keep_history(DeMinimisAid)
keep_history(FundingCase)
keep_history(SynchronisedScheme)

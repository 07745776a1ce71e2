from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.territory.models import ProgrammeArea, Region


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(ProgrammeArea)
class ProgrammeAreaTranslation(TranslationOptions):
    fields = ("name", "note")

from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.trust.models import ResponsibleBody


@register(ResponsibleBody)
class ResponsibleBodyTranslation(TranslationOptions):
    fields = ("supervision", "legal_basis", "data_authority", "notes")

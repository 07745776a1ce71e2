from modeltranslation.translator import TranslationOptions, register

from alpclusters.platform.history import keep_history
from alpclusters.platform.partnership.models import Partner, Project, ProjectFact


@register(Project)
class ProjectTranslation(TranslationOptions):
    fields = ("name", "summary", "contact_role")


@register(ProjectFact)
class ProjectFactTranslation(TranslationOptions):
    fields = ("label", "value")


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ("tasks", "note")


keep_history(Project)
keep_history(ProjectFact)
keep_history(Partner)

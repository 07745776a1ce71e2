from typing import Any

from django.db import migrations
from django.db.models import Q

SLUG = "alpclusters-2020"
KEY = "contact_person"
# The label under which the first seed named a person; today's row has another.
LABEL = "Contact person"
LANGUAGES = ("de", "en", "fr", "it", "sl")


def forget_contact(apps: Any, _editor: Any) -> None:
    """Blank the person the first seed named as contact; what people entered stays."""
    projects = apps.get_model("partnership", "HistoricalProject").objects.filter(slug=SLUG)
    facts = apps.get_model("partnership", "HistoricalProjectFact").objects.filter(
        key=KEY, project_id__in=projects.values("id")
    )
    seeded = facts.filter(label_en=LABEL, history_change_reason="seed")
    names = {name for name in seeded.values_list("value_en", flat=True) if name}
    texts = ("value", *(f"value_{code}" for code in LANGUAGES))
    for text in texts:
        facts.filter(Q(**{f"{text}__in": names})).update(**{text: ""})
    projects.filter(contact_name__in=names).update(contact_name="")


class Migration(migrations.Migration):

    dependencies = [("partnership", "0001_initial")]

    operations = [migrations.RunPython(forget_contact, migrations.RunPython.noop)]

import pytest
from django.apps import apps
from django.utils import translation
from simple_history.models import HistoricalChanges

from alpclusters.platform.measures.models import Measure

pytestmark = pytest.mark.integration


def with_history():
    return [
        m
        for m in apps.get_models()
        if hasattr(m, "history") and not issubclass(m, HistoricalChanges)
    ]


@pytest.mark.parametrize("model", with_history(), ids=lambda m: m.__name__)
def test_history_has_every_column_of_its_model(model):
    own = {f.attname for f in model._meta.concrete_fields}

    kept = {f.attname for f in model.history.model._meta.concrete_fields}

    assert own <= kept


@pytest.mark.django_db
def test_changed_text_of_one_language_is_kept():
    measure = Measure.objects.create(
        key="pilot", type_key="pilot", name={"en": "Pilot", "sl": "Pilot"}
    )
    with translation.override("sl"):
        measure.name = "Pilotna aktivnost"
        measure.save()

    newest, oldest = measure.history.all()

    assert "name" in {c.field for c in newest.diff_against(oldest).changes}
    assert oldest.name.inside("sl") == "Pilot"

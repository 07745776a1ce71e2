"""What measures are rated for: a question, and the scale on which it is answered."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import ScaleError
from alpclusters.analysis.scales import Scale
from alpclusters.platform.fields import fact
from alpclusters.platform.languages.text import Text, TranslatedText


class ScaleField(models.JSONField):
    """A `Scale` in one column; what is none is refused wherever it is set."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Scale | None:
        """Read the column."""
        return self.to_python(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Scale | None:
        """Take a scale, or what is stored of one."""
        if value is None or isinstance(value, Scale):
            return value
        try:
            scale = Scale.read(json.loads(value) if isinstance(value, str) else value)
        except ScaleError as error:
            raise ValidationError(error.code) from error
        if not scale.has_mean:  # no evaluation shows options without an order
            code = "scale.kind_unknown"
            raise ValidationError(code)
        return scale

    def get_prep_value(self, value: Any) -> Any:
        """Return what is stored."""
        scale = self.to_python(value)
        return super().get_prep_value(None if scale is None else scale.as_record())

    def validate(self, value: Any, model_instance: Any) -> None:
        """Ask for a scale; JSON of it can always be written."""
        models.Field.validate(self, value, model_instance)

    def value_to_string(self, obj: Any) -> Any:
        """Return it as it stands in a file."""
        return self.value_from_object(obj).as_record()


class Criterion(models.Model):
    """What a measure is rated for: a question and the scale of its answers."""

    key = models.SlugField(unique=True)
    name = fact(TranslatedText(_("Name"), max_length=60), "criterion")
    question = fact(TranslatedText(_("Question"), max_length=200), "criterion", exported=False)
    scale = fact(ScaleField(_("Scale")), "criterion", exported=False)
    is_default = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The steps of the scale with their words in the language of the reader, lowest first."""
        return [
            (step, Text(label))
            for step, label in zip(self.scale.steps, self.scale.labels, strict=True)
        ]

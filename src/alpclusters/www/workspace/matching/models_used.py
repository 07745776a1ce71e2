"""Which text model a search used, what it can do, and how well it was measured to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.platform.network.domain.vectors.quality import Found, needs_found


@dataclass(frozen=True)
class ModelWords:
    """What a page says about the model."""

    name: str
    ability: str
    found: Found
    is_model: bool


def model_words(stamp: Mapping[str, Any]) -> ModelWords | None:
    """Describe the model of a search; None where no text was compared."""
    model = stamp.get("model")
    if not model:
        return None
    is_model = bool(model["has_model"])
    ability = (
        _("compares the meaning of texts across the five languages")
        if is_model
        else _("finds the same words, not the same meaning: across languages it finds little")
    )
    name = f"{model['name']} {model['version']}"
    return ModelWords(name, ability, needs_found(has_model=is_model), is_model)

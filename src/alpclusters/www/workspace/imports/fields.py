"""The fields of a list in words."""

from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.importing.fields import columns_in_lists, list_fields
from alpclusters.platform.actors.models import Identifier
from alpclusters.platform.fields import about_of

# What is no column that people fill. A number of others is called by who gave it.
_NO_COLUMNS: Final = {
    "external_id": _("Number in the source"),
    "coordinates": _("Latitude and longitude in one"),
    "label": _("Quality label"),
    "is_simulated": _("simulated"),
}


def field_choices() -> list[tuple[str, str]]:
    """Return what a column may hold, first that it is not used."""
    labels = _labels()
    names = sorted((field.name for field in list_fields()), key=lambda name: name != "name")
    named = ((name, labels[name]) for name in names)
    return [("", str(_("not used"))), *named]


def field_label(key: str) -> str:
    """Return a field in words."""
    return _labels().get(key, key)


def _labels() -> dict[str, str]:
    said = {column.name: (column.verbose_name, about_of(column)) for column in columns_in_lists()}
    columns = {
        name: str(label if about is None or about.in_lists is True else about.in_lists)
        for name, (label, about) in said.items()
    }
    numbers = {scheme.value: capfirst(str(scheme.label)) for scheme in Identifier.Scheme}
    return numbers | columns | {name: str(words) for name, words in _NO_COLUMNS.items()}

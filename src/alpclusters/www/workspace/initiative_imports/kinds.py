"""Kinds of notes on projects, short, for counting them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from alpclusters.www.workspace.imports.kinds import KINDS

OWN: Final = {
    **KINDS,
    "project.cut": _("Texts that are too long, cut"),
    "project.repeat": _("Rows that repeat a project of the same file"),
    "project.partners_kept": _("Partners kept as a person set them"),
}


def kind_label(code: str) -> str:
    """Return the kind of a note in words; an unknown one by its code."""
    return str(OWN.get(code, code))

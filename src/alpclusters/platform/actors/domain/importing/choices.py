"""What a person chose for a whole list, and what the reading of it then asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alpclusters.platform.actors.domain.importing.supplies import TABLE, Wishes


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a whole list; all of it has a default.

    Attributes
    ----------
    sheet : str or None
    kind : str
        table, keep, cordis or kohesio.
    report_folder : str
        Where the lists of accepted and rejected rows go; empty takes one beside the upload.
    language : str
        Of reasons and notes.
    text_language : str
        In which the descriptions of the list are.
    default_type, default_country : str
        For rows that say none.
    natural_persons : bool
        Whether bodies whose legal form is that of one person are taken.
    is_simulated : bool
    """

    sheet: str | None = None
    kind: str = TABLE
    report_folder: str = ""
    language: str = "en"
    text_language: str = "en"
    default_type: str = ""
    default_country: str = ""
    natural_persons: bool = False
    is_simulated: bool = False


def wishes_of(options: Mapping[str, Any], columns: Mapping[str, str]) -> Wishes:
    """Return how a list is to be read, by the options of its run."""
    return Wishes(
        kind=options["kind"],
        columns=columns if options["kind"] == TABLE else {},
        sheet=options["sheet"],
        default_country=options["default_country"],
        natural_persons=options["natural_persons"],
    )

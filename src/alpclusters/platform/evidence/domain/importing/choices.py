"""What a person chose for a whole list of projects."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from alpclusters.sources import cordis, keep, kohesio, project_tables
from alpclusters.sources.project_filters import ProjectFilter
from alpclusters.sources.project_sources import TABLE
from alpclusters.sources.records import Licence

LICENCES: Final[Mapping[str, Licence]] = {
    "cordis": cordis.LICENCE,
    "keep": keep.LICENCE,
    "kohesio": kohesio.LICENCE,
    TABLE: project_tables.LICENCE,
}
SOURCE_NAMES: Final = {"cordis": "CORDIS", "keep": "keep.eu", "kohesio": "Kohesio"}
# The countries of the Alps, the first choice where a person chooses on a page.
ALPINE: Final = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")


@dataclass(frozen=True, slots=True)
class ProjectChoices:
    """What a person chose; all of it has a default.

    Attributes
    ----------
    kind : str
        cordis, keep, kohesio or table.
    report_folder : str
        Where the lists of rows go; empty takes one beside the upload.
    language : str
        Of reasons and notes.
    wanted : ProjectFilter
        Which projects are stored.
    natural_persons : bool
        Whether bodies whose legal form is that of one person are taken.
    is_published : bool
        Whether new initiatives are shown to the public.
    is_simulated : bool
    is_whole : bool or None
        Whether the file lists all projects of its programmes, so that one that is missing is gone;
        None takes what is known of the source.
    """

    kind: str = TABLE
    report_folder: str = ""
    language: str = "en"
    wanted: ProjectFilter = field(default_factory=ProjectFilter)
    natural_persons: bool = False
    is_published: bool = True
    is_simulated: bool = False
    is_whole: bool | None = None

    def as_record(self) -> dict[str, Any]:
        """Return the choices for JSON."""
        return {**asdict(self), "wanted": self.wanted.as_record()}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Read choices back from JSON."""
        given = {name: record[name] for name in cls.__dataclass_fields__ if name in record}
        return cls(**{**given, "wanted": ProjectFilter.of(given.get("wanted", {}))})

"""What a posting says: the facts people write, as values that can wait for the moderation."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final, Self

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.actors.domain.labels import years_after
from alpclusters.platform.network.models import Posting

LISTS: Final = ("sectors", "technologies", "territory", "languages")
# How long a posting is open if nobody says otherwise.
USUAL: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """A need or an offer as it is written.

    Attributes
    ----------
    kind, language, title, text : str
        As `Posting` keeps them; the text is in the one language.
    expires_on : date
        The last day on which it is open.
    sectors, technologies, territory, languages : tuple of str
        Codes of NACE, keys of technologies, codes of countries or regions, working languages.
    measure_id : int or None
        The measure it belongs to.
    """

    kind: str
    language: str
    title: str
    text: str
    expires_on: date
    sectors: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    measure_id: int | None = None

    @classmethod
    def of(cls, posting: Posting) -> Self:
        """Return the facts of a posting as they stand."""
        return cls(**{name: _frozen(name, getattr(posting, name)) for name in FIELDS})

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Self:
        """Return facts from a record of `as_record`."""
        values = {name: _frozen(name, record[name]) for name in FIELDS}
        return cls(**{**values, "expires_on": date.fromisoformat(record["expires_on"])})

    def as_record(self) -> dict[str, Any]:
        """Return the facts as plain values for JSON."""
        values = {name: _plain(name, getattr(self, name)) for name in FIELDS}
        return {**values, "expires_on": self.expires_on.isoformat()}

    def put_on(self, posting: Posting) -> None:
        """Write the facts onto a posting, without saving it."""
        for name in FIELDS:
            setattr(posting, name, _plain(name, getattr(self, name)))


FIELDS: Final = tuple(field.name for field in fields(PostingFacts))


def latest_expiry(today: date) -> date:
    """Return the last day until which a posting may be open: twelve months ahead."""
    return years_after(today, 1)


def check_expiry(day: date, *, today: date) -> None:
    """Refuse a day that is over, and one more than twelve months ahead.

    Raises
    ------
    InputError
        ``posting.expiry_over`` or ``posting.expiry_far``, with the field.
    """
    where = Where(field="expires_on")
    if day < today:
        raise InputError("posting.expiry_over", where=where, found=day.isoformat())
    if day > latest_expiry(today):
        raise InputError("posting.expiry_far", where=where, found=day.isoformat())


def _frozen(name: str, value: Any) -> Any:
    return tuple(value) if name in LISTS else value


def _plain(name: str, value: Any) -> Any:
    return list(value) if name in LISTS else value

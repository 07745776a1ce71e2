"""Why a result is as it is: a stable key and the figures that a sentence names."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

type Param = str | int | float | dt.date


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that was applied and the figures it rests on; the sentence is made elsewhere.

    Attributes
    ----------
    key : str
        Stable key such as ``delay_yellow``.
    params : mapping of str to str, int, float or date
        What the sentence names, such as ``{"days": 54}``.
    """

    key: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        """The key, under the name that other results of the analysis use."""
        return self.key

    def as_record(self) -> dict[str, object]:
        """Return the reason as a plain mapping for JSON, dates in ISO form."""
        plain = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in self.params.items()
        }
        return {"key": self.key, "params": plain}

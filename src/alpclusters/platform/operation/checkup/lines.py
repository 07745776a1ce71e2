"""One line of the report."""

from dataclasses import dataclass
from typing import Literal

type State = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report.

    Attributes
    ----------
    name : str
        Stable key.
    state : {'ok', 'warning', 'error'}
    finding : str
        What was seen, in the reader's language.
    remedy : str
        What to do; empty where nothing is to be done.
    """

    name: str
    state: State
    finding: str
    remedy: str = ""

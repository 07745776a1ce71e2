"""What a view hands to a component: small frozen records; the fixed meanings of badges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

# --- Fixed meanings: which icon, tone and word a kind of badge has, and what a certainty says -----


@dataclass(frozen=True)
class Kind:
    """How one kind of badge looks; the tone is a class of surfaces.css."""

    icon: str
    tone: str
    text: Any


KINDS: Final = {
    "simulated": Kind("flask-conical", "sim", _("simulated")),
    "unverified": Kind("circle-help", "unv", _("unverified")),
    "verified": Kind("circle-check", "good", _("verified")),
    "suppressed": Kind("eye-off", "sup", _("withheld for protection")),
    "historic": Kind("clock", "", _("historic")),
    "on_track": Kind("check", "good", _("on track")),
    "at_risk": Kind("triangle-alert", "warn", _("at risk")),
    "late": Kind("circle-alert", "bad", _("late")),
    "no_report": Kind("clock", "", _("no report")),
    "draft": Kind("pencil", "", pgettext_lazy("state", "draft")),
    "published": Kind("check", "good", pgettext_lazy("state", "published")),
    "withdrawn": Kind("undo-2", "warn", pgettext_lazy("state", "withdrawn")),
    "planned": Kind("calendar", "", pgettext_lazy("state", "planned")),
    "running": Kind("play", "info", pgettext_lazy("state", "running")),
    "closed": Kind("lock", "", pgettext_lazy("state", "closed")),
    "hidden": Kind("lock", "info", _("results hidden")),
}

CERTAINTIES: Final = {
    "A": _("Certainty: well supported"),
    "B": _("Certainty: supported"),
    "C": _("Certainty: indications"),
    "D": _("Certainty: single case or disputed"),
}


# --- What a view hands to a component: small frozen records with all their words ready ------------
#
# Templates read names only, so a record of a view's own with the same names fits as well.
# Texts may be lazy translations; numbers come formatted (see the filters in ``ac``).


type Text = Any  # a string, a lazy translation or safe HTML

# Why a figure leads to no rows.
IN_FILES: Final = gettext_lazy("its rows are in the files below")
COMPUTED_FROM_FILES: Final = gettext_lazy("computed from rows that are in the files below")
IN_NETWORK_FILES: Final = gettext_lazy(
    "its rows are in the files of the whole network: organisations and ties"
)
COMPUTED_FROM_NETWORK_FILES: Final = gettext_lazy(
    "computed from rows that are in the files of the whole network: organisations and ties"
)


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb; the last one has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """A number that is shown, with all that makes it honest.

    Attributes
    ----------
    label, value : Text
        What it is, and the number as people read it.
    sub : Text
        The base in words: n, of how many, since when.
    key : str
        What is counted, for example ``actions.delayed``; the page it leads to marks the same key.
    exact, n : int, float or None
        The value and what it is a part of; a share is between 0 and 1.
    convention : str
    url : str
        Where the rows stand that it counts, under the same number.
    why : Text
        Why there is no such address, for example because it is withheld.
    is_listed : bool
        Its rows stand below on the same page.
    rests : str
        A computed number counts no rows but rests on some: what is counted at ``url``, n of them.
    """

    label: Text
    value: Text
    sub: Text = ""
    key: str = ""
    exact: float | None = None
    n: float | None = None
    convention: str = ""
    url: str = ""
    why: Text = ""
    is_listed: bool = False
    rests: str = ""


@dataclass(frozen=True)
class Station:
    """A stop of the trail: what it is called, how many or which, where it leads.

    ``figure`` says what ``count`` counts, where it is a number; ``key`` of what a station that is
    here is one.
    """

    name: Text
    count: Text = ""
    url: str = ""
    state: Literal["", "here", "missing"] = ""
    figure: Figure | None = None
    key: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled value; ``state`` says whether somebody checked it, ``lang`` if it is foreign.

    ``figure`` says what a number in it counts.
    """

    label: Text
    value: Text = ""
    state: Literal["", "verified", "unverified", "unknown"] = ""
    source: Text = ""
    source_url: str = ""
    url: str = ""
    lang: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class Phase:
    """A phase of an event."""

    name: Text
    state: Literal["", "done", "here", "skipped"] = ""


def phases_until(names: Iterable[Text], here: int) -> list[Phase]:
    """Return phases in their order: those before ``here`` are done."""
    return [
        Phase(name, "done" if place < here else "here" if place == here else "")
        for place, name in enumerate(names)
    ]


@dataclass(frozen=True)
class Option:
    """One answer of a rating: the number and its anchor; yes and no have words only."""

    value: int
    anchor: Text
    is_numbered: bool = True


@dataclass(frozen=True)
class Before:
    """What stands above a question that is asked again: one's own first answer, and all of them."""

    own: Text
    group: Text
    can_keep: bool


@dataclass(frozen=True)
class Criterion:
    """A criterion to rate; ``value`` is the chosen number, ``"cj"`` or ``None``."""

    name: str
    label: Text
    options: Sequence[Option]
    question: Text = ""
    value: int | str | None = None
    saved: Literal["", "saved", "device", "saving"] = ""
    disabled: bool = False
    can_clear: bool = True
    before: Before | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table; figures stand right."""

    label: Text
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell; plain text in a row stands for ``Cell(text)``.

    ``shade`` is a class of the data palettes (q1 to q6, dn3 to dp3), used by heat tables;
    ``figure`` says what the number counts. ``total`` is a number that figures lead to, ``row`` for
    how many of it a cell stands: the key and the value.
    """

    text: Text
    url: str = ""
    note: Text = ""
    lang: str = ""
    suppressed: bool = False
    shade: str = ""
    figure: Figure | None = None
    row: tuple[str, float] | None = None
    total: tuple[str, float] | None = None


@dataclass(frozen=True)
class Table:
    """Caption, columns and rows; the first cell of a row is its head."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] = ()
    wide: bool = False


@dataclass(frozen=True)
class Tab:
    """A link among alternatives of one page."""

    label: Text
    url: str
    is_current: bool = False
    count: Text = ""


@dataclass(frozen=True)
class FacetOption:
    """A value one can filter by, with the number of hits it would leave."""

    value: str
    label: Text
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter: its name in the address and its values."""

    name: str
    label: Text
    options: Sequence[FacetOption]


@dataclass(frozen=True)
class Chip:
    """A chosen filter; the address is the page without it."""

    label: Text
    remove_url: str


@dataclass(frozen=True)
class Passage:
    """A stretch of a compared text."""

    text: str
    kind: Literal["same", "removed", "added"] = "same"


@dataclass(frozen=True)
class Side:
    """One column of a comparison."""

    title: Text
    passages: Sequence[Passage]
    lang: str = ""

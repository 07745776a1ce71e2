"""The key figures of a plan: the same on page and paper, all of them parts of its own actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.plans import Colour, is_asked
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import KeyFigure, StatusKind
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan_status import Standing, count_kinds

PLAIN: Final = (StatusKind.ON_TRACK, StatusKind.PLANNED)


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """So many of the actions of a plan stand in one of these ways.

    Attributes
    ----------
    kinds : tuple of StatusKind
    n, of : int
        How many, and of how many.
    label, base : str
        What they are, and of what they are a part, in words.
    """

    kinds: tuple[StatusKind, ...]
    n: int
    of: int
    label: str
    base: str


def plan_figures(lines: Iterable[Standing], language: str) -> list[PlanFigure]:
    """Count the actions of a plan by how they stand; every figure has the same base."""
    every = list(lines)
    counts, text = count_kinds(every), translator(language)
    base = text.ngettext("of %(n)s action", "of %(n)s actions", counts.n) % {
        "n": format_integer(counts.n, language)
    }
    rest = [
        words % {"n": format_integer(counts.of(kind), language)}
        for kind, words in (
            (StatusKind.DONE, text.gettext("done: %(n)s")),
            (StatusKind.STOPPED, text.gettext("stopped: %(n)s")),
        )
        if counts.of(kind)
    ]

    def figure(label: str, *kinds: StatusKind, more: Iterable[str] = ()) -> PlanFigure:
        return PlanFigure(kinds, counts.of(*kinds), counts.n, label, "; ".join([base, *more]))

    return [
        figure(text.gettext("on track or planned"), *PLAIN, more=rest),
        figure(text.gettext("delayed"), StatusKind.DELAYED),
        figure(text.gettext("far behind"), StatusKind.FAR_BEHIND),
        figure(
            text.gettext("no current report"),
            StatusKind.NO_REPORT,
            more=[reported_words(*reported_of(every), language)],
        ),
    ]


def key_figure(figure: PlanFigure, language: str) -> KeyFigure:
    """Return a figure as documents show it."""
    return KeyFigure(format_integer(figure.n, language), figure.label, figure.base)


def reported_of(lines: Iterable[Standing]) -> tuple[int, int]:
    """Return of how many open actions a current report is there, and how many are open."""
    asked = [line.shown for line in lines if is_asked(line.status)]
    return sum(colour is not Colour.GREY for colour in asked), len(asked)


def reported_words(n_reported: int, n_asked: int, language: str) -> str:
    """Say for how many of the open actions a current report is there."""
    text = translator(language)
    if not n_asked:
        return text.gettext("no action is open")
    return text.ngettext(
        "current report for %(k)s of %(n)s open action (%(share)s)",
        "current report for %(k)s of %(n)s open actions (%(share)s)",
        n_asked,
    ) % {
        "k": format_integer(n_reported, language),
        "n": format_integer(n_asked, language),
        "share": format_percent(n_reported / n_asked, language),
    }

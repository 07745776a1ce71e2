"""What an application says of a work package: from the case, and the action it carries out."""

from collections.abc import Callable

from alpclusters.analysis.funding.case import WorkPackage
from alpclusters.reports.application.subject import Talk, period_of
from alpclusters.reports.funding.subject import CATEGORIES, said


def title(talk: Talk, package: WorkPackage) -> str:
    """Return the title of the work package."""
    return talk.given(package.title)


def objective(talk: Talk, package: WorkPackage) -> str:
    """Return what the action is called that the largest work package carries out."""
    if package.id != talk.subject.main_package:
        return ""
    return talk.joined(talk.word(one.title) for one in talk.subject.actions)


def activity(talk: Talk, package: WorkPackage) -> str:
    """Say what is paid for in the work package."""
    sums: dict[str, int] = {}
    for line in talk.subject.lines_of(package=package.id):
        sums[line.category] = sums.get(line.category, 0) + line.cost_ct
    own = "; ".join(
        f"{said(CATEGORIES, category, talk.language)} {talk.money(cents)}"
        for category, cents in sums.items()
    )
    is_main = package.id == talk.subject.main_package
    texts = [talk.word(one.description) for one in talk.subject.actions] if is_main else []
    return talk.joined([*texts, own])


def in_main(fill: Callable[[Talk, None], str]) -> Callable[[Talk, WorkPackage], str | None]:
    """Return the answer for the largest work package: what the action makes stands there alone."""

    def answer(talk: Talk, package: WorkPackage) -> str | None:
        return fill(talk, None) if package.id == talk.subject.main_package else None

    return answer


def start(talk: Talk, package: WorkPackage) -> str:
    """Return the number of the first period."""
    span = talk.subject.span_of(package)
    return str(period_of(span[0])) if span else ""


def end(talk: Talk, package: WorkPackage) -> str:
    """Return the number of the last period."""
    span = talk.subject.span_of(package)
    return str(period_of(span[1])) if span else ""


def partners(talk: Talk, package: WorkPackage) -> str:
    """Name the partners with costs in the work package."""
    with_costs = {line.partner for line in talk.subject.lines_of(package=package.id)}
    return ", ".join(one.name for one in talk.subject.partners if one.id in with_costs)

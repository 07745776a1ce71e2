"""The limits of a checked mix in the order of the proof; what is alike stands in one row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.funding.check.records import Ceiling
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_acts import act_url
from alpclusters.reports.funding_ceilings import ceiling_name, law_words
from alpclusters.reports.funding_subjects import Words
from alpclusters.reports.numbers import format_integer, format_percent

type State = Literal["passed", "tight", "used", "free"]
STATES: Final[Sequence[State]] = ("passed", "tight", "used", "free")


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit, or several that are alike, as page and documents show it.

    Costs of one partner under one rule are added up. Of a limit that holds on several days or in
    several quarters the tightest stands for all; ``used`` and ``limit`` are cents or counts.
    """

    ceilings: tuple[Ceiling, ...]
    state: State
    what: str
    whom: str
    law: str
    law_url: str
    limit: int
    used: int
    slack: int

    @property
    def first(self) -> Ceiling:
        """Return the tightest of those that stand in the row."""
        return self.ceilings[0]

    @property
    def is_unverified(self) -> bool:
        """Say whether a figure of the limit is unverified."""
        return self.first.status == "unverified"

    @property
    def share(self) -> float | None:
        """Return which part of the limit is used; None of a limit of nothing."""
        return self.used / self.limit if self.limit else None


def ceilings_of(subject: MixSubject) -> tuple[Ceiling, ...]:
    """Return the ceilings by relative slack, the tightest first; without use last."""
    found = [Ceiling(**part) for part in subject.mix["check"]["ceilings"]]
    return tuple(sorted(found, key=_tightness))


def state_of(ceiling: Ceiling) -> State:
    """Say whether a limit is passed, binds, is in use with room, or is not in use."""
    if ceiling.slack_ct < 0:
        return "passed"
    if not ceiling.used_ct:
        return "free"
    return "tight" if ceiling.is_tight else "used"


def limit_rows(subject: MixSubject, ceilings: Iterable[Ceiling]) -> tuple[LimitRow, ...]:
    """Return a row for each limit: the complete list."""
    return tuple(_row(subject, (ceiling,)) for ceiling in ceilings)


def folded_rows(subject: MixSubject, ceilings: Iterable[Ceiling]) -> tuple[LimitRow, ...]:
    """Return the rows for reading: limits that differ in the cost or the quarter only stand in one.

    What is passed is never folded; what has room has one row for each rule.
    """
    groups: dict[tuple[object, ...], list[Ceiling]] = {}
    for number, ceiling in enumerate(ceilings):
        groups.setdefault(_alike(subject, ceiling, number), []).append(ceiling)
    rows = (_row(subject, tuple(members)) for members in groups.values())
    return tuple(sorted(rows, key=lambda row: STATES.index(row.state)))


def _alike(subject: MixSubject, ceiling: Ceiling, number: int) -> tuple[object, ...]:
    """Return what limits of one row have in common; ``number`` keeps one apart."""
    state = state_of(ceiling)
    kind, name = _kind(ceiling)
    if state == "passed":
        return (number,)
    amounts: tuple[int, ...] = ()
    if state in {"used", "free"}:
        name = ""
    elif kind == "line":
        name = subject.lines[name].partner
    elif ceiling.unit == "count":
        name, amounts = "", (ceiling.limit_ct, ceiling.used_ct)
    terms = (ceiling.kind, ceiling.unit, ceiling.status, ceiling.set_by, *amounts)
    return (state, ceiling.rule, ceiling.act, ceiling.article, kind, name, *terms)


def _row(subject: MixSubject, members: tuple[Ceiling, ...]) -> LimitRow:
    first, language = members[0], subject.language
    are_costs = _kind(first)[0] == "line"
    amounts = (
        [sum(getattr(one, name) for one in members) for name in _AMOUNTS]
        if are_costs
        else [getattr(first, name) for name in _AMOUNTS]
    )
    return LimitRow(
        members,
        state_of(first),
        ceiling_name(first.rule, first.subject, language),
        _whom(subject, members, are_costs=are_costs),
        law_words(first.act, first.article, language),
        act_url(first.act, first.article),
        *amounts,
    )


_AMOUNTS: Final = ("limit_ct", "used_ct", "slack_ct")


def _whom(subject: MixSubject, members: tuple[Ceiling, ...], *, are_costs: bool) -> str:
    words, first, n = Words(subject.case, subject.language), members[0], len(members)
    if n == 1:
        return words.subject(first.subject)
    shown = {"n": format_integer(n, subject.language)}
    if are_costs:
        return f"{_costs(subject, members)}{_range(subject, members)}"
    if len({(one.limit_ct, one.used_ct) for one in members}) == 1:
        return "; ".join(words.subject(one.subject) for one in members)
    if state_of(first) in {"used", "free"}:
        return words.subject(first.subject)
    said = subject.text.gettext("%(subject)s (the tightest of %(n)s)")
    return said % {**shown, "subject": words.subject(first.subject)}


def _costs(subject: MixSubject, members: Sequence[Ceiling]) -> str:
    n, text = len(members), subject.text
    partners = dict.fromkeys(subject.lines[_kind(one)[1]].partner for one in members)
    shown = {"n": format_integer(n, subject.language)}
    if len(partners) == 1:
        (partner,) = partners
        said = text.ngettext("%(n)s cost of %(partner)s", "%(n)s costs of %(partner)s", n)
        return said % {**shown, "partner": subject.partner_name(partner)}
    # Two at least, for plural forms that know a dual.
    said = text.ngettext("%(n)s cost of several partners", "%(n)s costs of several partners", n)
    return said % shown


def _range(subject: MixSubject, members: Sequence[Ceiling]) -> str:
    """Say between which shares the limits of a row are used, where they differ."""
    shares = [one.used_ct / one.limit_ct for one in members if one.limit_ct]
    shown = [format_percent(share, subject.language) for share in (min(shares), max(shares))]
    if shown[0] == shown[1]:
        return ""
    told = subject.text.gettext("each used to between %(low)s and %(high)s")
    return f", {told % {'low': shown[0], 'high': shown[1]}}"


def _kind(ceiling: Ceiling) -> tuple[str, str]:
    """Return the kind and the name of whom a limit is, without its day or quarter."""
    whole, _at, _moment = ceiling.subject.partition("@")
    kind, _colon, name = whole.partition(":")
    return kind, name


def binding(ceilings: Iterable[Ceiling]) -> list[Ceiling]:
    """Return the limits that bind, without partnerships that are just large enough."""
    return [one for one in ceilings if one.is_tight and not is_partnership(one)]


def is_partnership(ceiling: Ceiling) -> bool:
    """Say whether it is a least number of partners or countries."""
    return ceiling.unit == "count" and ceiling.kind == "floor"


def _tightness(ceiling: Ceiling) -> tuple[bool, float, str, str]:
    """Sort by relative slack; what nothing uses comes last."""
    share = ceiling.slack_ct / ceiling.limit_ct if ceiling.limit_ct else 0.0
    return (not ceiling.used_ct and ceiling.slack_ct >= 0, share, ceiling.rule, ceiling.subject)

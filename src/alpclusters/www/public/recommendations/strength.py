"""The strength of a recommendation on its page, and its card in a list."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.denominators import Proposal, proposal_of
from alpclusters.platform.policy.domain.strengths import Rated, ShownStrength
from alpclusters.platform.policy.models import Level, Recommendation
from alpclusters.reports.numbers import format_integer, format_number, format_percent
from alpclusters.reports.plan_words.strength import bar_text, strength_sentences, strength_word
from alpclusters.www.components.parts import Chip, Facet, FacetOption, Fact, Figure
from alpclusters.www.public.directory.filters import region_names
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.public.recommendations.evidence import FINDINGS, STANDING, reason_in, reason_of

# --- The strength of a recommendation on a page: word, reasons, numbers, what a person set --------


# How a recommendation of this strength is worded; never "must".
WORDINGS: Final = {
    "strong": gettext_lazy("should"),
    "conditional": gettext_lazy("should where …"),
    "exploratory": gettext_lazy("should be tried"),
}
TONES: Final = {
    "strong": ("check", "good"),
    "conditional": ("scale", "info"),
    "exploratory": ("flask-conical", "warn"),
    "not_supported": ("x", "bad"),
    "not_assessable": ("circle-help", ""),
}
PROPOSALS: Final = {
    Proposal.PROPOSED: gettext_lazy("proposed as common denominator"),
    Proposal.OPEN: gettext_lazy("open: the numbers do not decide"),
    Proposal.REGIONAL: gettext_lazy("not common, but fit for single regions"),
    Proposal.NOT_COMMON: gettext_lazy("not common"),
    Proposal.DIVIDED: gettext_lazy("divided: some regions are for it, others against"),
    Proposal.UNDEFINED: gettext_lazy("cannot be told: too few regions or countries with results"),
}


@dataclass(frozen=True)
class StrengthBadge:
    """The strength in a word with its shape."""

    value: str
    text: str
    icon: str
    tone: str
    wording: Any


@dataclass(frozen=True)
class StrengthView:
    """Everything a page says of a strength.

    ``override`` is None where nobody set another one; ``facts`` are the numbers it was computed
    from, each with n or its convention; ``rests`` leads to the findings behind it.
    """

    computed: StrengthBadge
    override: StrengthBadge | None
    override_reason: Said
    is_raised: bool
    reasons: Sequence[str]
    facts: Sequence[Fact]
    convention: str
    rests: Figure | None

    @property
    def shown(self) -> StrengthBadge:
        """The one that counts."""
        return self.override or self.computed


def strength_view(shown: ShownStrength, *, in_trail: int) -> StrengthView:
    """Put a strength into words in the reader's language.

    Parameters
    ----------
    shown : ShownStrength
    in_trail : int
        Lessons of its trail; those that only speak of its measure count for nothing here.
    """
    language = nearest_language(get_language())
    return StrengthView(
        computed=badge_of(str(shown.result.strength)),
        override=badge_of(shown.override) if shown.override else None,
        override_reason=reason_in(shown.override_reason),
        is_raised=shown.is_raised,
        reasons=[
            *strength_sentences(shown.result, language),
            *_apart(len(shown.lessons), in_trail, language),
        ],
        facts=[*_evidence_facts(shown), *_people_facts(shown, language)],
        convention=shown.result.convention,
        rests=_rests(shown.n_findings, language) if shown.n_findings else None,
    )


def _rests(n: int, language: str) -> Figure:
    """Lead to the findings that a strength is computed from."""
    words = ngettext("It rests on %(n)s finding.", "It rests on %(n)s findings.", n)
    said = words % {"n": format_integer(n, language)}
    return Figure("", said, key="strength", n=n, url=f"#{FINDINGS}", rests=STANDING)


def _apart(n_stated: int, in_trail: int, language: str) -> list[str]:
    if in_trail <= n_stated:
        return []
    counts = {
        "n": format_integer(in_trail, language),
        "k": format_integer(n_stated, language),
    }
    said = gettext(
        "Lessons in the trail: %(n)s. Stated by its findings: %(k)s; only these count here."
    )
    return [said % counts]


def badge_of(value: str) -> StrengthBadge:
    """Return word, shape and wording of a strength."""
    icon, tone = TONES.get(value, ("", ""))
    text = strength_word(value, nearest_language(get_language()))
    return StrengthBadge(value, text, icon, tone, WORDINGS.get(value, ""))


def _evidence_facts(shown: ShownStrength) -> list[Fact]:
    grade = shown.facts.certainty
    lessons = f"{grade} ({', '.join(shown.lessons)})" if shown.lessons else ""
    found = [_fact(gettext("Best certainty of a lesson"), lessons)]
    if shown.contradictions:
        found.append(Fact(gettext("Against it, no answer"), ", ".join(shown.contradictions)))
    if shown.conflicts:
        found.append(Fact(gettext("In conflict with"), ", ".join(shown.conflicts)))
    return found


def _people_facts(shown: ShownStrength, language: str) -> list[Fact]:
    facts, rated = shown.facts, shown.rated
    found = [
        _fact(gettext("People who rated (n)"), format_integer(facts.n, language) if facts.n else "")
    ]
    if rated is not None:
        name = word(rated.names, language)
        label = gettext("Probability, on “%(name)s”") % {"name": name}
        found.insert(0, _fact(label, probability_text(rated, language)))
    if facts.agreement is not None:
        figure = format_number(facts.agreement, language, 2)
        found.append(Fact(gettext("Agreement (Tastle and Wierman, 0 to 1)"), figure))
    if facts.cannot_judge is not None:
        found.append(
            Fact(gettext("I cannot judge this"), format_percent(facts.cannot_judge, language))
        )
    if facts.countries:
        found.append(Fact(gettext("Countries"), format_integer(facts.countries, language)))
    return found


def probability_text(rated: Rated, language: str) -> str:
    """Write a probability with its bounds where regions are withheld; empty if there is none."""
    if rated.probability is not None:
        return format_percent(rated.probability, language)
    found = rated.denominator
    if rated.region or found is None or found.low is None or found.high is None:
        return ""
    ends = {name: format_percent(getattr(found, name), language) for name in ("low", "high")}
    if ends["low"] == ends["high"]:
        return ends["low"]
    return gettext("%(low)s to %(high)s") % ends


def _fact(label: str, value: str) -> Fact:
    return Fact(label, value, state="" if value else "unknown")


@dataclass(frozen=True)
class DenominatorView:
    """The verdict on a common denominator: of the numbers, and of people."""

    proposal: str
    probability: str
    rule: str
    fit_regions: str
    decision: str
    reason: Said
    is_declared: bool


def denominator_view(
    recommendation: Recommendation, shown: ShownStrength
) -> DenominatorView | None:
    """Put the verdict into words; None for a recommendation to one region alone."""
    if recommendation.region_id is not None:
        return None
    language = nearest_language(get_language())
    rated = shown.rated
    return DenominatorView(
        proposal=str(PROPOSALS[proposal_of(rated)]),
        probability=(probability_text(rated, language) if rated else "") or "–",
        rule=rule_text(rated, language) if rated and rated.min_regions else "",
        fit_regions=_region_words(rated.fit_regions if rated else ()),
        decision=str(recommendation.get_denominator_display())
        if recommendation.denominator
        else "",
        reason=reason_of(recommendation, "denominator_reason"),
        is_declared=recommendation.denominator == Recommendation.Denominator.DECLARED,
    )


def _region_words(codes: Sequence[str]) -> str:
    """Name regions; one that no longer exists keeps its code."""
    # An empty code is nobody's: a page takes the same queries whether regions fit or not.
    known = region_names(["", *codes])
    return ", ".join(known.get(code, code) for code in codes)


def rule_text(rated: Rated, language: str) -> str:
    """Say what the rule asks for, with its k."""
    return gettext(
        "Rule: at least %(bar)s on average in k = %(regions)s regions of %(countries)s countries; "
        "criterion “%(name)s”; n = %(n)s."
    ) % {
        "bar": bar_text(rated.scale, language),
        "regions": rated.min_regions,
        "countries": rated.min_countries,
        "name": word(rated.names, language),
        "n": format_integer(rated.n, language),
    }


# --- A recommendation in a list: code, title, state, level, strength; and the filters of lists


FILTERS: Final = {
    "state": (_("State"), Recommendation.State.choices),
    "level": (_("Level"), Level.choices),
    "strength": (_("Strength"), Recommendation.Strength.choices),
}
STATE_TONES: Final = {
    "draft": ("pencil", ""),
    "in_consultation": ("users", "info"),
    "revised": ("pencil", ""),
    "adopted": ("check", "good"),
    "rejected": ("x", "bad"),
    "published": ("check", "good"),
    "superseded": ("clock", ""),
    "withdrawn": ("undo-2", "warn"),
}

type Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class StateBadge:
    """The state in a word with its shape."""

    text: Any
    icon: str
    tone: str


@dataclass(frozen=True)
class RecommendationCard:
    """One line of a list."""

    pk: int
    code: str
    title: Said
    text: Said
    url: str
    state: StateBadge
    level: Any
    strength: StrengthBadge
    is_overridden: bool
    addressee: str
    findings: Sequence[str]
    actions: Sequence[str]
    project: str
    is_simulated: bool


def state_badge(recommendation: Recommendation) -> StateBadge:
    """Return the state with its shape."""
    icon, tone = STATE_TONES[recommendation.state]
    return StateBadge(recommendation.get_state_display(), icon, tone)


def card_of(
    one: Recommendation, shown: ShownStrength, page: str, actions: Sequence[str] = ()
) -> RecommendationCard:
    """Put a recommendation into a card that leads to its page."""
    return RecommendationCard(
        pk=one.pk,
        code=one.code,
        title=said(one, "title"),
        text=said(one, "text"),
        url=reverse(page, args=[one.pk]),
        state=state_badge(one),
        level=one.get_level_display(),
        strength=badge_of(shown.shown),
        is_overridden=bool(shown.override),
        addressee=one.addressee,
        findings=[finding.code for finding in one.findings.all()],
        actions=actions,
        project=one.project.acronym,
        is_simulated=one.project.is_simulated,
    )


def read_chosen(data: QueryDict) -> Chosen:
    """Read the filters; values that do not exist are left out."""
    return {
        name: frozenset(v for v in data.getlist(name) if v in dict(choices))
        for name, (_label, choices) in FILTERS.items()
    }


def value_of(one: Recommendation, name: str, strengths: Mapping[int, ShownStrength]) -> str:
    """Return what a recommendation counts as in a filter."""
    return strengths[one.pk].shown if name == "strength" else str(getattr(one, name))


def fits(
    one: Recommendation,
    chosen: Chosen,
    strengths: Mapping[int, ShownStrength],
    *,
    but: str = "",
) -> bool:
    """Say whether a recommendation passes all filters, or all but one."""
    return all(
        not values or value_of(one, name, strengths) in values
        for name, values in chosen.items()
        if name != but
    )


def facets_of(
    rows: Collection[Recommendation], chosen: Chosen, strengths: Mapping[int, ShownStrength]
) -> list[Facet]:
    """Return the filters with the hits each value would leave."""
    found = []
    for name, (label, choices) in FILTERS.items():
        counts = Counter(
            value_of(one, name, strengths) for one in rows if fits(one, chosen, strengths, but=name)
        )
        present = {value_of(one, name, strengths) for one in rows} | chosen[name]
        options = [
            FacetOption(value, text, counts[value], value in chosen[name])
            for value, text in choices
            if value in present
        ]
        if len(options) > 1 or chosen[name]:
            found.append(Facet(name, label, options))
    return found


def chips_of(chosen: Chosen, address: Callable[[], str]) -> list[Chip]:
    """Return the chosen filters, each leading to the page without it."""
    names = {name: dict(choices) for name, (_label, choices) in FILTERS.items()}
    return [
        Chip(names[name][value], without(chosen, name, value, address()))
        for name, values in chosen.items()
        for value in sorted(values)
    ]


def without(chosen: Chosen, name: str, value: str, address: str) -> str:
    """Return the address of a list without one chosen value."""
    data = QueryDict(mutable=True)
    for other, values in chosen.items():
        data.setlist(other, sorted(values - ({value} if other == name else set())))
    query = data.urlencode()
    if not query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{query}"

"""The strength of a recommendation on a page: word, reasons, numbers, what a person set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.denominators.proposing import Proposal, proposal_of
from alpclusters.platform.policy.domain.strengths.computing import ShownStrength
from alpclusters.platform.policy.domain.strengths.probabilities import Rated
from alpclusters.platform.policy.models import Recommendation
from alpclusters.reports.numbers import format_integer, format_number, format_percent
from alpclusters.reports.plan_strength import bar_text, strength_sentences, strength_word
from alpclusters.www.components.parts import Fact, Figure
from alpclusters.www.public.directory.filters import region_names
from alpclusters.www.public.initiatives.said import Said
from alpclusters.www.public.recommendations.evidence import STANDING
from alpclusters.www.public.recommendations.findings import FINDINGS
from alpclusters.www.public.recommendations.reasons import reason_in, reason_of

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
    said = _("Lessons in the trail: %(n)s. Stated by its findings: %(k)s; only these count here.")
    return [said % counts]


def badge_of(value: str) -> StrengthBadge:
    """Return word, shape and wording of a strength."""
    icon, tone = TONES.get(value, ("", ""))
    text = strength_word(value, nearest_language(get_language()))
    return StrengthBadge(value, text, icon, tone, WORDINGS.get(value, ""))


def _evidence_facts(shown: ShownStrength) -> list[Fact]:
    grade = shown.facts.certainty
    lessons = f"{grade} ({', '.join(shown.lessons)})" if shown.lessons else ""
    found = [_fact(_("Best certainty of a lesson"), lessons)]
    if shown.contradictions:
        found.append(Fact(_("Against it, no answer"), ", ".join(shown.contradictions)))
    if shown.conflicts:
        found.append(Fact(_("In conflict with"), ", ".join(shown.conflicts)))
    return found


def _people_facts(shown: ShownStrength, language: str) -> list[Fact]:
    facts, rated = shown.facts, shown.rated
    found = [_fact(_("People who rated (n)"), format_integer(facts.n, language) if facts.n else "")]
    if rated is not None:
        name = word(rated.names, language)
        label = _("Probability, on “%(name)s”") % {"name": name}
        found.insert(0, _fact(label, probability_text(rated, language)))
    if facts.agreement is not None:
        figure = format_number(facts.agreement, language, 2)
        found.append(Fact(_("Agreement (Tastle and Wierman, 0 to 1)"), figure))
    if facts.cannot_judge is not None:
        found.append(Fact(_("I cannot judge this"), format_percent(facts.cannot_judge, language)))
    if facts.countries:
        found.append(Fact(_("Countries"), format_integer(facts.countries, language)))
    return found


def probability_text(rated: Rated, language: str) -> str:
    """Write a probability with its bounds where regions are withheld; empty if there is none."""
    if rated.probability is not None:
        return format_percent(rated.probability, language, 1)
    found = rated.denominator
    if rated.region or found is None or found.low is None or found.high is None:
        return ""
    ends = {
        "low": format_percent(found.low, language, 1),
        "high": format_percent(found.high, language, 1),
    }
    return _("%(low)s to %(high)s") % ends


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
    return _(
        "Rule: at least %(bar)s on average in k = %(regions)s regions of %(countries)s countries; "
        "criterion “%(name)s”; n = %(n)s."
    ) % {
        "bar": bar_text(rated.scale, language),
        "regions": rated.min_regions,
        "countries": rated.min_countries,
        "name": word(rated.names, language),
        "n": format_integer(rated.n, language),
    }

"""Rules of funding in plain words, and the sentences that go with their figures."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from alpclusters.analysis.funding.rulebooks import Rule
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer, format_money, format_percent

# --- The text of each rule, by the key that the rule-books name -----------------------------------


TEXTS: Final[Mapping[str, str]] = {
    # --- money of the Union ---
    "rule.DF-1": _(
        "For one action a beneficiary gets one grant from the Union budget, unless the basic act "
        "says otherwise."
    ),
    "rule.DF-2": _("The Union budget never pays the same cost twice."),
    "rule.DF-3": _("Grants must not produce a profit: together they stay within the cost."),
    "rule.DF-4": _(
        "A project may get money from several Funds, but an item of expenditure in one payment "
        "claim is not claimed again from a Fund or a Union instrument."
    ),
    "rule.CF-1": _(
        "Two instruments may share a cost in fixed parts where the documents of both allow it."
    ),
    "rule.SE-0": _(
        "Research projects of small and medium-sized undertakings with a Seal of Excellence fall "
        "under the article on research aid itself."
    ),
    "rule.SE-1": _(
        "The ERDF may support a project with a Seal of Excellence without a new evaluation, on "
        "the terms of the original call."
    ),
    "rule.SE-2": _(
        "Aid for co-funded research projects and Teaming actions follows the rates and costs of "
        "the Union programme."
    ),
    "rule.GB-25a": _(
        "Aid for projects with a Seal of Excellence follows the rate of the call of the Seal, up "
        "to a ceiling."
    ),
    "rule.MR-1": _(
        "Where State aid meets centrally managed Union money, only the aid counts for the limits "
        "of aid; all public money together stays within the most favourable rate of Union law."
    ),
    # --- block exemption ---
    "rule.GB-4.2": _("Projects must not be split up to stay below a threshold."),
    "rule.GB-6": _("Aid has to be applied for in writing before work on the project starts."),
    "rule.GB-7": _(
        "Amounts are taken before tax; value added tax that can be recovered is no eligible cost."
    ),
    "rule.GB-9": _("Single awards above a threshold are published."),
    "rule.GB-17": _(
        "Investment of small and medium-sized undertakings; a higher share of the costs for small "
        "ones."
    ),
    "rule.GB-18": _(
        "Advice from outside for small and medium-sized undertakings that is no continuous "
        "activity."
    ),
    "rule.GB-19": _(
        "Fairs for small and medium-sized undertakings: renting, setting up and running the stand."
    ),
    "rule.GB-19a": _(
        "Costs of small and medium-sized firms in projects of community-led local development "
        "(LEADER): up to the rates that the rules of the Funds allow."
    ),
    "rule.GB-19b": _(
        "Limited aid for small and medium-sized firms that take part in or profit from projects "
        "of community-led local development: one amount for the whole project."
    ),
    "rule.GB-20": _(
        "Costs of cooperation in projects of European territorial cooperation (staff, advice, "
        "travel, equipment), for small and medium-sized undertakings only."
    ),
    "rule.GB-20'": _(
        "Costs of undertakings of every size in projects of European territorial cooperation, up "
        "to the highest co-financing rate of the programmes."
    ),
    "rule.GB-20a": _(
        "Small amounts of aid to undertakings in projects of European territorial cooperation, "
        "also as help in kind."
    ),
    "rule.GB-25-fundamental": _("Fundamental research: aid may cover all costs that count."),
    "rule.GB-25-industrial": _(
        "Industrial research; more for smaller undertakings, and beside that only one of the other "
        "bonuses. The one for a joint call asks for three things together: an open call for a "
        "project designed by at least three States, collaboration of firms in two of them (large "
        "undertakings: three), and results that are widely spread there or open to licences."
    ),
    "rule.GB-25-experimental": _(
        "Experimental development; more for smaller undertakings, and beside that only one of the "
        "other bonuses, with the conditions named at industrial research."
    ),
    "rule.GB-25-feasibility": _("Feasibility studies; more for smaller undertakings."),
    "rule.GB-26": _(
        "Investment in research infrastructure; more where two States pay or the Union selected it."
    ),
    "rule.GB-26a": _(
        "Investment in infrastructure for testing and experiments; more for smaller undertakings, "
        "across borders, and where most of the capacity serves small and medium-sized undertakings."
    ),
    "rule.GB-27i": _("Investment of an innovation cluster; more in assisted areas."),
    "rule.GB-27o": _(
        "Operation of an innovation cluster: the intensity holds for the total over the aid "
        "period, so one year may be above it if another is below."
    ),
    "rule.GB-27w": _(
        "Aid for innovation clusters goes to the legal entity that runs the cluster; since July "
        "2023 also to a consortium that keeps separate accounts."
    ),
    "rule.GB-28": _(
        "Innovation of small and medium-sized undertakings: patents, seconded staff, advisory "
        "and support services."
    ),
    "rule.GB-28a": _("Only advisory and support services for innovation, up to their whole cost."),
    "rule.GB-29": _(
        "Innovation of processes and organisation in small and medium-sized undertakings; that of "
        "large ones beside them is not reckoned here."
    ),
    "rule.GB-31": _("Training; more for smaller undertakings and for disadvantaged persons."),
    # --- cumulation ---
    "rule.CU-1": _(
        "Thresholds and intensities count all State aid for the activity, the project or the "
        "undertaking."
    ),
    "rule.CU-2": _("Aid for different costs that can be told apart may be combined freely."),
    "rule.CU-3": _(
        "Aid for the same costs may be combined up to the highest intensity or amount of the "
        "articles that are applied."
    ),
    "rule.CU-4": _("Aid without costs that can be told apart has a threshold of its own only."),
    "rule.CU-5": _("De minimis aid for the same costs counts into the limit of the exempted aid."),
    # --- de minimis ---
    "rule.DM-0": _(
        "De minimis aid of one Member State to a single undertaking is limited over three fiscal "
        "years."
    ),
    "rule.DM-1": _(
        "De minimis aid of one Member State to a single undertaking is limited over three fiscal "
        "years; less for road freight transport."
    ),
    "rule.DM-2": _(
        "De minimis aid of one Member State to a single undertaking is limited over any three "
        "years."
    ),
    "rule.DM-3": _(
        "De minimis aid counts on the day on which the right to it is granted, not when it is paid."
    ),
    "rule.DM-4": _(
        "New de minimis aid that would pass the ceiling gets no benefit of the rule, not even in "
        "part."
    ),
    "rule.DM-5": _(
        "Undertakings that control one another by votes, appointment, contract or agreement "
        "count as one, also in chains."
    ),
    "rule.DM-6": _(
        "A merger takes all earlier aid along; after a split it follows the activity, else the "
        "book value."
    ),
    "rule.DM-9": _(
        "De minimis aid for the primary production of agricultural products has a limit of its "
        "own. It is reckoned in the account of the organisation, not in a case."
    ),
    "rule.DM-10": _(
        "De minimis aid for services of general economic interest has a limit of its own. It is "
        "reckoned in the account of the organisation, not in a case."
    ),
    "rule.DM-11": _(
        "De minimis aid for fishery and aquaculture has a limit of its own, over three fiscal "
        "years. It is reckoned in the account of the organisation, not in a case."
    ),
    "rule.DM-7": _(
        "Aid granted before 2024 that met the old regulation stays lawful; for new grants it "
        "counts in the three years."
    ),
    "rule.DM-8": _(
        "De minimis aid stands in a central register; until it covers three years, undertakings "
        "declare it themselves."
    ),
    # --- cohesion and Interreg ---
    "rule.IR-85": _(
        "A programme of European territorial cooperation 2014–2020 is co-financed up to this rate."
    ),
    "rule.IR-80": _("An Interreg programme 2021–2027 is co-financed up to this rate."),
    "rule.IR-P2": _(
        "Partners come from several countries that take part, some from Member States; a Swiss "
        "partner counts as a country, not as a Member State."
    ),
    "rule.IR-L": _(
        "One partner is lead partner; a sole partner has its seat in a Member State that takes "
        "part."
    ),
    "rule.IR-O14": _(
        "Outside the Union part of the area only a share of the ERDF of the whole programme is "
        "spent; this is no limit of a single project."
    ),
    "rule.IR-O21": _(
        "Activities outside the area need the explicit approval of the committee; the law sets "
        "no share."
    ),
    "rule.CO-15": _(
        "In other ERDF programmes only a share of the support of a priority is spent outside the "
        "programme area."
    ),
    "rule.CO-EL": _(
        "The Funds pay costs that were paid by a last day: for the programmes of 2021–2027 by "
        "31 December 2029. Later costs belong to programmes whose rules are not known."
    ),
    "rule.CO-63": _(
        "Activities outside the Member State, also outside the Union, are possible if they serve "
        "the programme."
    ),
    "rule.CH-1": _(
        "Partners in Switzerland and Liechtenstein get no ERDF; their costs count for the "
        "partnership, not for the ERDF."
    ),
    "rule.CH-2": _(
        "Swiss money comes from the New Regional Policy and the cantons; it is an offer of its "
        "own, outside the Union’s rules on State aid."
    ),
    "rule.CH-3": _("Federal Swiss money is matched by the canton."),
    "rule.FR-20": _(
        "Staff costs may be set as a flat rate of the other direct costs, up to this rate."
    ),
}


# --- Rules of the rule-books in plain words: a sentence for each, and names of their figures ------


_FULL: Final = 10_000
# Figures worth showing; what only tells the program how to check is left out.
FIGURES: Final[Mapping[str, str]] = {
    "small_bp": _("Intensity, small undertakings"),
    "medium_bp": _("Intensity, medium-sized undertakings"),
    "large_bp": _("Intensity, large undertakings"),
    "cluster_bp": _("Intensity, innovation clusters"),
    "bonus_small_bp": _("Bonus, small undertakings"),
    "bonus_medium_bp": _("Bonus, medium-sized undertakings"),
    "bonus_collaboration_bp": _("Bonus, collaboration"),
    "bonus_dissemination_bp": _("Bonus, wide dissemination"),
    "bonus_disadvantaged_bp": _("Bonus, disadvantaged persons or persons with disabilities"),
    "bonus_a_area_bp": _("Bonus, “a” areas"),
    "bonus_c_area_bp": _("Bonus, “c” areas"),
    "bonus_licences_bp": _("Bonus, results open to licences"),
    "bonus_joint_call_bp": _("Bonus, joint call of three States"),
    "bonus_cross_border_bp": _("Bonus, paid by two States or selected by the Union"),
    "bonus_sme_capacity_bp": _("Bonus, capacity for small and medium-sized undertakings"),
    "max_bp": _("Highest intensity with bonuses"),
    "ceiling_ct": _("Ceiling"),
    "other_ceiling_ct": _("Another ceiling that is named"),
    "limit_ct": _("Limit"),
    "road_freight_ct": _("Limit for road freight transport"),
    "threshold_ct": _("Threshold"),
    "rate_bp": _("Rate"),
    "strand_d_bp": _("Rate in strand D"),
    "programme_bp": _("Share of the programme"),
    "outermost_bp": _("Share of the programme in outermost regions"),
    "priority_bp": _("Share of the priority"),
    "applied_bp": _("Smallest part of a cost for an article to count"),
    "max_years": _("Longest aid period in years"),
    "years": _("Years that are added up"),
    "min_countries": _("Smallest number of countries"),
    "min_member_states": _("Smallest number of partners from Member States"),
    "wider_min_countries": _("Smallest number of countries, Interreg Europe"),
    "wider_min_member_states": _("Smallest number of partners from Member States, Interreg Europe"),
}
PER: Final[Mapping[str, str]] = {
    "undertaking_project": _("per undertaking and project"),
    "undertaking_year": _("per undertaking and year"),
    "undertaking_three_years": _("per undertaking in any three years"),
    "project": _("per project"),
    "cluster": _("per cluster, for all aid under this article"),
}


def rule_text(rule: Rule, language: str) -> str:
    """Return a rule in plain words; a key without a text stands for itself."""
    return translator(language).gettext(TEXTS.get(rule.text_key, rule.text_key))


def rule_figures(rule: Rule, language: str) -> list[tuple[str, str, bool]]:
    """Return the figures of a rule: name, value, and whether the figure is unverified."""
    return [
        (
            translator(language).gettext(label),
            _shown(rule, name, language),
            name in rule.unverified_params,
        )
        for name, label in FIGURES.items()
        if name in rule.params
    ]


def _shown(rule: Rule, name: str, language: str) -> str:
    value = int(rule.params[name])
    if name.endswith("_bp"):
        return format_percent(Decimal(value) / _FULL, language, 0)
    if not name.endswith("_ct"):
        return format_integer(value, language)
    money = format_money(value, "EUR", language)
    per = PER.get(str(rule.params.get("ceiling_per", ""))) if name == "ceiling_ct" else None
    return f"{money} {translator(language).gettext(per)}" if per else money


# --- Where the text of an act stands --------------------------------------------------------------


_OFFICIAL: Final = "https://eur-lex.europa.eu/eli/reg"
# Since 2015 the year stands first: 2021/1060; before it stood last: 651/2014.
_YEAR_FIRST: Final = 2015
_NUMBER: Final = re.compile(r"(\d+)(?![\da-z-])")


def act_url(act: str, article: str = "") -> str:
    """Return the address of an article in the official collection; empty for other law.

    An article that was put in later (25a) is not in the act as published: the act alone is named.

    Examples
    --------
    >>> act_url("651/2014")
    'https://eur-lex.europa.eu/eli/reg/2014/651/oj'
    >>> act_url("2021/1060")
    'https://eur-lex.europa.eu/eli/reg/2021/1060/oj'
    >>> act_url("2021/1059", "23(5),(7)")
    'https://eur-lex.europa.eu/eli/reg/2021/1059/oj#art_23'
    >>> act_url("651/2014", "20a")
    'https://eur-lex.europa.eu/eli/reg/2014/651/oj'
    >>> act_url("NRP")
    ''
    """
    first, _slash, second = act.partition("/")
    if not (first.isdigit() and second.isdigit()):
        return ""
    year, number = (first, second) if int(first) >= _YEAR_FIRST else (second, first)
    found = _NUMBER.match(article)
    place = f"#art_{found[1]}" if found else ""
    return f"{_OFFICIAL}/{year}/{number}/oj{place}"


# --- Where a figure of an offer is from, in the reader's language as far as the words are ours


# Words that the program itself writes; all others are those of who entered them.
OURS: Final = frozenset({_("terms"), _("Invented for the demonstration (simulated)")})


def fact_words(text: str, language: str) -> str:
    """Return the name or the source of a fact; words of other people stay as they are."""
    return translator(language).gettext(text) if text in OURS else text


# --- The sentence that stands on every page and sheet about funding -------------------------------


NOTICE: Final = _("Decision support, not legal advice.")

"""The text of each rule, by the key that the rule-books name."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

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

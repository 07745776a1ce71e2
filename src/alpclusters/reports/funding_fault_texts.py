"""What the checker finds in words: a sentence for each code of a violation and of a note."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

FAULTS: Final[Mapping[str, str]] = {
    "unknown_cell": _("The mix names “%(missing)s”, which the case does not have."),
    "duplicate_cell": _("“%(offer)s” stands twice for the same cost."),
    "rejected_offer": _("“%(offer)s” is used although it counts as rejected here."),
    "not_eligible": _("%(partner)s does not fit “%(offer)s”."),
    "eligibility_open": _("Whether %(partner)s fits “%(offer)s” is still open."),
    "declared_not_positive": _("The amounts of “%(offer)s” have to be above 0."),
    "declared_above_cost": _(
        "“%(offer)s”: %(declared)s are declared, the cost is %(cost)s: %(over)s too much."
    ),
    "no_rate": _("“%(offer)s” has no rate for %(partner)s."),
    "grant_differs": _(
        "“%(offer)s” grants %(granted)s for the %(line)s; its rate of %(rate_bp)s gives %(right)s."
    ),
    "outside_window": _("The cost lies outside the period that “%(offer)s” pays for."),
    "wrong_category": _("“%(offer)s” does not pay for this cost category."),
    "wrong_theme": _("The work package has no theme in common with “%(offer)s”."),
    "unknown_article": _("“%(offer)s” names an article that no rule-book has: %(article)s."),
    "article_not_in_force": _("“%(offer)s”: %(article)s does not hold on %(on)s."),
    "size_not_eligible": _(
        "“%(offer)s”: no aid for an undertaking like %(partner)s under %(article)s."
    ),
    "no_union_money": _("Partners in Switzerland and Liechtenstein get no ERDF: %(partner)s."),
    "incentive_effect": _(
        "“%(offer)s” was applied for on %(applied_on)s, work starts on %(start)s; State aid has to "
        "be applied for before."
    ),
    "link_exclusive": _("Only one of these offers may be used: %(offers)s."),
    "link_exclusive_partner": _("%(partner)s may use only one of these offers: %(offers)s."),
    "link_requires": _("“%(offer)s” also needs: %(missing)s."),
    "link_paired_alone": _("“%(offer)s” is void without “%(missing)s”."),
    "link_paired_ratio": _(
        "The grants for the %(line)s are not in the ratio %(ratio)s: %(offers)s."
    ),
    "seal_with_call": _(
        "“%(offer)s” takes up a proposal that was rejected; it cannot be used beside “%(call)s”."
    ),
    "several_leads": _("Only one partner can lead: %(partners)s."),
    "wish_use": _("Wish: “%(offer)s” is to be used, but is not."),
    "wish_avoid": _("Wish: “%(offer)s” is to be avoided, but is used."),
}
NOTES: Final[Mapping[str, str]] = {
    "assumed_open": _(
        "Assumption (%(subject)s): the open questions of eligibility are answered in favour."
    ),
    "nominal_article": _(
        "Less than 1 %% of the %(subject)s is declared under %(article)s, so it does not raise "
        "the limit."
    ),
    "de_minimis_edge": _(
        "De minimis aid of %(granted_on)s lies within two days of the edge of the three years "
        "that end on %(on)s; the register may count differently (%(subject)s)."
    ),
    "waiting_makes_room": _(
        "Waiting from %(on)s to %(until)s makes room for %(room)s of de minimis aid (%(subject)s)."
    ),
    "planned_elsewhere": _(
        "%(amount)s of de minimis aid is not granted but planned in other cases, and counts here "
        "because somebody chose it (%(subject)s)."
    ),
    "self_declared": _("Earlier de minimis aid is declared, not from a register (%(subject)s)."),
    "no_lead": _("No partner is named as lead partner yet; “%(subject)s” asks for one."),
    "outside_programme": _(
        "Costs outside the area (%(subject)s): the limit of %(share_bp)s holds for the programme "
        "or priority as a whole, not for one project."
    ),
    "outside_approval": _("Costs outside the area need the programme’s approval (%(subject)s)."),
    "programme_rate": _(
        "The rate of %(rate_bp)s is above %(programme_bp)s, the most that the programme may give "
        "on the whole (%(subject)s)."
    ),
    "swiss_pair": _(
        "Federal Swiss money is matched by the canton, as a rule 1 : 1 (unverified); no pair is "
        "stated (%(subject)s)."
    ),
    "publication": _(
        "A single award of %(amount)s is above %(threshold)s and will be published (%(subject)s)."
    ),
    "vat_open": _(
        "Whether %(subject)s can recover value added tax is not known; recoverable tax is no "
        "eligible cost."
    ),
    "grant_day_unknown": _(
        "The day of the grant is not known, so the law that holds is undecided; judged by the "
        "rules of %(on)s (%(subject)s)."
    ),
    "law_unknown": _(
        "%(subject)s: which rule holds for a grant on %(on)s is not known (%(article)s)."
    ),
    "transition_open": _(
        "%(subject)s: a grant on %(on)s falls after the last day of its act, %(end)s "
        "(%(article)s). Until %(until)s aid goes on in transition, but only under schemes that "
        "stood before; whether this is one is not stated."
    ),
    "period_open": _(
        "%(subject)s: a grant on %(on)s falls after the last day of the period of the programmes, "
        "%(end)s. Until %(until)s these programmes still pay costs; whether the offer belongs to "
        "one of them is not stated."
    ),
    "period_over": _(
        "%(subject)s: a grant on %(on)s is judged by the rules of the programmes whose period "
        "ended on %(end)s. It holds only if the offer belongs to one of them; their costs end on "
        "%(until)s."
    ),
    "costs_after_period": _(
        "%(subject)s: costs fall up to %(on)s, after %(until)s, the last day of costs of the "
        "programmes; which rule holds for them is not known."
    ),
    "transition": _(
        "%(subject)s: a grant on %(on)s lies in the transition after %(end)s (%(article)s). It "
        "holds only if the aid scheme stood before."
    ),
    "as_if_prolonged": _(
        "%(subject)s: a grant on %(on)s is judged as if the act had been prolonged beyond %(end)s "
        "(%(article)s)."
    ),
    "application_day_unknown": _(
        "The day of the application is not known; State aid has to be applied for before work "
        "starts (%(subject)s)."
    ),
}

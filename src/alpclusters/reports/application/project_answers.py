"""What an application says of the project as a whole, by rule, from project, plan and mix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from alpclusters.reports.application.subject import MONTHS_OF_A_QUARTER, Talk
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import (
    format_figure,
    format_integer,
    format_number,
    format_percent,
)

if TYPE_CHECKING:
    from alpclusters.platform.policy.domain.records import EvidenceLine, IndicatorLine

CROSS_BORDER: Final = 2
# As the plan's models store them.
OUTPUT: Final = "output"
RESULT: Final = "result"
SURE: Final = ("granted", "spent")


def unknown(talk: Talk, thing: Any) -> str:  # noqa: ARG001 - the form of all answers
    """Answer what no data carry: only the applicants know, or the call says it."""
    return ""


def acronym(talk: Talk, _: Any) -> str:
    """Return the short name of the project."""
    project = talk.subject.project
    return project.acronym if project else ""


def title(talk: Talk, _: Any) -> str:
    """Return the name of the project, else the title of the case."""
    project = talk.subject.project
    return (talk.word(project.name) if project else "") or talk.given(
        talk.subject.funding.case.title
    )


def duration(talk: Talk, _: Any) -> str:
    """Return the months of the case."""
    return str(talk.subject.funding.case.periods.count * MONTHS_OF_A_QUARTER)


def summary(talk: Talk, _: Any) -> str:
    """Return the summary of the project, else of the plan."""
    subject = talk.subject
    own = talk.word(subject.project.summary) if subject.project else ""
    return own or (talk.word(subject.plan.summary) if subject.plan else "")


def objective(talk: Talk, _: Any) -> str:
    """Return what the recommendations expect to change."""
    return talk.joined(talk.word(one.expected_effect) for one in talk.subject.recommendations)


def challenge(talk: Talk, _: Any) -> str:
    """Return the problem, as recommendations and actions state it."""
    subject = talk.subject
    problems = [talk.word(one.problem) for one in subject.recommendations]
    return talk.joined([*problems, *(talk.word(one.background) for one in subject.actions)])


def approach(talk: Talk, _: Any) -> str:
    """Return what is done because of which recommendation."""
    return talk.joined(_approach(talk))


def _approach(talk: Talk) -> Iterator[str]:
    for action in talk.subject.actions:
        yield f"{action.code} {talk.word(action.title)}"
        yield talk.word(action.description)
        for one in action.recommendations:
            yield talk.text.gettext("It carries out recommendation %(code)s: %(title)s") % {
                "code": one.code,
                "title": talk.word(one.title),
            }
            yield talk.word(one.text)


def cooperation(talk: Talk, _: Any) -> str:
    """Say who of which countries bears the project together, and what it rests on."""
    subject = talk.subject
    if len(subject.countries) < CROSS_BORDER:
        return ""
    reasons = [talk.word(one.rationale) for one in subject.recommendations]
    regions = ", ".join(talk.word(one) for one in subject.plan.regions) if subject.plan else ""
    told = talk.text.gettext("The plan is shared by these regions: %(names)s.") % {"names": regions}
    return talk.joined([_together(talk), told if regions else "", *reasons])


def _together(talk: Talk) -> str:
    subject = talk.subject
    return talk.text.gettext(
        "Partners that bear the costs together: %(n)s, from %(countries)s."
    ) % {
        "n": format_integer(len(subject.partners), talk.language),
        "countries": ", ".join(subject.countries),
    }


def target_groups(talk: Talk, _: Any) -> str:
    """Return the target groups of the project, else whom the recommendations address."""
    subject = talk.subject
    own = [talk.word(one) for one in subject.project.target_groups] if subject.project else []
    return talk.joined(own or [one.addressee for one in subject.recommendations])


def strategies(talk: Talk, _: Any) -> str:
    """Name the policy instrument that the plan wants to change."""
    plan = talk.subject.plan
    if plan is None or not plan.policy_instrument:
        return ""
    return talk.text.gettext("The plan “%(plan)s” addresses this policy: %(policy)s.") % {
        "plan": talk.word(plan.title),
        "policy": talk.given(plan.policy_instrument),
    }


def synergies(talk: Talk, _: Any) -> str:
    """Name the offers that the mix combines, and further money of the action."""
    funding = talk.subject.funding
    used = [
        f"{funding.offer_name(offer.id)}: "
        f"{talk.money(funding.applications[offer.id]['grant_ct'])}"
        for offer in funding.used
    ]  # fmt: skip
    further = [
        line.source for one in talk.subject.actions for line in one.funding if line.status in SURE
    ]
    return talk.joined([*used, *further])


def knowledge(talk: Talk, _: Any) -> str:
    """Name the findings behind the recommendations, ratings with their figures."""
    evidence = {line.pk: line for one in talk.subject.recommendations for line in one.evidence}
    return talk.joined(_finding(talk, line) for line in evidence.values())


def _finding(talk: Talk, line: EvidenceLine) -> str:
    if line.kind != "rating":
        said = talk.word(line.statement) or talk.word(line.source)
        return f"{line.code}: {said}" if said else ""
    if line.estimate is None or line.low is None or line.high is None or line.n is None:
        return ""
    return talk.text.gettext(
        "%(code)s: %(item)s, %(aspect)s: %(estimate)s (90%% interval %(low)s to %(high)s, "
        "n = %(n)s, %(share)s could not judge)"
    ) % {
        "code": line.code,
        "item": talk.word(line.measure),
        "aspect": talk.word(line.criterion),
        "estimate": format_figure(line.estimate, line.scale, talk.language),
        "low": format_figure(line.low, line.scale, talk.language),
        "high": format_figure(line.high, line.scale, talk.language),
        "n": format_integer(line.n, talk.language),
        "share": format_percent(line.cannot_judge_share or 0.0, talk.language),
    }


def deliverables(talk: Talk, _: Any) -> str:
    """List the milestones of the action with their days."""
    return "\n".join(
        f"{talk.word(one.title)} ({format_date_short(one.due, talk.language)})"
        for action in talk.subject.actions
        for one in action.milestones
    )


def indicators_at(talk: Talk, stage: str) -> list[IndicatorLine]:
    """Return the indicators of the action, and of the plan, at a stage."""
    subject = talk.subject
    own = [line for action in subject.actions for line in action.indicators]
    plan = list(subject.plan.indicators) if subject.plan else []
    return [line for line in (*own, *plan) if line.stage == stage]


def outputs(talk: Talk, _: Any) -> str:
    """List output indicators with their targets."""
    return "\n".join(_targets(talk, OUTPUT))


def results(talk: Talk, _: Any) -> str:
    """List result indicators with their targets."""
    return "\n".join(_targets(talk, RESULT))


def _targets(talk: Talk, stage: str) -> Iterator[str]:
    for line in indicators_at(talk, stage):
        for target in line.targets[-1:]:
            yield talk.text.gettext("%(name)s: %(value)s by %(day)s") % {
                "name": talk.word(line.name),
                "value": _valued(talk, line, target.value),
                "day": format_date_short(target.due, talk.language),
            }


def _valued(talk: Talk, line: IndicatorLine, value: Any) -> str:
    return f"{format_number(value, talk.language)} {talk.word(line.unit)}".strip()


def baselines(talk: Talk, _: Any) -> str:
    """List the baselines of the result indicators."""
    return "\n".join(
        f"{talk.word(line.name)}: {_valued(talk, line, line.baseline)}"
        for line in indicators_at(talk, RESULT)
        if line.baseline is not None
    )


def cooperating_bodies(talk: Talk) -> int:
    """Count the undertakings among partners of at least two countries, each once: RCO87."""
    subject = talk.subject
    if len(subject.countries) < CROSS_BORDER:
        return 0
    return len({partner.undertaking for partner in subject.partners})


def output_indicators(talk: Talk, _: Any) -> str:
    """Name the output indicators of the Interreg Regulation that the data give."""
    n = cooperating_bodies(talk)
    return f"RCO87: {n}" if n else ""


def coordination(talk: Talk, _: Any) -> str:
    """Say who leads and who answers for the action."""
    leads = [one.name for one in talk.subject.partners if one.lead]
    if not leads:
        return ""
    first = talk.text.gettext("Lead partner: %(name)s.") % {"name": leads[0]}
    bodies = dict.fromkeys(one.responsible for one in talk.subject.actions if one.responsible)
    others = [
        talk.text.gettext("Responsible for the action: %(name)s.") % {"name": name}
        for name in bodies
    ]
    return talk.joined([first, *others])


def quality(talk: Talk, _: Any) -> str:
    """Say how often is reported and by how many indicators."""
    plan = talk.subject.plan
    if plan is None:
        return ""
    n = sum(len(one.indicators) for one in talk.subject.actions) + len(plan.indicators)
    return talk.text.gettext("Days between two reports: %(days)s; number of indicators: %(n)s.") % {
        "days": format_integer(plan.reporting_days, talk.language),
        "n": format_integer(n, talk.language),
    }


def finances(talk: Talk, _: Any) -> str:
    """Say costs, grants and own money, and what has to be paid ahead."""
    funding = talk.subject.funding
    ahead = max((max(part["cash"], default=0) for part in funding.mix["partners"]), default=0)
    return talk.text.gettext(
        "Costs %(costs)s, of them grants %(grants)s and own money %(own)s. One partner pays at "
        "most %(ahead)s ahead until grants arrive. Number of limits checked for the mix: %(n)s."
    ) % {
        "costs": talk.money(funding.total("cost_ct")),
        "grants": talk.money(funding.total("grant_ct")),
        "own": talk.money(funding.total("own_ct")),
        "ahead": talk.money(max(ahead, 0)),
        "n": format_integer(len(funding.mix["check"]["ceilings"]), talk.language),
    }


def joint_development(talk: Talk, _: Any) -> str:
    """Name the bodies of at least two countries that drafted the plan."""
    plan = talk.subject.plan
    bodies = plan.drafting_bodies if plan else ()
    if len({one.country for one in bodies}) < CROSS_BORDER:
        return ""
    return talk.text.gettext("These bodies drafted the plan together: %(names)s.") % {
        "names": ", ".join(f"{one.name} ({one.country})" for one in bodies)
    }


def joint_implementation(talk: Talk, _: Any) -> str:
    """Name the work packages that partners of at least two countries carry."""
    subject = talk.subject
    countries = {one.id: one.country for one in subject.partners}
    shared = [
        one.title
        for one in subject.packages
        if len({countries[line.partner] for line in subject.lines_of(package=one.id)})
        >= CROSS_BORDER
    ]
    if not shared:
        return ""
    words = talk.text.gettext("Carried by partners of several countries: %(names)s.")
    return words % {"names": ", ".join(shared)}


def joint_staffing(talk: Talk, _: Any) -> str:
    """Name the partners with staff costs, where they are of at least two countries."""
    subject = talk.subject
    staff = {line.partner for line in subject.funding.case.lines if line.category == "staff"}
    found = [one for one in subject.partners if one.id in staff]
    if len({one.country for one in found}) < CROSS_BORDER:
        return ""
    words = talk.text.gettext("Staff of these partners works on it: %(names)s.")
    return words % {"names": ", ".join(f"{one.name} ({one.country})" for one in found)}


def joint_financing(talk: Talk, _: Any) -> str:
    """Name the partners that bear money of their own, where they are of at least two countries."""
    subject = talk.subject
    sheets = subject.funding.sheets
    found = [one for one in subject.partners if sheets[one.id]["own_ct"] > 0]
    if len({one.country for one in found}) < CROSS_BORDER:
        return ""
    return talk.text.gettext("Own money: %(names)s.") % {
        "names": "; ".join(f"{one.name} {talk.money(sheets[one.id]['own_ct'])}" for one in found)
    }


def ownership(talk: Talk, _: Any) -> str:
    """Say which body answers for the action."""
    bodies = dict.fromkeys(one.responsible for one in talk.subject.actions if one.responsible)
    if not bodies:
        return ""
    words = talk.text.gettext("What comes out is in the hands of: %(names)s.")
    return words % {"names": ", ".join(bodies)}


def durability(talk: Talk, _: Any) -> str:
    """Say until when the plan runs, and which bodies endorsed it."""
    plan = talk.subject.plan
    if plan is None:
        return ""
    bodies = [one.body for one in plan.endorsements if one.state == "endorsed"]
    named = talk.text.gettext("Endorsed by: %(names)s.") % {"names": ", ".join(bodies)}
    ends = ""
    if plan.ends_on is not None:
        ends = talk.text.gettext("The plan runs until %(day)s.") % {
            "day": format_date_short(plan.ends_on, talk.language)
        }
    return talk.joined([ends, named if bodies else ""])


def transferability(talk: Talk, _: Any) -> str:
    """Return what others need to take the solutions up."""
    return talk.joined(talk.word(one) for one in talk.subject.take_up)


def plan_of_costs(talk: Talk, _: Any) -> str:
    """Say what the budget by partner, category and period adds up to."""
    funding = talk.subject.funding
    return talk.money(funding.total("cost_ct")) if funding.case.lines else ""

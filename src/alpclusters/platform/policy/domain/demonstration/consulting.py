"""Two consultations of the demonstration: one answered and published, one open."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from alpclusters.platform.actors.domain.units import set_parent
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.history import sign
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.approaches import (
    Aim,
    NextStep,
    Task,
    add_region,
    create_approach,
    record_step,
)
from alpclusters.platform.policy.domain.consulting.answering import answer_comment
from alpclusters.platform.policy.domain.consulting.commenting import Said, add_comment
from alpclusters.platform.policy.domain.consulting.steps import (
    Wanted,
    close_consultation,
    create_consultation,
    finish_answers,
    open_consultation,
    publish_consultation,
)
from alpclusters.platform.policy.domain.demonstration.plans import JOINT, Made
from alpclusters.platform.policy.domain.demonstration.recommendations import (
    Calendar,
    Drawn,
    reasons,
    regions_by_code,
    table,
    table_by,
)
from alpclusters.platform.policy.domain.denominators import decide_denominator
from alpclusters.platform.policy.domain.endorsing.bindings import is_askable
from alpclusters.platform.policy.domain.endorsing.deciding import (
    DECIDED,
    Body,
    Decision,
    ask_body,
    decide,
    mark_seen,
    withdraw,
)
from alpclusters.platform.policy.domain.monitoring.reports import set_override
from alpclusters.platform.policy.domain.records.plans import record_of
from alpclusters.platform.policy.models import (
    Adoption,
    Consultation,
    Endorsement,
    JointApproach,
    Recommendation,
    Solution,
    SolutionBody,
)
from alpclusters.platform.seed_rows import REASON, Row, texts
from alpclusters.platform.territory.models import Region

# After the opening comments come in, after the close they are answered.
CAME: Final = timedelta(days=4)
ANSWERED: Final = timedelta(days=1)


def hold_consultation(key: str, project: Project, drawn: Drawn, calendar: Calendar) -> Drawn:
    """Open a consultation, let bodies comment and, where its row says so, answer and publish it.

    Returns
    -------
    dict
        The recommendations as they stand then.
    """
    row = next(row for row in table("consultations") if row["key"] == key)
    discussed = {name: drawn[name] for name in row["recommendations"].split() if name in drawn}
    if not discussed:
        return drawn
    held = _opened(project, row, discussed, calendar)
    _comment(held, row, discussed, calendar)
    if row["state"] == Consultation.State.PUBLISHED:
        _consulting_answer(held, row, calendar)
    pks = {one.pk: name for name, one in discussed.items()}
    rows = Recommendation.objects.filter(pk__in=pks).select_related("project")
    return drawn | {pks[one.pk]: one for one in rows}


def _opened(project: Project, row: Row, discussed: Drawn, calendar: Calendar) -> Consultation:
    wanted = Wanted(
        texts=texts(row, "title", "introduction"),
        audience=Consultation.Audience.PUBLIC,
        opens_on=calendar.day(row["opens"]),
        closes_on=calendar.day(row["closes"]),
        recommendations=list(discussed.values()),
    )
    prepared = create_consultation(project, wanted, by=None)
    return open_consultation(prepared, by=None, now=calendar.moment(row["opens"]))


def _comment(held: Consultation, row: Row, discussed: Drawn, calendar: Calendar) -> None:
    for line in table_by("comments", "consultation")[row["key"]]:
        if line["recommendation"] in discussed:
            said = Said(
                recommendation=discussed[line["recommendation"]].pk,
                field=line["field"],
                language=line["language"],
                paragraph=int(line["paragraph"]),
                text=line["text"],
                on_behalf_of=line["on_behalf_of"],
            )
            # The secret of the private link is forgotten: nobody acts for an invented body.
            add_comment(held, said, now=calendar.moment(row["opens"]) + CAME)


def _consulting_answer(held: Consultation, row: Row, calendar: Calendar) -> None:
    answers = {line["text"]: line for line in table_by("comments", "consultation")[row["key"]]}
    close_consultation(held)
    for comment in held.comments.order_by("pk"):
        line = answers[comment.text]
        now = calendar.moment(row["closes"]) + ANSWERED
        answer_comment(comment, line["state"], answer=line["answer"], by=None, now=now)
    finish_answers(held)
    publish_consultation(held)


# --- Which invented bodies stand behind the plans and recommendations, in part or not at all ------


ASKED = "-410"
SEEN = "-394"


def endorse(made: Made, drawn: Drawn, calendar: Calendar) -> None:
    """Ask the bodies and store what they decided; some have not answered."""
    rows = table("endorsements")
    regions = regions_by_code({row["region"] for row in rows if row["region"]})
    things: Mapping[str, Mapping[str, Any]] = {"plan": made.plans, "rec": drawn}
    for row in rows:
        thing = things[row["thing"]].get(row["key"])
        if thing is not None and is_askable(thing):
            body = Body(row["body"], row["country"], regions.get(row["region"]))
            # Of a plan once it is published, of a recommendation once it is adopted.
            asked_at = getattr(thing, "published_at", None) or calendar.moment(ASKED)
            asked = ask_body(thing, body, by=None, now=asked_at)
            _endorsing_answer(asked, row, calendar)
            _take_back(asked, row, calendar)


def _endorsing_answer(asked: Endorsement, row: Row, calendar: Calendar) -> None:
    if row["state"] == Endorsement.State.SEEN:
        mark_seen(asked, by_link=True, now=calendar.moment(SEEN))
    if row["state"] not in DECIDED:
        return
    said = Decision(
        state=row["state"],
        applies=row["applies"],
        mandate=row["mandate"],
        decided_on=calendar.day(row["day"]),
        reservation=row["reservation"],
        reason=row["reason"],
        language=row["language"],
    )
    decide(asked, said, by=None, by_link=True, now=calendar.moment(row["day"]))


def _take_back(asked: Endorsement, row: Row, calendar: Calendar) -> None:
    """Let a body withdraw later, so that the log has something to tell."""
    if row["withdrawn"]:
        withdraw(
            asked,
            reason=row["withdrawn_reason"],
            on=calendar.day(row["withdrawn"]),
            language=row["language"],
            by=None,
            by_link=True,
            now=calendar.moment(row["withdrawn"]),
        )


# --- A joint approach of five regions with what each adopted, and a solution out of a pilot -------


# A name that is kept for examples: no decision of anybody stands there.
DOCUMENT: Final = "https://example.org/simulated-decision"


def make_approaches(project: Project, drawn: Drawn, calendar: Calendar) -> None:
    """Begin the approach with its regions and record their steps."""
    regions = regions_by_code({row["region"] for row in table("adoptions")})
    for row in table("approaches"):
        aim = Aim(
            texts=texts(row, "title", "objective"),
            coordinator=row["coordinator"],
            is_public=True,
            recommendations=[drawn[k] for k in row["recommendations"].split() if k in drawn],
        )
        approach = create_approach(project, aim, by=None)
        for line in table("adoptions"):
            if line["region"] in regions:
                _adopt(approach, line, regions[line["region"]], calendar)


def _adopt(approach: JointApproach, line: Row, region: Region, calendar: Calendar) -> None:
    task = Task(region, line["body"], line["task"], calendar.day(line["due"]))
    adoption = add_region(approach, task)
    for day, state, *reason in (part.split(":", 2) for part in line["steps"].split("|")):
        step = NextStep(
            state,
            calendar.day(day),
            document=DOCUMENT if state == Adoption.State.ADOPTED else "",
            reason="".join(reason),
        )
        record_step(adoption, step, by=None, now=calendar.moment(day))


def make_solutions(project: Project, made: Made, calendar: Calendar) -> None:
    """Store what came out of a pilot, and who designed it."""
    for row in table("solutions"):
        if row["pilot"] not in made.actions:
            continue
        solution = Solution.objects.create(
            project=project,
            pilot=made.actions[row["pilot"]],
            pilot_ended_on=calendar.day_or_none(row["ended"]),
            taken_up_on=calendar.day_or_none(row["taken_up"]),
            taken_up_by=row["taken_up_by"],
            taken_up_in=DOCUMENT if row["taken_up"] else "",
            **texts(row, "title", "take_up"),
        )
        SolutionBody.objects.bulk_create(
            SolutionBody(solution=solution, part=part, country=country, name=name)
            for part, country, name in (one.split(":", 2) for one in row["bodies"].split("|"))
        )


# --- What the partners agreed on, and a unit among them: what Interreg counts, and what not -------


SOURCE: Final = "Invented for the demonstration project (simulated)"
BEGAN: Final = "-690"


def make_partners(project: Project, calendar: Calendar) -> None:
    """Add the unit of a partner, and the links of partners with what they signed."""
    partners = {
        str(one.order): one.organisation
        for one in project.partners.select_related("organisation").order_by("order", "pk")
    }
    for row in table("units"):
        if row["of"] in partners:
            _unit(project, row, partners[row["of"]], calendar)
    for row in table("agreements"):
        if row["one"] in partners and row["other"] in partners:
            _agree(project, row, partners, calendar)


def remove_units(project: Project) -> None:
    """Take the units away again, as partners and as organisations."""
    names = [row["name"] for row in table("units")]
    project.partners.filter(organisation__name__in=names).delete()
    Organisation.objects.filter(name__in=names, is_simulated=True).delete()


def _unit(project: Project, row: Row, parent: Organisation, calendar: Calendar) -> None:
    unit = Organisation(
        name=row["name"],
        country=parent.country,
        town=parent.town,
        source=SOURCE,
        is_simulated=parent.is_simulated,
    )
    sign(unit, None, reason=REASON)
    unit.save()
    whole = project.partners.get(organisation=parent)
    partner = Partner(
        project=project,
        organisation=unit,
        seat=whole.seat,
        region=whole.region,
        order=project.partners.count() + 1,
        source=SOURCE,
        **texts(row, "tasks"),
    )
    sign(partner, None, reason=REASON)
    partner.save()
    set_parent(unit, parent, by=None, now=calendar.moment(BEGAN), source=SOURCE, reason=REASON)


def _agree(
    project: Project, row: Row, partners: Mapping[str, Organisation], calendar: Calendar
) -> None:
    sides = (partners[row["one"]], partners[row["other"]])
    first, second = sorted(sides, key=lambda side: side.pk)
    began = calendar.moment(row["started"])
    link = Link(
        first=first,
        second=second,
        type=row["type"],
        started_on=calendar.day(row["started"]),
        ended_on=calendar.day_or_none(row["ended"]),
        agreed_on=calendar.day_or_none(row["agreed"]),
        project=project,
        status=row["state"],
        standing=Link.Standing.CONFIRMED,
        entered_for=first,
        entered_at=began,
        decided_at=began,
        source=SOURCE,
        is_simulated=project.is_simulated,
    )
    sign(link, None, reason=REASON)
    link.save()


# --- What people decided beside the numbers: common denominators, and the colour of an action -----


DENOMINATOR: Final = "denominator"


def judge(made: Made, drawn: Drawn, calendar: Calendar) -> None:
    """Confirm, decline and declare denominators; set one colour beside the computed one."""
    for row in table("decisions"):
        key, why = row["key"], reasons(row, "reason")
        if row["kind"] == DENOMINATOR and key in drawn:
            decide_denominator(drawn[key], row["decision"], reason=why, by=None)
        elif row["kind"] != DENOMINATOR and key in made.actions:
            _correct(made, row, calendar)


def _correct(made: Made, row: Row, calendar: Calendar) -> None:
    now = calendar.moment("-10")
    action = made.actions[row["key"]]
    lines = record_of(made.plans[JOINT], today=now.date()).actions
    computed = next(line.status for line in lines if line.pk == action.pk)
    why = reasons(row, "reason")
    set_override(action, computed, shown=row["decision"], reason=why, rounds=2, by=None, now=now)

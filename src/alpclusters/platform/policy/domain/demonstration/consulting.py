"""Two consultations of the demonstration: one answered and published, one open."""

from datetime import timedelta
from typing import Final

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.consulting.answering import answer_comment
from alpclusters.platform.policy.domain.consulting.commenting import Said, add_comment
from alpclusters.platform.policy.domain.consulting.preparing import Wanted, create_consultation
from alpclusters.platform.policy.domain.consulting.steps import (
    close_consultation,
    finish_answers,
    open_consultation,
    publish_consultation,
)
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.demonstration.tables import table, table_by
from alpclusters.platform.policy.models import Consultation, Recommendation
from alpclusters.platform.seed_rows import Row, texts

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
        _answer(held, row, calendar)
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


def _answer(held: Consultation, row: Row, calendar: Calendar) -> None:
    answers = {line["text"]: line for line in table_by("comments", "consultation")[row["key"]]}
    close_consultation(held)
    for comment in held.comments.order_by("pk"):
        line = answers[comment.text]
        now = calendar.moment(row["closes"]) + ANSWERED
        answer_comment(comment, line["state"], answer=line["answer"], by=None, now=now)
    finish_answers(held)
    publish_consultation(held)

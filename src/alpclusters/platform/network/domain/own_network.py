"""What is kept about a person through links, postings, introductions and meetings."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model, QuerySet

from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import history_of
from alpclusters.platform.network.models import (
    Attendance,
    Digest,
    FollowUp,
    Introduction,
    Link,
    LinkQuestion,
    LinkReport,
    MatchRun,
    MeetingDay,
    PartnerMark,
    Posting,
    PostingChange,
    PostingFollower,
    PostingReport,
)
from alpclusters.platform.privacy import OwnData

# Of the person alone: they go with the account.
OWN: Final[tuple[type[Model], ...]] = (
    LinkQuestion,
    PostingFollower,
    PostingReport,
    Digest,
)
# Of the organisation: they stay, without saying who wrote them.
AUTHORS: Final[tuple[tuple[type[Model], str], ...]] = (
    (Link, "entered_by"),
    (Link, "decided_by"),
    (LinkReport, "by"),
    (Posting, "made_by"),
    (Posting, "decided_by"),
    (PostingChange, "made_by"),
    (MatchRun, "made_by"),
    (PartnerMark, "by"),
    (Introduction, "asked_by"),
    (Introduction, "decided_by"),
    (FollowUp, "by"),
    (MeetingDay, "made_by"),
)
# Words of the person that are nobody else's: blanked with the name.
WORDS: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (LinkReport, "by", "note"),
    (MatchRun, "made_by", "text"),
    (PartnerMark, "by", "note"),
    (Introduction, "asked_by", "message"),
    (Introduction, "decided_by", "answer"),
    (FollowUp, "by", "note"),
)


def export_network(user: User) -> dict[str, Any]:
    """Return what the network knows of a person as plain values for JSON."""
    asked = Introduction.objects.filter(asked_by=user).select_related("asking", "asked")
    answered = Introduction.objects.filter(decided_by=user).select_related("asking", "asked")
    return {
        "links_entered": _names(Link.objects.filter(entered_by=user)),
        "links_decided": _names(Link.objects.filter(decided_by=user)),
        "link_reports": [_report(one) for one in _reports(user)],
        "link_questions": _questions(user),
        "postings": _names(Posting.objects.filter(made_by=user)),
        "postings_decided": _names(Posting.objects.filter(decided_by=user)),
        "postings_changed": _names(PostingChange.objects.filter(made_by=user)),
        "postings_reported": [_told(one) for one in PostingReport.objects.filter(user=user)],
        "postings_followed": _names(PostingFollower.objects.filter(user=user)),
        "digest": [_digest(one) for one in Digest.objects.filter(user=user)],
        "searches_for_partners": [_run(one) for one in MatchRun.objects.filter(made_by=user)],
        "partners_marked": [_mark(one) for one in _marks(user)],
        "introductions_asked": [_introduction(one, one.message) for one in asked],
        "introductions_answered": [_introduction(one, one.answer) for one in answered],
        "follow_ups": [_follow_up(one) for one in FollowUp.objects.filter(by=user)],
        "meeting_days": _names(MeetingDay.objects.filter(made_by=user)),
        "meetings_attended": [_attendance(one) for one in _attendances(user)],
    }


def erase_network(user: User) -> None:
    """Delete what is the person's alone; blank the words and the name elsewhere."""
    for model in OWN:
        model._default_manager.filter(user=user).delete()
    for model, author, words in WORDS:
        _blank(model, {author: user}, {words: ""})
    for model, author in AUTHORS:
        _blank(model, {author: user}, {author: None})
    Attendance.objects.filter(user=user).update(user=None, shows_name=False, looks_for="")


def _blank(model: type[Model], of: dict[str, Any], values: dict[str, Any]) -> None:
    model._default_manager.filter(**of).update(**values)
    if hasattr(model, "history"):
        history_of(model).filter(**of).update(**values)


def _names(rows: Iterable[Model]) -> list[str]:
    return [str(row) for row in rows]


def _reports(user: User) -> QuerySet[LinkReport]:
    return LinkReport.objects.filter(by=user).select_related("link__first", "link__second")


def _report(one: LinkReport) -> dict[str, Any]:
    said_on = one.said_on.isoformat()
    return {"link": str(one.link), "state": one.status, "said_on": said_on, "note": one.note}


def _questions(user: User) -> list[str]:
    rows = LinkQuestion.objects.filter(user=user)
    return _names(rows.select_related("link__first", "link__second"))


def _told(one: PostingReport) -> dict[str, Any]:
    return {"posting": str(one.posting), "cause": one.cause, "note": one.note}


def _digest(one: Digest) -> dict[str, Any]:
    wanted = {"kind": one.kind, "territory": one.territory, "sectors": one.sectors}
    return {"rhythm": one.rhythm, "since": one.since.isoformat(), **wanted}


def _run(one: MatchRun) -> dict[str, Any]:
    return {"made_at": one.made_at.isoformat(), "language": one.language, "text": one.text}


def _marks(user: User) -> QuerySet[PartnerMark]:
    return PartnerMark.objects.filter(by=user).select_related("organisation", "other")


def _mark(one: PartnerMark) -> dict[str, Any]:
    return {"partner": str(one.other), "mark": one.mark, "note": one.note}


def _introduction(one: Introduction, words: str) -> dict[str, Any]:
    return {
        "asking": str(one.asking),
        "asked": str(one.asked),
        "state": one.state,
        "asked_at": one.asked_at.isoformat(),
        "words": words,
    }


def _follow_up(one: FollowUp) -> dict[str, Any]:
    answered = one.answered_at.isoformat() if one.answered_at else None
    said = {"months": one.months, "outcome": one.outcome, "note": one.note}
    return {"answered_at": answered, **said}


def _attendances(user: User) -> QuerySet[Attendance]:
    return Attendance.objects.filter(user=user).select_related("day", "organisation")


def _attendance(one: Attendance) -> dict[str, Any]:
    return {
        "day": str(one.day),
        "organisation": str(one.organisation),
        "languages": one.languages,
        "shows_name": one.shows_name,
        "looks_for": one.looks_for,
    }


OWN_DATA: Final = OwnData(
    export=lambda user: {"network": export_network(user)},
    erase=erase_network,
)

"""The protocol: a draft from the rows until somebody approves it, then versions that stand."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Prefetch
from django.utils import timezone
from django.utils.timezone import localtime

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.rotation import Certificate as Counted
from alpclusters.analysis.small_groups import told_count
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.agendas import Step, agenda_of, course_of
from alpclusters.platform.cafe.domain.commands import Line, lines_of
from alpclusters.platform.cafe.domain.invitations import NAMES_KEPT
from alpclusters.platform.cafe.domain.plan_records import read_plan
from alpclusters.platform.cafe.domain.seat_plans import current_plan
from alpclusters.platform.cafe.domain.seats import happened
from alpclusters.platform.cafe.domain.top_threes import cards_about_person
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Block,
    Card,
    Insight,
    PaperSheet,
    Phase,
    Protocol,
    ProtocolHost,
    Table,
)
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from alpclusters.platform.evaluation.domain.protocol_records import (
    FORMAT,
    NOTES,
    AgendaLine,
    CardLine,
    Certificate,
    Corrections,
    FeedbackLine,
    InsightLine,
    Json,
    ProtocolRecord,
    Reason,
    Seating,
    SummaryLine,
    TableTalk,
    attendance_of,
    empty_notes,
    write_record,
)
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.evaluation.domain.storage import to_json
from alpclusters.platform.languages.codes import LANGUAGE_CODES

# --- Read the protocol of an AlpCafé from its rows, in a fixed number of queries ------------------


FEEDBACK: Final = ("heard", "learned", "again")


def read_protocol(cafe: AlpCafe) -> ProtocolRecord:
    """Return everything but the evaluation, as the rows say it now."""
    lines = lines_of(cafe)
    return ProtocolRecord(
        format=FORMAT,
        title=cafe.title.by_language,
        place=cafe.place,
        region=cafe.region.name.by_language,
        project=cafe.project.acronym,
        project_slug=cafe.project.slug,
        held_on=cafe.held_on.isoformat(),
        begins=_clock(cafe.starts_at),
        ends=_clock(cafe.ends_at_time),
        languages=tuple(cafe.languages),
        round=cafe.round,
        in_hall=cafe.in_hall,
        is_simulated=cafe.is_simulated,
        welcome=cafe.welcome.by_language,
        questions=_questions(cafe),
        agenda=_agenda(cafe, lines),
        attendance=attendance_of(cafe),
        seating=_seating(cafe),
        tables=_tables(cafe),
        reasons=_reasons(cafe),
        feedback=_feedback(cafe),
        corrections=_corrections(cafe, lines),
        trail_path=f"cafes/{cafe.pk}/",
    )


def _clock(moment: Any) -> str:
    return moment.strftime("%H:%M") if moment else ""


def _questions(cafe: AlpCafe) -> tuple[dict[str, str], ...]:
    return tuple(dict(question.text.by_language) for question in cafe.questions.all())


# --- agenda -------------------------------------------------------------------------------


def _agenda(cafe: AlpCafe, lines: Iterable[Line]) -> tuple[AgendaLine, ...]:
    planned = _planned(cafe)
    began, extended = _what_happened(cafe, lines)
    steps = [step for step in course_of(cafe) if step.phase != Phase.DRAFT]
    return tuple(
        AgendaLine(
            phase=step.phase,
            round_index=step.round_index,
            planned=planned.get(step, ""),
            happened=_clock(localtime(began[step])) if step in began else "",
            extended_min=extended[step],
        )
        for step in steps
        if step in planned or step in began
    )


def _planned(cafe: AlpCafe) -> dict[Step, str]:
    if cafe.starts_at is None or not cafe.in_hall:
        return {}
    slots = agenda_of(cafe)
    found = {Step(s.phase, s.round_index): _clock(localtime(s.begins)) for s in slots}
    if slots:
        found[Step(Phase.CLOSED)] = _clock(localtime(slots[-1].ends))
    return found


def _what_happened(
    cafe: AlpCafe, lines: Iterable[Line]
) -> tuple[dict[Step, datetime], Counter[Step]]:
    """Return when each step began first, and the minutes that were added to it."""
    began: dict[Step, datetime] = {}
    extended: Counter[Step] = Counter()
    here = Step(Phase.DRAFT)
    for line in sorted(lines, key=lambda line: line.entry.number):
        entry = line.entry
        if not line.holds:
            continue
        if "phase" in entry.after:
            here = Step(Phase(entry.after["phase"]), entry.after.get("round_index") or 0)
            began.setdefault(here, entry.at)
        if entry.command == "extend":
            extended[here] += int(entry.arguments.get("minutes") or 0)
    if not began and cafe.opened_at:
        began[course_of(cafe)[1]] = cafe.opened_at
    if cafe.closed_at:
        began.setdefault(Step(Phase.CLOSED), cafe.closed_at)
    return began, extended


# --- seats --------------------------------------------------------------------------------


def _seating(cafe: AlpCafe) -> Seating:
    plan = current_plan(cafe)
    found = read_plan(plan.data) if plan else None
    used = happened(cafe)
    return Seating(
        rounds=cafe.n_rounds,
        tables=cafe.tables.count(),
        planned=_certificate(found.planned) if found else None,
        lower_bound=found.lower_bound if found else 0,
        revisit_bound=found.revisit_bound if found else 0,
        happened=_certificate(used) if used.guests else None,
    )


def _certificate(found: Counted) -> Certificate:
    # A table nobody sat at is no small table.
    sizes = [n for round_ in found.sizes for n in round_ if n]
    return Certificate(
        guests=found.guests,
        repeats=found.repeats,
        revisits=found.revisits,
        max_meetings=found.max_meetings,
        pairs_met=found.pairs_met,
        size_min=min(sizes, default=0),
        size_max=max(sizes, default=0),
    )


# --- cards --------------------------------------------------------------------------------


def _tables(cafe: AlpCafe) -> tuple[TableTalk, ...]:
    cards = _cards(cafe)
    insights = _by_table(_insights(cafe))
    about = cards_about_person(cards)
    single = [card for card in cards if not card.insights.all()]
    loose = _by_table(card for card in single if card.pk not in about)
    persons = _by_table(card for card in single if card.pk in about)
    summaries = _by_table(cafe.summaries.exclude(text="").select_related("table"))
    tables: list[Table | None] = [*cafe.tables.select_related("measure"), None]
    talks = [
        TableTalk(
            number=table.number if table else 0,
            measure=dict(table.measure.name.by_language) if table and table.measure else {},
            topic=dict(table.topic.by_language) if table else {},
            insights=tuple(_insight(found) for found in insights[table.pk if table else None]),
            summaries=tuple(
                SummaryLine(s.round_index, s.text, s.language)
                for s in summaries[table.pk if table else None]
            ),
            loose=tuple(_card(card) for card in loose[table.pk if table else None]),
            persons=tuple(_card(card) for card in persons[table.pk if table else None]),
        )
        for table in tables
    ]
    return tuple(talk for talk in talks if not talk.is_empty)


def _by_table(rows: Iterable[Any]) -> Mapping[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.table_id].append(row)
    return found


def _cards(cafe: AlpCafe) -> list[Card]:
    shown = cafe.cards.exclude(state=Card.State.HIDDEN)
    counted = shown.annotate(n_supports=Count("supports"))
    return list(counted.prefetch_related("insights").order_by("round_index", "pk"))


def _insights(cafe: AlpCafe) -> list[Insight]:
    counted = Card.objects.annotate(n_supports=Count("supports")).order_by("pk")
    rows = cafe.insights.select_related("measure").order_by("pk")
    return list(rows.prefetch_related(Prefetch("cards", queryset=counted)))


def _insight(insight: Insight) -> InsightLine:
    shown = [card for card in insight.cards.all() if card.state != Card.State.HIDDEN]
    return InsightLine(
        title=insight.title,
        language=insight.language,
        measure=dict(insight.measure.name.by_language) if insight.measure else {},
        cards=tuple(_card(card) for card in shown),
    )


def _card(card: Card) -> CardLine:
    n_supports = getattr(card, "n_supports", 0)
    return CardLine(
        public_id=card.public_id,
        text=card.text,
        language=card.language,
        round_index=card.round_index,
        has_photo=bool(card.photo),
        supports=told_count(n_supports) or None,
    )


# --- words and figures of the end ---------------------------------------------------------


def _reasons(cafe: AlpCafe) -> tuple[Reason, ...]:
    """Return the comments that a person chose for everybody's eyes."""
    found = released_results(cafe, [Block.COMMENTS]).get("blocks", {}).get(Block.COMMENTS, {})
    names = dict(cafe.measures.values_list("pk", "key"))
    return tuple(
        Reason(names.get(row.get("measure"), ""), row["text"], row["language"])
        for row in found.get("items", ())
    )


def _feedback(cafe: AlpCafe) -> tuple[FeedbackLine, ...]:
    answers = list(cafe.feedback.order_by("pk").values_list("answers", flat=True))
    lines = [_feedback_line(name, [found.get(name) for found in answers]) for name in FEEDBACK]
    return tuple(lines) if answers else ()


def _feedback_line(name: str, answers: Iterable[Any]) -> FeedbackLine:
    values = [int(value) for value in answers if value]
    n = len(values)
    if told_count(n) is None:
        return FeedbackLine(name, None, None)
    # One who answered otherwise than all others would know what each of them said.
    most = max(Counter(values).values(), default=0)
    if most >= n - 1:
        return FeedbackLine(name, n, None)
    return FeedbackLine(name, n, round(sum(values) / n, 1))


def _corrections(cafe: AlpCafe, lines: Iterable[Line]) -> Corrections:
    sheets = PaperSheet.objects.filter(cafe=cafe, entered_at__isnull=False)
    groups = cafe.ratings.order_by().values("participant", "measure", "criterion", "round")
    changed = groups.annotate(n=Count("pk")).filter(n__gt=1)
    invalid = sheets.filter(n_invalid__gt=0).order_by().values_list("n_invalid", flat=True)
    n_sheets = told_count(sheets.count())
    hidden = cafe.cards.filter(state=Card.State.HIDDEN)
    return Corrections(
        changed=_told(
            sum(found["n"] - 1 for found in changed), {found["participant"] for found in changed}
        ),
        late=_answers(cafe, is_late=True),
        informed=_answers(cafe, is_informed=True),
        paper_sheets=n_sheets,
        entered_twice=told_count(sheets.exclude(second_entry={}).count(), of=n_sheets),
        after_release=told_count(sheets.filter(after_release=True).count(), of=n_sheets),
        invalid=_told(sum(invalid), invalid),
        hidden_cards=told_count(hidden.count()),
        undone=sum(1 for line in lines if not line.holds),
    )


def _answers(cafe: AlpCafe, **how: bool) -> int | None:
    """Count the answers that came in so, unless few people gave them."""
    people = list(cafe.ratings.filter(**how).order_by().values_list("participant", flat=True))
    return _told(len(people), set(people))


def _told(n: int, people: Collection[Any]) -> int | None:
    return None if told_count(len(people)) is None else n


# --- The protocol: a draft from the rows until somebody approves it, then versions that stand -----


type Hosts = dict[int, str]
LONGEST_NOTE = 4000


def build_protocol(cafe: AlpCafe) -> ProtocolRecord:
    """Build the protocol from the rows as they are; nothing is stored.

    Raises
    ------
    StateError
        ``protocol.not_closed``: results are hidden until the AlpCafé has ended.
    """
    require_closed(cafe)
    record = read_protocol(cafe)
    if not cafe.ratings.exists():
        return record
    return replace(record, evaluation=to_json(compute(cafe)))


@transaction.atomic
def approve(cafe: AlpCafe, by: User | None, now: datetime) -> Protocol:
    """Store the protocol as it is now as the next version; the notes go along.

    The ratings become a snapshot, so that the version names what it rests on.

    Raises
    ------
    StateError
        ``protocol.not_closed``.
    """
    require_closed(cafe)
    locked = AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)
    record = _with_snapshot(read_protocol(locked), locked, by=by, now=now)
    draft = draft_of(locked) or _new_draft(locked, now)
    draft.data = write_record(record)
    draft.made_at, draft.approved_at, draft.approved_by = now, now, by
    draft.save()
    draft.hosts.all().delete()
    ProtocolHost.objects.bulk_create(
        ProtocolHost(protocol=draft, table=number, name=name)
        for number, name in hosts_of(locked).items()
    )
    return draft


@transaction.atomic
def write_notes(cafe: AlpCafe, notes: Mapping[str, Mapping[str, str]], now: datetime) -> Protocol:
    """Store what facilitators typed, in the draft of the next version."""
    locked = AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)
    draft = draft_of(locked) or _new_draft(locked, now)
    draft.notes = {
        name: {
            code: str(notes.get(name, {}).get(code, "")).strip()[:LONGEST_NOTE]
            for code in LANGUAGE_CODES
        }
        for name in NOTES
    }
    draft.save()
    return draft


def hosts_of(cafe: AlpCafe) -> Hosts:
    """Return who is host at which table now."""
    return {table.number: table.host_name for table in cafe.tables.all() if table.host_name}


def approved_hosts(version: Protocol) -> Hosts:
    """Return who was host at which table when a version was approved; empty names are deleted."""
    return {host.table: host.name for host in version.hosts.all()}


def forget_approved_hosts(now: datetime) -> int:
    """Delete the names of hosts in protocols as those at tables; return at how many places."""
    last = timezone.localdate(now) - NAMES_KEPT
    old = ProtocolHost.objects.filter(protocol__cafe__held_on__lt=last).exclude(name="")
    return old.update(name="")


def notes_of(cafe: AlpCafe) -> Json:
    """Return the notes of the draft, else those of the last version."""
    newest = cafe.protocols.order_by("-number").first()
    return dict(newest.notes) if newest and newest.notes else empty_notes()


def draft_of(cafe: AlpCafe) -> Protocol | None:
    """Return the version that is not approved yet."""
    return cafe.protocols.filter(approved_at__isnull=True).order_by("-number").first()


def approved_versions(cafe: AlpCafe) -> list[Protocol]:
    """List the approved versions, newest first."""
    return list(cafe.protocols.filter(approved_at__isnull=False).order_by("-number"))


def public_version(cafe: AlpCafe) -> Protocol | None:
    """Return the newest approved version that everybody may read.

    A version with ratings is public as long as the snapshot it rests on is released.
    """
    released = set(
        cafe.snapshots.filter(released_at__isnull=False).values_list("number", flat=True)
    )
    return next((v for v in approved_versions(cafe) if _is_public(v.data, released)), None)


def next_number(cafe: AlpCafe) -> int:
    """Return the number of the version that would be approved now."""
    draft = draft_of(cafe)
    return draft.number if draft else _next_number(cafe)


def require_closed(cafe: AlpCafe) -> None:
    """Refuse before the end.

    Raises
    ------
    StateError
        ``protocol.not_closed``.
    """
    if not cafe.is_closed:
        raise StateError("protocol.not_closed", found=cafe.state, expected=AlpCafe.State.CLOSED)


def _is_public(data: Mapping[str, Any], released: set[int]) -> bool:
    return data.get("evaluation") is None or data.get("snapshot") in released


def _with_snapshot(
    record: ProtocolRecord, cafe: AlpCafe, *, by: User | None, now: datetime
) -> ProtocolRecord:
    if not cafe.ratings.exists():
        return record
    snapshot = evaluate_cafe(cafe, made_by=by, now=now)
    return replace(
        record, evaluation=snapshot.data, snapshot=snapshot.number, digest=snapshot.digest
    )


def _new_draft(cafe: AlpCafe, now: datetime) -> Protocol:
    return Protocol(
        cafe=cafe, number=_next_number(cafe), made_at=now, data={}, notes=notes_of(cafe)
    )


def _next_number(cafe: AlpCafe) -> int:
    newest = cafe.protocols.order_by("-number").first()
    return newest.number + 1 if newest else 1

"""The protocol of an AlpCafé: what was planned, what happened, what was said and rated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from alpclusters.platform.evaluation.domain.protocol_records import ProtocolRecord
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.storage import from_json
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Document
from alpclusters.reports.event_print.sheets import said
from alpclusters.reports.protocol.end import appendix, conventions, feedback, notes_section, reasons
from alpclusters.reports.protocol.opening import agenda, facts, hosts, opening
from alpclusters.reports.protocol.people import attendance, seating, talks
from alpclusters.reports.protocol.ratings import ratings

type Notes = Mapping[str, Mapping[str, str]]
_SHORTEST: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolVersion:
    """What surrounds a record: number, state, what facilitators typed.

    Attributes
    ----------
    number : int
    made_at : datetime
        Of the draft, or of the approval.
    approved_on : date or None
        None is a draft.
    notes : mapping of str to mapping of str to str
        By name and language, as `domain.protocols` keeps them.
    address : str
        Public address of the site, without a slash at the end.
    hosts : mapping of int to str
        Who was host at which table; an empty name was deleted since.
    """

    number: int
    made_at: datetime
    approved_on: date | None
    notes: Notes
    address: str = ""
    hosts: Mapping[int, str] = field(default_factory=dict)


def build_protocol_document(
    record: ProtocolRecord, version: ProtocolVersion, *, language: str
) -> Document:
    """Build the protocol in one language; parts without content are left out.

    Parameters
    ----------
    record : ProtocolRecord
        From `platform.evaluation.domain.protocols`.
    version : ProtocolVersion
    language : str
        One of the five codes; what people wrote stays in its own language.

    Returns
    -------
    Document
    """
    text = translator(language)
    evaluation = from_json(record.evaluation) if record.evaluation else None
    title = said(record.title, language)
    return Document(
        title=title,
        language=language,
        kind="protocol",
        date=date.fromisoformat(record.held_on),
        made_at=version.made_at,
        blocks=tuple(_blocks(record, version, evaluation, language, title)),
        kicker=" · ".join(filter(None, (text.gettext("Protocol"), record.place))),
        short_title=f"{text.gettext('Protocol')}: {title}",
        publisher=record.project,
        version=f"{version.number}.0",
        snapshot=str(record.snapshot or ""),
        digest=record.digest,
        simulated=record.is_simulated,
        draft=version.approved_on is None,
        licence="CC BY 4.0",
        description=title,
        keywords=(text.gettext("Protocol"), "AlpCafé"),
        project=_short(record.project_slug),
    )


def _blocks(
    record: ProtocolRecord,
    version: ProtocolVersion,
    evaluation: Evaluation | None,
    language: str,
    title: str,
) -> list[Block]:
    notes = version.notes
    return [
        *opening(record, evaluation, language, title=title),
        *facts(record, notes, version.approved_on, language),
        *hosts(version.hosts, language, has_snapshot=bool(record.digest)),
        *agenda(record, language),
        *attendance(record, language),
        *seating(record, language),
        *talks(record, language),
        *(ratings(record, evaluation, language) if evaluation else ()),
        *reasons(record, evaluation, language),
        *feedback(record, language),
        *notes_section(record, notes, version.address, language),
        *conventions(record, evaluation, notes, language),
        *(appendix(evaluation, language) if evaluation else ()),
    ]


def _short(slug: str) -> str:
    return slug if len(slug) <= _SHORTEST else slug.split("-", maxsplit=1)[0]

"""The certificate of an erasure: what was found, what became of it, in numbers."""

from datetime import UTC, date, datetime
from gettext import NullTranslations
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from alpclusters.platform.desk.retention import clock_of
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.trust.models import ErasureCertificate, ResponsibleBody
from alpclusters.reports.blocks import Block, Column, Document, Paragraph, Row, Table
from alpclusters.reports.dates import format_date


def build_certificate(
    certificate: ErasureCertificate, body: ResponsibleBody, language: str
) -> Document:
    """Build the certificate in a language; nothing in it names the person."""
    text = translator(language)
    title = text.gettext("Certificate of erasure")
    with override(language):
        blocks: list[Block] = [
            Paragraph(intro(text), "lead"),
            Paragraph(_issued(certificate, body, language)),
            _table(certificate, text),
            *(Paragraph(sentence) for sentence in proof_sentences(certificate, text)),
            Paragraph(outside(text), "note"),
        ]
    return Document(
        title=title,
        language=language,
        kind="erasure",
        date=_day(certificate.made_at),
        made_at=certificate.made_at.astimezone(UTC),
        blocks=tuple(blocks),
        kicker=text.gettext("Number %(n)s") % {"n": certificate.pk},
        short_title=title,
        publisher=body.name,
        description=title,
        keywords=(title,),
        project=f"e{certificate.pk}",
    )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _issued(certificate: ErasureCertificate, body: ResponsibleBody, language: str) -> str:
    """Say who certifies, and when; an installation without an imprint says the day alone."""
    day = format_date(_day(certificate.made_at), language)
    return ", ".join(filter(None, (body.name, day)))


def intro(text: NullTranslations) -> str:
    """Say what the certificate is."""
    return text.gettext(
        "On request everything that led to a person was looked for and erased. The table counts "
        "entries; texts that have to stay traceable remain without a name."
    )


def _table(certificate: ErasureCertificate, text: NullTranslations) -> Table:
    columns = (
        Column(text.gettext("Kind of data")),
        Column(text.gettext("Table of the database"), "code"),
        Column(text.gettext("Found"), "number", decimals=0),
        Column(text.gettext("Deleted"), "number", decimals=0),
        Column(text.gettext("Without a name"), "number", decimals=0),
    )
    rows = tuple(_row(row) for row in certificate.tables)
    total: Row = (text.gettext("Total"), "", *(_sum(certificate, key) for key in KEYS))
    caption = text.gettext("What was found and what became of it")
    return Table(columns, rows, caption, total=total, name=text.gettext("Erasure"))


KEYS = ("found", "deleted", "kept")


def _row(row: dict[str, Any]) -> Row:
    clock = clock_of(row["table"])
    title = str(clock.title) if clock else row["table"]
    return (title, row["table"], *(row[key] for key in KEYS))


def _sum(certificate: ErasureCertificate, key: str) -> int:
    return sum(row[key] for row in certificate.tables)


def proof_sentences(certificate: ErasureCertificate, text: NullTranslations) -> list[str]:
    """Say what a look everywhere found afterwards."""
    left = certificate.left
    n = left["n_tables"]
    found = [
        text.ngettext(
            "Afterwards name and address were looked for in %(n)s table, with histories, search "
            "indexes and queues, and in all uploaded files.",
            "Afterwards name and address were looked for in %(n)s tables, with histories, search "
            "indexes and queues, and in all uploaded files.",
            n,
        )
        % {"n": n}
    ]
    if left["places"] is not None:
        found.append(
            text.gettext("Places left in the bytes of the database file: %(n)s.")
            % {"n": left["places"]}
        )
    if not left["tables"] and not left["files"]:
        found.append(text.gettext("Nothing was found any more."))
        return found
    told = [f"{name}: {count}" for name, count in left["tables"].items()]
    if left["files"]:
        told.append(text.gettext("uploaded files: %(n)s") % {"n": left["files"]})
    found.append(
        text.gettext(
            "Still found, in free texts or of others with the same name (entries): %(places)s. "
            "Look at them and change them by hand."
        )
        % {"places": ", ".join(told)}
    )
    return found


def outside(text: NullTranslations) -> str:
    """Say what the program cannot reach."""
    return text.gettext(
        "Backups made before keep the data until they are deleted; mails that were sent and files "
        "that were downloaded are out of reach of this program."
    )

"""Aids of national catalogues become calls; their conditions wait as proposals."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from alpclusters.analysis.errors import InputError
from alpclusters.platform.funding.domain.importing.conditions import Stated, propose_terms
from alpclusters.platform.funding.domain.importing.reports import CatalogueReport, RowReport
from alpclusters.platform.funding.domain.importing.storing import store
from alpclusters.platform.funding.models import Call, Programme, Status
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.languages.inputs import input_name
from alpclusters.sources.aids import LICENCES, AidReading, SourceAid, read_aids, read_incentives

_READERS: Final[Mapping[str, Callable[[Path], AidReading]]] = {
    "aides-territoires": read_aids,
    "incentivi": read_incentives,
}
# The catalogue as a family of support: its calls are of many bodies.
_FAMILIES: Final = {
    "aides-territoires": ("aides-territoires", "Aides-territoires (France)", "FR"),
    "incentivi": ("incentivi", "Incentivi.gov.it (Italia)", "IT"),
}


def import_aids(source: str, path: Path, *, now: dt.datetime) -> CatalogueReport:
    """Store the aids of a catalogue as calls, and propose the conditions they state.

    Parameters
    ----------
    source : str
        ``aides-territoires`` or ``incentivi``.
    path : Path
        Fetched pages.
    now : datetime

    Raises
    ------
    FileFormatError
    """
    reading = _READERS[source](path)
    family = _family(source, path.name, now)
    rows = [
        RowReport(one.where.line or 0, "", "rejected", one.where.file or "", one)
        for one in reading.errors
    ]
    rows += [_stored(aid, source, family, now) for aid in reading.aids]
    rows.sort(key=lambda row: (row.file, row.line))
    return CatalogueReport(rows, reading.n_repeats)


def _family(source: str, file: str, now: dt.datetime) -> Programme:
    key, name, country = _FAMILIES[source]
    found = Programme.objects.filter(key=key).first()
    if found is not None:
        return found
    licence = LICENCES[source]
    record = {
        input_name("name", DEFAULT_LANGUAGE): name,
        "level": "national",
        "territory": [country],
        "status": Status.UNVERIFIED.value,
        "source": licence.attribution,
        "source_url": licence.address,
        "licence": licence.key,
    }
    store(Programme, key, record, programme=None, file=file, now=now)
    made: Programme = Programme.objects.get(key=key)
    return made


def _stored(aid: SourceAid, source: str, family: Programme, now: dt.datetime) -> RowReport:
    key = slugify(f"{source}-{aid.identifier}")[:80]
    try:
        with transaction.atomic():
            found = Call.objects.filter(programme=family, external_id=aid.identifier).first()
            key = found.key if found else key
            outcome = store(
                Call, key, _record(aid, source), programme=family, file=aid.file, now=now
            )
            call = Call.objects.select_related("programme").get(key=key)
            propose_terms(call, _stated(aid), file=aid.file, now=now)
    except InputError as error:
        return RowReport(aid.line, key, "rejected", aid.file, error)
    return RowReport(aid.line, key, outcome, aid.file)


def _record(aid: SourceAid, source: str) -> dict[str, Any]:
    licence = LICENCES[source]
    said = [licence.attribution, aid.financer, aid.licence_note]
    return {
        "title": aid.title,
        "opens": aid.opens.isoformat() if aid.opens else None,
        "closes": aid.closes.isoformat() if aid.closes else None,
        "external_id": aid.identifier,
        "website": aid.address,
        "source": "; ".join(filter(None, said))[:300],
        "source_url": aid.address,
        "source_language": aid.language,
        "licence": licence.key,
        "status": Status.UNVERIFIED.value,
    }


def _stated(aid: SourceAid) -> Stated:
    """Take what fields say before what sentences say."""
    stated = Stated.of_text(aid.text)
    if aid.rate_bp:
        percent = f"{aid.rate_bp / 100:g}"
        field = f"subvention_rate_upper_bound: {percent} %"
        stated.state("rates", [{"bp": aid.rate_bp}], field)
    if aid.ceiling_ct:
        euro = f"{aid.ceiling_ct / 100:g}"
        stated.state("cap_ct", aid.ceiling_ct, f"Agevolazione_Concedibile_max: {euro}")
    if aid.kinds:
        stated.state_who(aid.kinds, f"targeted_audiences: {', '.join(aid.audiences)}")
    if aid.places:
        stated.state_where(aid.places, ", ".join(aid.places))
    return stated

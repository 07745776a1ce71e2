"""Topics of the portal become calls: days, budget, figures; unverified until somebody looks."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from alpclusters.analysis.errors import InputError, RecordError, Where
from alpclusters.platform.funding.domain.importing.conditions import Stated, propose_terms
from alpclusters.platform.funding.domain.importing.storing import CatalogueReport, RowReport, store
from alpclusters.platform.funding.models import Call, Programme, Status
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, nearest_language
from alpclusters.platform.languages.inputs import input_name
from alpclusters.sources.aids import LICENCES, AidReading, SourceAid, read_aids, read_incentives
from alpclusters.sources.sedia import LICENCE, SourceTopic, read_topics

# Programmes of the portal: what the catalogue calls them if it has no entry of that name yet.
PROGRAMMES: Final[Mapping[str, tuple[str, str, str]]] = {
    "31045243": ("horizon-2020", "Horizon 2020", "2014-2020"),
    "43108390": ("horizon-europe", "Horizon Europe", "2021-2027"),
    "43152860": ("digital-europe", "Digital Europe", "2021-2027"),
    "43252476": ("single-market-programme", "Single Market Programme", "2021-2027"),
    "44181033": ("european-defence-fund", "European Defence Fund", "2021-2027"),
}
# Where the code of the programme is not known, the identifier of a topic begins with its name.
BEGINNINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "HORIZON-": PROGRAMMES["43108390"],
    "DIGITAL-": PROGRAMMES["43152860"],
    "SMP-": PROGRAMMES["43252476"],
    "I3-": ("i3-2127", "Interregional Innovation Investments (I3)", "2021-2027"),
    "LIFE-": ("life-2127", "LIFE", "2021-2027"),
    "ERASMUS-": ("erasmus-2127", "Erasmus+", "2021-2027"),
}
# Rates that the law names for a kind of action of Horizon Europe: Reg. (EU) 2021/695 Art. 34(2).
_WHOLE: Final = [{"bp": 10_000}]
_ACTIONS: Final[Mapping[str, list[dict[str, Any]]]] = {
    "research and innovation action": _WHOLE,
    "coordination and support action": _WHOLE,
    "innovation action": [
        {"bp": 10_000, "when": {"eq": ["partner.non_profit", True]}},
        {"bp": 7_000},
    ],
}


def import_calls(path: Path, *, now: dt.datetime, programme: str = "") -> CatalogueReport:
    """Store the topics of one answer of the portal's search, or of a folder with its pages.

    Parameters
    ----------
    path : Path
    now : datetime
    programme : str, optional
        Key of the programme of topics whose code is not known.

    Raises
    ------
    FileFormatError
        As `read_topics`.
    """
    reading = read_topics(path)
    rows = [_rejected(error) for error in reading.errors]
    rows += [_calls_stored(topic, programme, now) for topic in reading.topics]
    rows.sort(key=lambda row: (row.file, row.line))
    return CatalogueReport(rows, reading.n_repeats)


def _rejected(error: RecordError) -> RowReport:
    key = error.cells[0] if error.cells else ""
    return RowReport(error.where.line or 0, key, "rejected", error.where.file or "", error)


def _calls_stored(topic: SourceTopic, programme: str, now: dt.datetime) -> RowReport:
    key = slugify(topic.identifier)[:80]
    try:
        with transaction.atomic():
            owner = _programme_of(topic, programme, now)
            found = Call.objects.filter(programme=owner, external_id=topic.identifier).first()
            key = found.key if found else key
            outcome = store(
                Call, key, _calls_record(topic), programme=owner, file=topic.file, now=now
            )  # fmt: skip
            call = Call.objects.select_related("programme").get(key=key)
            propose_terms(call, _calls_stated(topic, owner), file=topic.file, now=now)
    except InputError as error:
        return RowReport(topic.line, key, "rejected", topic.file, error)
    return RowReport(topic.line, key, outcome, topic.file)


def _programme_of(topic: SourceTopic, chosen: str, now: dt.datetime) -> Programme:
    begun = next((v for k, v in BEGINNINGS.items() if topic.identifier.startswith(k)), None)
    key, name, period = PROGRAMMES.get(topic.programme) or begun or (chosen, "", "")
    found: Programme | None = Programme.objects.filter(key=key).first() if key else None
    if found is not None:
        return found
    if not name:
        where = Where(file=topic.file, line=topic.line, field="frameworkProgramme")
        code = "sedia.unknown_programme"
        raise RecordError(code, where=where, found=chosen or topic.programme)
    record = {
        input_name("name", DEFAULT_LANGUAGE): name,
        "level": "european",
        "period": period,
        "territory": ["EU"],
        "status": Status.UNVERIFIED.value,
        "source": LICENCE.attribution,
    }
    store(Programme, key, record, programme=None, file=topic.file, now=now)
    made: Programme = Programme.objects.get(key=key)
    return made


def _calls_record(topic: SourceTopic) -> dict[str, Any]:
    deadlines = topic.deadlines
    return {
        "title": topic.title,
        "opens": topic.opens.isoformat() if topic.opens else None,
        # Between cut-offs one can still apply.
        "closes": deadlines[-1].isoformat() if deadlines else None,
        "budget_ct": topic.budget_ct,
        "external_id": topic.identifier,
        "website": topic.address,
        "source": LICENCE.attribution,
        "source_url": topic.address,
        "source_language": nearest_language(topic.language),
        "licence": "Commission reuse decision",
        "status": Status.UNVERIFIED.value,
        "parameters": _figures(topic),
    }


def _calls_stated(topic: SourceTopic, programme: Programme) -> Stated:
    stated = Stated.of_text(topic.text)
    action = topic.action_type.casefold()
    # "Research and innovation action" holds the name of the other: the longer one goes first.
    known = next((rates for name, rates in _ACTIONS.items() if name in action), None)
    if known and programme.key == PROGRAMMES["43108390"][0]:
        stated.state("rates", known, f"typesOfAction: {topic.action_type}")
    return stated


def _figures(topic: SourceTopic) -> list[dict[str, Any]]:
    said = [
        ("grant_from", _euro(topic.min_grant_ct), "eur"),
        ("grant_to", _euro(topic.max_grant_ct), "eur"),
        ("expected_grants", str(topic.n_grants or ""), "count"),
        *(("cut_off", day.isoformat(), "day") for day in topic.deadlines[:-1]),
    ]
    return [
        {
            "name": name, "value": value, "unit": unit, "precision": "", "period": "",
            "status": Status.UNVERIFIED.value, "source": LICENCE.attribution, "checked_on": None,
        }
        for name, value, unit in said
        if value
    ]  # fmt: skip


def _euro(cents: int | None) -> str:
    if cents is None:
        return ""
    euro, rest = divmod(cents, 100)
    return f"{euro}.{rest:02d}" if rest else str(euro)


# --- Aids of national catalogues become calls; their conditions wait as proposals -----------------


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
    rows += [_aids_stored(aid, source, family, now) for aid in reading.aids]
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


def _aids_stored(aid: SourceAid, source: str, family: Programme, now: dt.datetime) -> RowReport:
    key = slugify(f"{source}-{aid.identifier}")[:80]
    try:
        with transaction.atomic():
            found = Call.objects.filter(programme=family, external_id=aid.identifier).first()
            key = found.key if found else key
            outcome = store(
                Call, key, _aids_record(aid, source), programme=family, file=aid.file, now=now
            )
            call = Call.objects.select_related("programme").get(key=key)
            propose_terms(call, _aids_stated(aid), file=aid.file, now=now)
    except InputError as error:
        return RowReport(aid.line, key, "rejected", aid.file, error)
    return RowReport(aid.line, key, outcome, aid.file)


def _aids_record(aid: SourceAid, source: str) -> dict[str, Any]:
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


def _aids_stated(aid: SourceAid) -> Stated:
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

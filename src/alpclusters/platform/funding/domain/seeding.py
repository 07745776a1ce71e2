"""The real catalogue from the tables of seeds, stored where nobody had a hand in it."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED
from alpclusters.platform.evidence.models import Programme as EvidenceProgramme
from alpclusters.platform.funding.domain.case_offers import search_fields
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.domain.policy_mixing.strategies import load_priorities
from alpclusters.platform.funding.models import Call, EntryVersion, Offer, Parameter, Programme
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from alpclusters.platform.seed_rows import Row, read_rows, texts, texts_of
from alpclusters.platform.territory.models import ProgrammeArea

# --- The rows of the tables as fields of the models -----------------------------------------------


SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"


def read_table(name: str) -> list[Row]:
    """Read one of the tables."""
    return read_rows(SEEDS / f"{name}.csv")


def read_terms(prefix: str) -> dict[str, dict[str, Any]]:
    """Read the terms of offers by their keys."""
    name = f"{prefix}terms.json" if prefix else "offer_terms.json"
    read: dict[str, dict[str, Any]] = json.loads((SEEDS / name).read_text(encoding="utf-8"))
    return read


def programme_fields(
    row: Row, areas: Mapping[str, int], evidence: Mapping[str, int]
) -> dict[str, Any]:
    """Return a programme; an area or programme of the evidence base that is not there is none."""
    return {
        **texts(row, "name"),
        **_provenance(row),
        "level": row["level"],
        "period": row["period"],
        "ends_on": _day(row.get("ends_on", "")),
        "territory": row["territory"].split(),
        "area_id": areas.get(row["area"]),
        "evidence_id": evidence.get(row.get("evidence", "")),
    }


def call_fields(row: Row) -> dict[str, Any]:
    """Return a call without its programme."""
    return {
        **_provenance(row),
        "title": row["title"],
        "opens": _day(row["opens"]),
        "closes": _day(row["closes"]),
        "closes_at": dt.time.fromisoformat(row["closes_at"]) if row.get("closes_at") else None,
        "budget_ct": int(row["budget_ct"]) if row["budget_ct"] else None,
        "external_id": row.get("external_id", ""),
    }


def titles_of_offer(row: Row, offers: Sequence[Row]) -> dict[str, str]:
    """Return the title of a call in other languages, where an offer of it is called the same."""
    same = next((one for one in offers if one["title_en"] == row["title"]), None)
    if same is None:
        return {}
    titles = texts_of(same, "title")
    return {code: title for code, title in titles.items() if code != DEFAULT_LANGUAGE}


def offer_fields(row: Row, terms: dict[str, Any]) -> dict[str, Any]:
    """Return an offer without its programme and call, with what the search knows of it."""
    found = search_fields(terms)
    return {
        **texts(row, "title", "summary"),
        **_provenance(row),
        "terms": terms,
        "kinds": found.kinds,
        "categories": found.categories,
        "themes": found.themes,
        "best_rate_bp": found.best_rate_bp,
        "cap_ct": found.cap_ct,
    }


def parameters_of(rows: Sequence[Row], *, programme: str, call: str) -> tuple[dict[str, Any], ...]:
    """Return the figures of a programme itself, or of one of its calls."""
    mine = [row for row in rows if row["programme"] == programme and row["call"] == call]
    return tuple({**_parameter(row), "order": place} for place, row in enumerate(mine, start=1))


def _parameter(row: Row) -> dict[str, Any]:
    names = ("name", "value", "unit", "precision", "period", "status", "source")
    return {**{name: row[name] for name in names}, "checked_on": _day(row["checked_on"])}


def _provenance(row: Row) -> dict[str, Any]:
    known = {"source": row.get("source", ""), "checked_on": _day(row.get("checked_on", ""))}
    if language := row.get("source_language"):
        known["source_language"] = language
    return {**known, "status": row["status"]} if row.get("status") else known


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# --- One entry of the tables, stored unless a person had a hand in it -----------------------------


REASON: Final = "seed"
_RELATION: Final[Mapping[Any, str]] = {Programme: "programme", Call: "call", Offer: "offer"}


@dataclass(frozen=True)
class Entry:
    """What a table says of one entry."""

    model: Any
    key: str
    fields: dict[str, Any]
    parameters: Sequence[dict[str, Any]]


@dataclass
class Kept:
    """What is there already, read once, and how many entries changed."""

    moment: datetime
    there: dict[Any, dict[str, Any]]
    by_people: dict[Any, set[int]]
    parameters: dict[tuple[int, int | None], list[Parameter]] = field(default_factory=dict)
    n_changed: int = 0

    @classmethod
    def now(cls, moment: datetime) -> "Kept":
        """Read what the catalogue has."""
        kept = cls(
            moment,
            {model: {row.key: row for row in model.objects.all()} for model in _RELATION},
            {model: _touched(name) for model, name in _RELATION.items()},
        )
        for row in Parameter.objects.all():
            kept.parameters.setdefault((row.programme_id, row.call_id), []).append(row)
        return kept


def store_entry(entry: Entry, kept: Kept) -> Any:
    """Store an entry with a version where it is new or the table says something else."""
    row = kept.there[entry.model].get(entry.key)
    if row is None:
        row = entry.model(key=entry.key, updated_at=kept.moment, **entry.fields)
        row.save()
        _store_parameters(row, entry)
        _keep_version(row, kept)
        return row
    if row.pk in kept.by_people[entry.model] or not _differs(row, entry, kept):
        return row
    row.version += 1
    row.updated_at = kept.moment
    row.save()
    _parameters(row).delete()
    _store_parameters(row, entry)
    _keep_version(row, kept)
    return row


def _touched(name: str) -> set[int]:
    """Return the entries of which a person made a version."""
    theirs = EntryVersion.objects.filter(Q(made_by__isnull=False) | Q(proposal__isnull=False))
    # A person's account may be gone: then only the source tells that it was not the table.
    theirs |= EntryVersion.objects.exclude(source=REASON)
    found = theirs.filter(**{f"{name}__isnull": False}).order_by()
    return set(found.values_list(f"{name}_id", flat=True))


def _differs(row: Any, entry: Entry, kept: Kept) -> bool:
    """Take over what the table says; say whether that changed anything."""
    different = {name: v for name, v in entry.fields.items() if getattr(row, name) != v}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different) or _figures_differ(row, entry, kept)


def _figures_differ(row: Any, entry: Entry, kept: Kept) -> bool:
    if isinstance(row, Offer):
        return False
    place = (row.pk, None) if isinstance(row, Programme) else (row.programme_id, row.pk)
    there = [
        {name: getattr(p, name) for name in _names(entry)} for p in kept.parameters.get(place, [])
    ]
    return there != list(entry.parameters)


def _names(entry: Entry) -> list[str]:
    return list(entry.parameters[0]) if entry.parameters else []


def _parameters(row: Any) -> Any:
    if isinstance(row, Offer):
        return Parameter.objects.none()
    if isinstance(row, Programme):
        return row.parameters.filter(call__isnull=True)
    return row.parameters.all()


def _store_parameters(row: Any, entry: Entry) -> None:
    where = {"programme": row}
    if isinstance(row, Call):
        where = {"programme": row.programme, "call": row}
    Parameter.objects.bulk_create(Parameter(**where, **figure) for figure in entry.parameters)


def _keep_version(row: Any, kept: Kept) -> None:
    kept.n_changed += 1
    EntryVersion.objects.create(
        **{_RELATION[type(row)]: row},
        number=row.version,
        data=entry_record(row),
        source=REASON,
        made_at=kept.moment,
    )


# --- Real instruments of ``seeds/real_offers.csv``: their terms follow from who, where, how much
#
# A condition is entered only as far as the source read says it; what it leaves open keeps the
# condition that nothing answers, so that nobody is told "fits" too early.


_UNION: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_VINTAGE: Final = 2021
_ENTERED: Final = "entered"
_ELSEWHERE: Final = "*"
_COUNTRY: Final = 2

type Expression = dict[str, Any]


def real_offers() -> Iterator[tuple[Row, dict[str, Any]]]:
    """Return each row of the table with the fields of its offer, without programme and call."""
    modes = {row["key"]: row for row in read_table("application_modes")}
    for row in read_table("real_offers"):
        terms = terms_of_row(row)
        said = offer_fields({**row, **_summaries(row, modes)}, terms)
        yield row, {**said, "source_url": row["source_url"]}


def terms_of_row(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the terms that a row states; a rate nobody read is left out, never 0.

    Examples
    --------
    >>> row = dict.fromkeys(("area_partly", "more", "article", "cap_eur", "floor_eur", "rates",
    ...     "cost_from_eur", "cost_to_eur", "min_partners", "min_countries", "costs_until"), "")
    >>> row |= {"who": "sme", "area": "SI", "origin": "national", "grants_from": "SI"}
    >>> terms_of_row(row)["eligibility"]
    {'all': [{'in': ['partner.kind', ['sme']]}, {'in': ['partner.country', ['SI']]}]}
    """
    terms: dict[str, Any] = {
        "origin": row["origin"],
        "grants_from": row["grants_from"],
        "eligibility": {"all": list(_conditions(row))},
    }
    if row["rates"]:
        terms["rates"] = [_rate(part) for part in row["rates"].split(";")]
    if row["article"]:
        terms["article"] = {"*": row["article"]}
    amounts = {"cap_ct": row["cap_eur"], "floor_ct": row["floor_eur"]}
    terms |= {name: _cents(euro) for name, euro in amounts.items() if euro}
    counts = ("min_partners", "min_countries")
    terms |= {name: int(row[name]) for name in counts if row[name]}
    return terms | ({"ends": row["costs_until"]} if row["costs_until"] else {})


def _conditions(row: Mapping[str, str]) -> Iterator[Expression]:
    if row["who"]:
        yield {"in": ["partner.kind", row["who"].split()]}
    if where := list(_places(row["area"], row["area_partly"])):
        yield where[0] if len(where) == 1 else {"any": where}
    if row["cost_from_eur"]:
        yield {"ge": ["project.total_cost_ct", _cents(row["cost_from_eur"])]}
    if row["cost_to_eur"]:
        yield {"le": ["project.total_cost_ct", _cents(row["cost_to_eur"])]}
    if row["more"] or not row["who"]:
        yield dict(NOT_ENTERED)


def _places(sure: str, partly: str) -> Iterator[Expression]:
    """Sure places hold; where only parts belong, or others may, the question stays open."""
    yield from _within(sure)
    if partly == _ELSEWHERE:
        yield dict(NOT_ENTERED)
        return
    for place in _within(partly):
        yield {"all": [place, dict(NOT_ENTERED)]}


def _within(codes: str) -> Iterator[Expression]:
    named = [
        code for word in codes.split() for code in (_UNION.split() if word == "EU" else [word])
    ]
    countries = [code for code in named if len(code) == _COUNTRY]
    regions = [code for code in named if len(code) > _COUNTRY]
    if countries:
        yield {"in": ["partner.country", countries]}
    if regions:
        yield {"within": ["partner.nuts", {"nuts": regions, "vintage": _VINTAGE}]}


def _rate(written: str) -> dict[str, Any]:
    """Read "kind sme=50", "size small=60", "country CH=0", "non_profit=100" or "70"."""
    when, _, percent = written.strip().rpartition("=")
    rate: dict[str, Any] = {"bp": int(Decimal(percent) * 100)}
    name, *values = when.split() or [""]
    if values:
        rate["when"] = {"in": [f"partner.{name}", values]}
    elif name:
        rate["when"] = {"eq": [f"partner.{name}", True]}
    return rate


def _cents(euro: str) -> int:
    return int(Decimal(euro) * 100)


def _summaries(row: Row, modes: Mapping[str, Row]) -> Row:
    """Say how one applies, and how far the conditions are entered."""
    said = [row["mode"]] if row["more"] or not row["who"] else [row["mode"], _ENTERED]
    names = [f"summary_{code}" for code in LANGUAGE_CODES]
    return {name: " ".join(modes[key][name] for key in said) for name in names}


# --- Programmes with their figures, calls and offers of the tables, stored where nobody changed
# them
#
# Calling it again changes nothing. An entry that a person changed, checked or withdrew is left
# alone from then on, with its figures.


@transaction.atomic
def load_catalogue() -> int:
    """Store the programmes, calls and offers of the tables; return how many changed."""
    return load_tables("", status=None)


def load_seeds() -> None:
    """Store the catalogue and what its programmes put weight on: a step of the reference data."""
    load_catalogue()
    load_priorities()


def load_tables(prefix: str, *, status: str | None) -> int:
    """Store the tables whose names begin with a prefix; a status given goes for all rows."""
    with translation.override(DEFAULT_LANGUAGE):
        kept = Kept.now(timezone.now())
        programmes = _programmes(prefix, status, kept)
        calls = _calls(prefix, status, kept, programmes)
        _offers(prefix, status, kept, programmes, calls)
        if not prefix:
            _real_offers(kept, programmes, calls)
    return kept.n_changed


def _programmes(prefix: str, status: str | None, kept: Kept) -> dict[str, Programme]:
    areas = dict(ProgrammeArea.objects.values_list("key", "pk"))
    evidence = dict(EvidenceProgramme.objects.values_list("key", "pk"))
    figures = read_table(f"{prefix}parameters")
    found = {}
    for row in read_table(f"{prefix}programmes"):
        fields = programme_fields(row, areas, evidence)
        mine = parameters_of(figures, programme=row["key"], call="")
        entry = Entry(Programme, row["key"], _with(fields, status), mine)
        found[row["key"]] = store_entry(entry, kept)
    return found


def _calls(
    prefix: str, status: str | None, kept: Kept, programmes: dict[str, Programme]
) -> dict[str, Call]:
    figures = read_table(f"{prefix}parameters")
    offers: dict[str, list[Row]] = {}
    for row in read_table(f"{prefix}offers"):
        offers.setdefault(row["call"], []).append(row)
    found = {}
    for row in read_table(f"{prefix}calls"):
        titles = titles_of_offer(row, offers.get(row["key"], ()))
        fields = {**call_fields(row), "programme": programmes[row["programme"]], "titles": titles}
        mine = parameters_of(figures, programme=row["programme"], call=row["key"])
        found[row["key"]] = store_entry(Entry(Call, row["key"], _with(fields, status), mine), kept)
    return found


def _offers(
    prefix: str,
    status: str | None,
    kept: Kept,
    programmes: dict[str, Programme],
    calls: dict[str, Call],
) -> None:
    terms = read_terms(prefix)
    for row in read_table(f"{prefix}offers"):
        fields = offer_fields(row, terms[row["key"]])
        fields |= {"programme": programmes[row["programme"]], "call": calls.get(row["call"])}
        store_entry(Entry(Offer, row["key"], _with(fields, status), ()), kept)


def _real_offers(kept: Kept, programmes: dict[str, Programme], calls: dict[str, Call]) -> None:
    for row, said in real_offers():
        owner = {"programme": programmes[row["programme"]], "call": calls.get(row["call"])}
        store_entry(Entry(Offer, row["key"], {**said, **owner}, ()), kept)


def _with(fields: dict[str, Any], status: str | None) -> dict[str, Any]:
    return fields if status is None else {**fields, "status": status}

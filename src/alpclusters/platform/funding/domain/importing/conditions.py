"""Conditions that a source may state: proposed with the very sentence, decided by a person.

Nothing that is read from a text stands in the catalogue until somebody accepts the proposal. The
offer itself says only that its call exists; who may apply and how much is open.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from django.db.models import Q

from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED
from alpclusters.platform.funding.domain.entries import (
    IMPORT,
    Entry,
    create_entry,
    propose_change,
)
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import Call, ChangeProposal, Offer, Status
from alpclusters.platform.funding.models.catalogue import Level
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region
from alpclusters.sources.call_texts import find_conditions

_MOST_NOTE: Final = 1000
_MOST_TITLE: Final = 200
_COUNTRY: Final = 2
_MOST_LEVEL: Final = 2


@dataclass
class Stated:
    """What a source may state of one call, and the sentence behind each statement."""

    terms: dict[str, Any] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    closes: str = ""
    sentences: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read the sentences of a text by rules."""
        stated = cls()
        for found in find_conditions(text):
            if found.said == "rate":
                stated.state("rates", [{"bp": int(found.value)}], found.sentence)
            elif found.said == "ceiling":
                stated.state("cap_ct", int(found.value), found.sentence)
            elif found.said == "who":
                stated.state_who(found.value.split(), found.sentence)
            else:
                stated.closes = found.value
                stated.sentences["closes"] = found.sentence
        return stated

    def state(self, name: str, value: Any, sentence: str) -> None:
        """State a term; what a field of the source says goes before its text."""
        self.terms[name] = value
        self.sentences[name] = sentence

    def state_who(self, kinds: Iterable[str], sentence: str) -> None:
        """State which kinds of bodies may apply."""
        self.kinds = list(kinds)
        self.sentences["partner.kind"] = sentence

    def state_where(self, names: Iterable[str], sentence: str) -> None:
        """State where, by names of regions or countries; one that is not known states nothing."""
        codes = [_code_of(name) for name in names]
        if codes and None not in codes:
            self.places = sorted({code for code in codes if code})
            self.sentences["partner.nuts"] = sentence


def propose_terms(call: Call, stated: Stated, *, file: str, now: dt.datetime) -> int:
    """Propose what a source may state of a call; return how many proposals that makes.

    The same statement is proposed once, whatever became of it.
    """
    n = 0
    if stated.closes and call.closes is None:
        day = {"closes": stated.closes}
        n += _propose(call, day, _note(stated, ("closes",)), file, now)
    terms = {**stated.terms, **_eligibility(stated)}
    if not terms:
        return n
    offer = _offer_of(call, file, now)
    said = [name for name in stated.sentences if name != "closes"]
    record = {"terms": {**offer.terms, **terms}}
    return n + _propose(offer, record, _note(stated, said), file, now)


def _eligibility(stated: Stated) -> dict[str, Any]:
    asked: list[dict[str, Any]] = []
    if stated.kinds:
        asked.append({"in": ["partner.kind", stated.kinds]})
    countries = [code for code in stated.places if len(code) == _COUNTRY]
    regions = [code for code in stated.places if len(code) > _COUNTRY]
    where: list[dict[str, Any]] = []
    if countries:
        where.append({"in": ["partner.country", countries]})
    if regions:
        where.append({"within": ["partner.nuts", {"nuts": regions, "vintage": CURRENT_VINTAGE}]})
    if where:
        asked.append(where[0] if len(where) == 1 else {"any": where})
    if not asked:
        return {}
    # Who and where together are what a person can confirm as entered; one alone leaves it open.
    rest = [] if stated.kinds and where else [dict(NOT_ENTERED)]
    return {"eligibility": {"all": [*asked, *rest]}}


def _offer_of(call: Call, file: str, now: dt.datetime) -> Offer:
    """Return the offer of an imported call, made open if it is not there."""
    found = Offer.objects.filter(key=call.key).first()
    if found is not None:
        return found
    record = {
        f"title_{call.source_language}": call.title[:_MOST_TITLE],
        "call": call.key,
        "status": Status.UNVERIFIED.value,
        "source": call.source,
        "source_url": call.source_url,
        "source_language": call.source_language,
        "licence": call.licence,
        "terms": {**_whose(call), "eligibility": dict(NOT_ENTERED)},
    }
    source = f"{IMPORT}{file}"
    create_entry(
        Offer, record, key=call.key, programme=call.programme, source=source, by=None, now=now
    )
    made: Offer = Offer.objects.get(key=call.key)
    return made


def _whose(call: Call) -> dict[str, str]:
    programme = call.programme
    if programme.level == Level.EUROPEAN or not programme.territory:
        return {"origin": "union_central", "grants_from": "EU"}
    country = programme.territory[0][:_COUNTRY]
    if country == "CH":
        return {"origin": "ch", "grants_from": country}
    origin = "regional" if programme.level == Level.REGIONAL else "national"
    return {"origin": origin, "grants_from": country}


def _note(stated: Stated, names: Iterable[str]) -> str:
    lines = [f"{name}: “{stated.sentences[name]}”" for name in names]
    return "\n".join(lines)[:_MOST_NOTE]


def _propose(
    entry: Entry, record: Mapping[str, Any], note: str, file: str, now: dt.datetime
) -> int:
    relation = "call" if isinstance(entry, Call) else "offer"
    if ChangeProposal.objects.filter(**{relation: entry}, note=note).exists():
        return 0
    there = entry_record(entry)
    if all(there.get(name) == value for name, value in record.items()):
        return 0
    source = f"{IMPORT}{file}"
    propose_change(entry, record, version=entry.version, source=source, note=note, by=None, now=now)
    return 1


def _code_of(name: str) -> str | None:
    same = Q()
    for code in LANGUAGE_CODES:
        same |= Q(**{f"name__{code}__iexact": name})
    rows = Region.objects.filter(
        same,
        level__lte=_MOST_LEVEL,
        first_vintage__lte=CURRENT_VINTAGE,
        last_vintage__gte=CURRENT_VINTAGE,
    )
    found = rows.order_by("level", "code").first()
    return found.code if found else None

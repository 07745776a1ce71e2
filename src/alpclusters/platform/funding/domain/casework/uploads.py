"""What a workbook would change in a case: tried on a copy first, taken over as it was shown."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from alpclusters.analysis.errors import RecordError, Where
from alpclusters.analysis.funding.case import Conversion, Territory
from alpclusters.analysis.funding.case_files.faults import nearest
from alpclusters.platform.funding.domain.casework.costs import (
    MOST_LINES,
    add_cost,
    add_package,
    change_package,
    totals_of,
)
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    Item,
    periods_of,
    with_lists,
)
from alpclusters.platform.funding.domain.casework.partners import (
    add_partner,
    change_partner,
    undertaking_of,
    vintage_of,
)
from alpclusters.platform.territory.models import CURRENT_VINTAGE
from alpclusters.sources.case_records import At, CaseSheets, CostRow, PackageRow, PartnerRow
from alpclusters.sources.case_values import in_euro
from alpclusters.sources.case_words import plain_word

# The parts of a document that a workbook can change.
PARTS: Final = ("undertakings", "partners", "work_packages", "lines", "wishes")
MOST_ERRORS: Final = 200
# What a body pays with is its own affair: no size is promised to an unknown one.
_USUAL_SIZES: Final = {"sme": "medium", "large": "large", "cluster": "medium"}

type What = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one partner or work package."""

    kind: Literal["partner", "package"]
    name: str
    what: What


@dataclass(frozen=True, slots=True)
class Trial:
    """A workbook tried on a copy of a case.

    Attributes
    ----------
    document : dict
        The case as it would be; meaningless with errors.
    changes : tuple of Change
        Partners and work packages in the order of the workbook.
    n_costs, n_lines : int
        Costs of the workbook, and the lines (quarters) they become.
    before_ct, after_ct : int
        All costs of the case.
    errors, n_errors
        With one, nothing may be taken over.
    assumed : tuple of str
        Identifiers of new partners whose kind or size was not written.
    """

    document: Document
    changes: tuple[Change, ...]
    n_costs: int
    n_lines: int
    before_ct: int
    after_ct: int
    errors: tuple[RecordError, ...]
    n_errors: int
    assumed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def parts(self) -> dict[str, Any]:
        """Return what is to be stored."""
        return {name: self.document[name] for name in PARTS}


def try_upload(
    document: Mapping[str, Any],
    sheets: CaseSheets,
    territory: Territory,
    *,
    replaces_costs: bool,
    file: str,
) -> Trial:
    """Try a workbook on a copy of a case; nothing is stored.

    Parameters
    ----------
    document : mapping
        The case as it is.
    sheets : CaseSheets
    territory : Territory
        For the codes of regions.
    replaces_costs : bool
        Whether the costs of the workbook stand for all costs of the case, or come on top.
    file : str
        How errors call the workbook.
    """
    trial = _Trial(with_lists(deepcopy(dict(document))), sheets, territory, file)
    before = totals_of(document).total_ct
    if replaces_costs and sheets.costs:
        _empty_costs(trial.document)
    n_kept = len(trial.document["lines"])
    for partner in sheets.partners:
        trial.take_partner(partner)
    for package in sheets.packages:
        trial.take_package(package)
    for cost in sheets.costs:
        trial.take_cost(cost)
    return Trial(
        trial.document,
        tuple(trial.changes),
        len(sheets.costs),
        len(trial.document["lines"]) - n_kept,
        before,
        totals_of(trial.document).total_ct,
        (*sheets.errors, *trial.errors)[:MOST_ERRORS],
        sheets.n_errors + len(trial.errors),
        tuple(trial.assumed),
        sheets.unread,
    )


def take_parts(document: Document, parts: Mapping[str, Any]) -> None:
    """Write what a trial made of a case over it, in place."""
    for name in PARTS:
        document[name] = deepcopy(parts[name])


@dataclass
class _Trial:
    """A copy of a case that changes, and what was said about it."""

    document: Document
    sheets: CaseSheets
    territory: Territory
    file: str
    changes: list[Change] = field(default_factory=list)
    errors: list[RecordError] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    def take_partner(self, row: PartnerRow) -> None:
        """Add or change a partner; one is known by its name."""
        old = _named(self.document["partners"], "name", row.name)
        place = self._place(row)
        if place is None:
            return
        if old is None and not place:
            self._note(row.at, "case_sheets.partner_needs_place", "country", found=row.name)
            return
        values = _written(
            name=row.name,
            kind=row.kind,
            lead=row.lead,
            own_ct=row.own_ct,
            credit_ct=row.credit_ct,
            vat_recoverable=row.vat,
            **place,
        )
        if old is None:
            self._add_partner(row, values)
        else:
            self._change_partner(row, old, values)

    def take_package(self, row: PackageRow) -> None:
        """Add or change a work package; one is known by its number or its title."""
        old = self._package(row.key or "") or self._package(row.title)
        start, end = (self._period(row.at, name, row) for name in ("first", "last"))
        values = {
            "title": row.title,
            "themes": row.themes or (old or {}).get("themes", ()),
            "start": start if row.first else (old or {}).get("start"),
            "end": end if row.last else (old or {}).get("end"),
        }
        if old is None:
            add_package(self.document, values)
            self.changes.append(Change("package", row.title, "new"))
            return
        before = deepcopy(old)
        change_package(self.document, old["id"], values)
        after = self._package(row.title)
        self.changes.append(Change("package", row.title, "same" if after == before else "changed"))

    def take_cost(self, row: CostRow) -> None:
        """Add a cost, split over its quarters."""
        partner = _named(self.document["partners"], "name", row.partner) or _named(
            self.document["partners"], "id", row.partner
        )
        package = self._package(row.package) if row.package else self._only_package()
        start, end = self._period(row.at, "first", row), self._period(row.at, "last", row)
        self._check_known(row, partner, package)
        if row.place and vintage_of(row.place, self.territory) is None:
            self._unknown_code(row.at, "place", row.place)
        if partner is None or package is None or start is None or end is None:
            return
        if len(self.document["lines"]) + end - start >= MOST_LINES:
            self._note(row.at, "case_sheets.too_many_lines", "amount", expected=str(MOST_LINES))
            return
        add_cost(self.document, self._cost(row, partner, package, (start, end)))

    def _cost(
        self, row: CostRow, partner: Item, package: Item, span: tuple[int, int]
    ) -> dict[str, Any]:
        conversion = _conversion(row)
        amount = in_euro(row.amount_ct, conversion.rate) if conversion else row.amount_ct
        size = undertaking_of(self.document, partner)["size"]
        return {
            "partner": partner["id"],
            "wp": package["id"],
            "category": row.category,
            "start": span[0],
            "end": span[1],
            "cost_ct": amount,
            "economic": size != "none" if row.economic is None else row.economic,
            "article": row.article,
            "place": row.place,
            "outside": bool(row.outside),
            "converted": conversion,
        }

    def _add_partner(self, row: PartnerRow, values: dict[str, Any]) -> None:
        kind = row.kind or "other"
        size = row.size or _USUAL_SIZES.get(kind, "none")
        key = add_partner(self.document, {**values, "kind": kind}, size=size)
        if row.kind is None or row.size is None:
            self.assumed.append(key)
        self.changes.append(Change("partner", row.name, "new"))

    def _change_partner(self, row: PartnerRow, old: Item, values: dict[str, Any]) -> None:
        before = (deepcopy(old), undertaking_of(self.document, old)["size"])
        change_partner(self.document, old["id"], values, size=row.size)
        new = _named(self.document["partners"], "id", old["id"])
        after = (new, undertaking_of(self.document, old)["size"])
        what: What = "same" if after == before else "changed"
        self.changes.append(Change("partner", row.name, what))

    def _place(self, row: PartnerRow) -> dict[str, Any] | None:
        """Return code, vintage and state of a partner; {} if none is written, None if unknown."""
        code = row.nuts or row.country
        if code is None:
            return {}
        vintage = vintage_of(code, self.territory)
        if vintage is None:
            self._unknown_code(row.at, "nuts" if row.nuts else "country", code)
            return None
        country = row.country or code[:2]
        if code[:2] != country:
            self._note(row.at, "case_sheets.other_country", "nuts", found=code, expected=country)
            return None
        return {"nuts": code, "vintage": vintage, "country": country}

    def _unknown_code(self, at: At, name: str, code: str) -> None:
        likest = nearest(code, self.territory.codes.get(CURRENT_VINTAGE, ()))
        self._note(at, "case_sheets.unknown_nuts", name, found=code, expected=likest or "–")

    def _package(self, words: str) -> Item | None:
        packages = self.document["work_packages"]
        return _named(packages, "id", words) or _named(packages, "title", words)

    def _only_package(self) -> Item | None:
        packages = self.document["work_packages"]
        return packages[0] if len(packages) == 1 else None

    def _check_known(self, row: CostRow, partner: Item | None, package: Item | None) -> None:
        if partner is None:
            names = [one["name"] for one in self.document["partners"]]
            likest = nearest(row.partner, names)
            self._note(
                row.at,
                "case_sheets.unknown_partner",
                "partner",
                found=row.partner,
                expected=likest or "–",
            )
        if package is None:
            titles = [one["title"] for one in self.document["work_packages"]]
            self._note(
                row.at,
                "case_sheets.unknown_package" if row.package else "case_sheets.no_package",
                "package",
                found=row.package or "–",
                expected=", ".join(titles[:5]) or "–",
            )

    def _period(self, at: At, name: str, row: CostRow | PackageRow) -> int | None:
        day: date | None = getattr(row, name)
        if day is None:
            return None
        periods = periods_of(self.document)
        found = periods.holding(day)
        if found is None:
            first, last = periods.first_day(0), periods.last_day(periods.count - 1)
            expected = f"{first.isoformat()} … {last.isoformat()}"
            is_start_alone = name == "last" and getattr(row, "first", None) == day
            if not is_start_alone:
                self._note(
                    at, "case_sheets.outside_time", name, found=day.isoformat(), expected=expected
                )
        return found

    def _note(
        self,
        at: At,
        code: str,
        name: str,
        *,
        found: str | None = None,
        expected: str | None = None,
    ) -> None:
        letter, head = self.sheets.columns.get(at.sheet, {}).get(name, (None, None))
        where = Where(file=self.file, sheet=at.sheet, line=at.line, column=letter, field=head)
        self.errors.append(RecordError(code, where=where, found=found, expected=expected))


def _empty_costs(document: Document) -> None:
    document["lines"] = []
    document["wishes"] = [wish for wish in document["wishes"] if not wish.get("line")]


def _conversion(row: CostRow) -> Conversion | None:
    if row.currency != "CHF" or row.rate is None or row.rate_on is None:
        return None
    return Conversion("CHF", row.amount_ct, row.rate, row.rate_on)


def _named(items: Sequence[Item], name: str, words: str) -> Item | None:
    wanted = plain_word(words)
    return next((item for item in items if plain_word(str(item.get(name, ""))) == wanted), None)


def _written(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}

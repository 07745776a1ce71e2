"""What holds across borders: values by region, a stated rule, nothing of small regions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from alpclusters.analysis.consensus import Description, Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.denominators import common_denominators
from alpclusters.analysis.ranking import Ranking, TooLargeError, rank_measures, rating_columns
from alpclusters.analysis.ranking.posterior import RegionValues
from alpclusters.reports.evaluation.results import CommonGround
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.heads import REGION
from alpclusters.sources.tables import RatingTable

THRESHOLD: Final = 3.5
SCALE: Final = (1.0, 2.0, 3.0, 4.0, 5.0)  # the only one the threshold is meant for
MIN_COUNTRIES: Final = 2
MIN_REGIONS: Final = 3
TOLD: Final = ("no_ratings", "one_region", "too_few_in_regions")
_CODE: Final = re.compile(r"([A-Z]{2})[0-9A-Z]{0,3}")  # as of NUTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Region of each participant, and what a column says about countries."""

    regions: Mapping[str, str | None]
    countries: Mapping[str, str] | None
    split: str

    @classmethod
    def of(cls, table: RatingTable) -> Self | None:
        """Return the places of a table; None without regions."""
        if not any(table.regions.values()):
            return None
        split = next((name for name in table.groups if normalised(name) in REGION), "")
        return cls(regions=table.regions, countries=table.countries, split=split)

    def common_ground(self, table: Ratings, description: Description) -> CommonGround:
        """Look for common denominators of one criterion, or say why there are none."""
        named = {name for name in self.regions.values() if name}
        countries = self._countries(named)
        if table.scale != SCALE:
            return CommonGround(reasons=("threshold_unknown",), n_regions=len(named))
        if countries is None:
            return CommonGround(reasons=("countries_unknown",), n_regions=len(named))
        ranking, why = self._ranking(table)
        if ranking is None or ranking.regions is None:
            return CommonGround(reasons=why, n_regions=len(named))
        return self._judged(ranking, ranking.regions, description, countries)

    def _countries(self, named: set[str]) -> dict[Id, Id] | None:
        """Return the country of each region; None if one is not known."""
        if self.countries is not None:
            found: dict[Id, Id] = {name: self.countries.get(name, "") for name in named}
        else:
            codes = {name: _CODE.fullmatch(name) for name in named}
            found = {name: code.group(1) if code else "" for name, code in codes.items()}
        return found if all(found.values()) else None

    def _ranking(self, table: Ratings) -> tuple[Ranking | None, tuple[str, ...]]:
        columns = rating_columns(table)
        region = {str(who): self.regions.get(str(who)) for who in table.rater_ids}
        try:
            found = rank_measures(*columns, scale=table.scale, region=region)
        except TooLargeError:
            return None, ("too_large",)
        told = tuple(reason for reason in found.reasons if reason in TOLD)
        return found, told or ("too_few",)

    def _judged(
        self,
        ranking: Ranking,
        values: RegionValues,
        description: Description,
        countries: Mapping[Id, Id],
    ) -> CommonGround:
        pairs = zip(values.regions, values.is_estimated.tolist(), strict=True)
        known: dict[Id, Id] = {name: countries[name] for name, is_known in pairs if is_known}
        if len(set(known.values())) < MIN_COUNTRIES:
            return CommonGround(
                reasons=("one_country",), regions=known, n_regions=len(values.regions)
            )
        found = common_denominators(
            values.draws(),
            regions=values.regions,
            countries=[countries[name] for name in values.regions],
            threshold=THRESHOLD,
            min_countries=MIN_COUNTRIES,
            min_regions=min(MIN_REGIONS, len(known)),
            measures=[item.measure for item in ranking.measures],
        )
        return CommonGround(
            found=found,
            regions=known,
            n_regions=len(values.regions),
            cells=self._cells(description, frozenset(known)),
        )

    def _cells(self, description: Description, known: frozenset[Id]) -> dict[Id, frozenset[Id]]:
        """Return per item the regions whose cell is shown in the table by group."""
        return {
            item.measure: frozenset(
                cell.group
                for cell in item.splits.get(self.split, ())
                if cell.state == "shown" and cell.group is not None and cell.group in known
            )
            for item in description.measures
        }

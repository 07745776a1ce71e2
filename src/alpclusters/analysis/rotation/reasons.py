"""Why a plan is as it is: codes and numbers, phrased elsewhere in the reader's language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; ``values`` are the numbers its sentence names.

    Codes: ``more_rounds_than_tables``, ``more_guests_than_words``, ``order_six_impossible``,
    ``order_six_unknown``, ``no_balanced_doubling``, ``search_ended``, ``pins``, ``apart``,
    ``languages``, ``stayers``, ``fixed_groups``, ``returns_to_first``, ``changed``,
    ``table_closed``.
    """

    code: str
    values: tuple[tuple[str, int], ...] = ()

    def as_record(self) -> dict[str, str | int]:
        """Return the reason as a plain mapping for JSON."""
        return {"code": self.code, **dict(self.values)}


@dataclass(frozen=True, slots=True)
class Advice:
    """Something the facilitator may change; never done by itself.

    Codes: ``few_guests`` (six or fewer: one table, no rotation), ``empty_tables`` (with the
    number of tables to take), ``fewer_tables`` (a number at which no pair meets twice),
    ``small_tables``, ``large_tables`` (with how many seats).
    """

    code: str
    values: tuple[tuple[str, int], ...] = ()

    def as_record(self) -> dict[str, str | int]:
        """Return the advice as a plain mapping for JSON."""
        return {"code": self.code, **dict(self.values)}

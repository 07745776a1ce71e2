"""Wishes that contradict each other or cannot be met."""

from alpclusters.analysis.errors import AnalysisError


class PinConflict(AnalysisError):  # noqa: N818 - the name is part of the interface
    """Two pins exclude each other; ``found`` names guests, round and table."""


class ApartInfeasible(AnalysisError):  # noqa: N818 - the name is part of the interface
    """Guests who must never share a table are too many; ``found`` names them."""

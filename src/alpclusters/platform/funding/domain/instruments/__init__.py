"""How funding is given, and the phase that it serves."""

from alpclusters.platform.funding.domain.instruments.kinds import (
    INSTRUMENTS,
    PHASE_OF,
    find_instrument,
    instrument_label,
    phase_label,
)

__all__ = ("INSTRUMENTS", "PHASE_OF", "find_instrument", "instrument_label", "phase_label")

"""Whether a sentence holds, and if not, why."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the result says of a sentence.

    Attributes
    ----------
    reason : str
        Code of why it does not hold; empty where it does.
    expected : str
        What the result gives instead, for people who mend it.
    """

    reason: str = ""
    expected: str = ""

    @property
    def holds(self) -> bool:
        """Say whether the sentence may stand."""
        return not self.reason


HOLDS: Final = Verdict()


def refused(reason: str, *, expected: object = "") -> Verdict:
    """Return that a sentence does not hold, with the reason.

    Parameters
    ----------
    reason : str
        Code.
    expected : object
        What the result gives instead; written as text.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> refused("claim.direction", expected="higher").holds
    False
    """
    return Verdict(reason, str(expected))

"""How well texts are found: what was measured, in one place for pages, documentation and tests.

Two sets of simulated texts in five languages, 15 fields each: the project's development data
("shared") and our own ("own", tests/platform/network/vectors). `test_quality` measures each
figure again.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Found:
    """How many questions had a text of the same field in the first place, of how many.

    The five languages of one field are no independent questions: an interval from n is too
    narrow.
    """

    n_first: int
    n: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.n_first / self.n

    def __add__(self, other: "Found") -> "Found":
        return Found(self.n_first + other.n_first, self.n + other.n)


@dataclass(frozen=True, slots=True)
class Quality:
    """One encoder on one set of texts.

    Attributes
    ----------
    profiles, needs : Found
        Among the profiles of all four other languages together.
    profile_pairs, need_pairs : Found
        Among those of one other language, each in turn.
    """

    profiles: Found
    profile_pairs: Found
    needs: Found
    need_pairs: Found


MODEL: Final = {
    "shared": Quality(Found(75, 75), Found(300, 300), Found(69, 75), Found(263, 300)),
    "own": Quality(Found(75, 75), Found(299, 300), Found(63, 75), Found(219, 300)),
}
LETTERS: Final = {
    "shared": Quality(Found(74, 75), Found(266, 300), Found(16, 75), Found(35, 300)),
    "own": Quality(Found(71, 75), Found(247, 300), Found(4, 75), Found(24, 300)),
}
# Needs before there are ten of a language: with the reference needs, and without them.
FEW_NEEDS: Final = {"shared": Found(62, 75), "own": Found(53, 75)}
FEW_NEEDS_POOLED: Final = {"shared": Found(51, 75), "own": Found(41, 75)}


def needs_found(*, has_model: bool) -> Found:
    """Return what a page states: needs of both sets whose field was found first."""
    measured = MODEL if has_model else LETTERS
    return measured["shared"].needs + measured["own"].needs

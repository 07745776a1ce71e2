"""Which encoder this machine gets, and what the pages say about it."""

from dataclasses import dataclass
from pathlib import Path

from alpclusters.platform.network.domain.vectors.encoding import ChildE5
from alpclusters.platform.network.domain.vectors.fallback import Letters
from alpclusters.platform.network.domain.vectors.model import E5, Encoder
from alpclusters.platform.network.domain.vectors.probing import Verdict, probe_model


@dataclass(frozen=True, slots=True)
class Choice:
    """The encoders of this machine.

    Attributes
    ----------
    verdict : Verdict
        Whether the model runs, and why not.
    for_many : Encoder
        Of a background task: each batch in a process of its own.
    for_one : Encoder
        Of a question that somebody waits for: in this process.
    """

    verdict: Verdict
    for_many: Encoder
    for_one: Encoder

    @property
    def has_model(self) -> bool:
        """Say whether meaning is compared; else only words are."""
        return self.verdict.runs


def choose_encoder(folder: Path) -> Choice:
    """Choose the model where it runs, else letters.

    Parameters
    ----------
    folder : Path
        Where the verdict of the probe lies, such as ``caches/`` of the data directory.
    """
    verdict = probe_model(folder)
    if not verdict.runs:
        return Choice(verdict, Letters(), Letters())
    return Choice(verdict, ChildE5(), E5())

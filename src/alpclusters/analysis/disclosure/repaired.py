"""What a repair is asked and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from alpclusters.analysis.disclosure.partitions import Group, Partition, Tree
from alpclusters.analysis.disclosure.publishing import BlockForm
from alpclusters.analysis.disclosure.results import Audit
from alpclusters.analysis.disclosure.statements import People, Public, Register

type ReasonCode = Literal["merged", "crossed", "dropped", "alike", "late", "passed"]
type StepCode = Literal["cells", "audit", "held", "chosen", "totals", "nothing"]


@dataclass(frozen=True, slots=True)
class Split:
    """A property of people by which figures could be shown, such as role or region.

    Attributes
    ----------
    name : str
    codes : tuple of str or None
        One per person; None: not stated.
    tree : Tree
        What the codes belong to.
    """

    name: str
    codes: tuple[str | None, ...]
    tree: Tree


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """A split as it is shown.

    Attributes
    ----------
    name : str
    partition : Partition
    people : tuple of frozenset of int
        Those of each group, in the order of ``partition.groups``.
    """

    name: str
    partition: Partition
    people: tuple[People, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups."""
        return self.partition.groups


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is shown in a coarser way; the sentence is made elsewhere.

    Attributes
    ----------
    code : {"merged", "crossed", "dropped", "alike", "late", "passed"}
    parameters : mapping of str to object
        ``merged``: split, n_codes, n_small, groups (codes and people of each);
        ``crossed``: split, n_groups; ``dropped``: split, largest (code), n_others;
        ``alike``: block, part, form; ``late``: n; ``passed``: n (answers).
    """

    code: ReasonCode
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """What the search did: pairs it passed over, and each that it audited.

    Attributes
    ----------
    code : {"cells", "audit", "held", "chosen", "totals", "nothing"}
        Passed over because of cells that are too small; refused by the audit; single questions
        shown more coarsely; chosen; totals only; not even these.
    n_groups : tuple of int
        Groups of each split.
    n : int
        ``cells``: how many were passed over; ``audit``: how many disclosures it found;
        ``held``: how many questions.
    """

    code: StepCode
    n_groups: tuple[int, ...]
    n: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """What may be released; files are written only from this.

    Attributes
    ----------
    everyone : frozenset of int
        The people in the figures: those who answered, without late ones who are too few.
    splits : tuple of ShownSplit
    forms : tuple of BlockForm
    released : tuple of Statement or Mark
        What the release says.
    register : Register
        The same with everything released earlier.
    steps : tuple of Step
    reasons : tuple of Reason
    loss : float
        Bits less than the best partitions tell apart.
    bits : float
        Bits that the chosen partitions tell apart.
    bits_stated : float
        Bits that the stated codes tell apart.
    audit : Audit
        Of the register.
    before : Audit or None
        Of what was public earlier; what it finds cannot be taken back.
    """

    everyone: People
    splits: tuple[ShownSplit, ...]
    forms: tuple[BlockForm, ...]
    released: tuple[Public, ...] = field(repr=False)
    register: Register = field(repr=False)
    steps: tuple[Step, ...]
    reasons: tuple[Reason, ...]
    loss: float
    bits: float
    bits_stated: float
    audit: Audit
    before: Audit | None

    @property
    def is_safe(self) -> bool:
        """Whether the release makes nothing certain that was not before."""
        known = self.before.told if self.before else frozenset()
        return all(one.told <= known for one in self.audit.found)

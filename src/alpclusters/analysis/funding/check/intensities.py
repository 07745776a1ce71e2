"""How much of a cost may be aid, by article, size and bonus: the checker's own reckoning."""

from typing import Final

from alpclusters.analysis.funding.case.money import FULL_BP
from alpclusters.analysis.funding.case.records import Line, Partner, Size
from alpclusters.analysis.funding.rulebooks.records import Rule

# Art. 25(6): beside the bonus for size at most one of (b) collaboration, dissemination, licences or
# an "a" area, (c) a "c" area, (d) a joint call of three States. Art. 27(6): one area.
_SITUATIONS: Final = (
    *("collaboration", "dissemination", "licences", "a_area"),
    "c_area",
    "joint_call",
)
_ONE_OF: Final = (_SITUATIONS, ("disadvantaged",), ("cross_border",), ("sme_capacity",))


def figure(rule: Rule, name: str, otherwise: int = 0) -> int:
    """Return a whole number among the parameters of a rule."""
    return int(rule.params.get(name, otherwise))


def words(rule: Rule, name: str) -> tuple[str, ...]:
    """Return the words of a parameter like ``CH|LI``."""
    told = str(rule.params.get(name, ""))
    return tuple(told.split("|")) if told else ()


def intensity_bp(rule: Rule, line: Line, partner: Partner, size: Size) -> int | None:
    """Return the highest aid intensity of an article for a cost; None: not for this size.

    Reg. 651/2014 Art. 17 to 31: a base rate by the size of the undertaking (Annex I), or by the
    kind of the body where the article is for innovation clusters, and bonuses up to a maximum.
    """
    base = _base(rule, partner, size)
    if base is None:
        return None
    raised = base + figure(rule, f"bonus_{size}_bp") + sum(_bonus(rule, line, g) for g in _ONE_OF)
    return min(raised, figure(rule, "max_bp", FULL_BP), FULL_BP)


def is_exempt(rule: Rule, partner: Partner) -> bool:
    """Say whether money under an article is no aid to bodies of this kind."""
    return partner.kind in words(rule, "exempt_kinds")


def intensity_names(rule: Rule, line: Line, partner: Partner, size: Size) -> tuple[str, ...]:
    """Return the names of the parameters that the intensity of a cost rests on."""
    raised = (name for name in line.bonuses if figure(rule, f"bonus_{name}_bp"))
    used = (*(f"bonus_{name}_bp" for name in raised), f"bonus_{size}_bp")
    return (base_name(rule, partner, size), *used)


def base_name(rule: Rule, partner: Partner, size: Size) -> str:
    """Return the name of the parameter that holds the base rate."""
    is_cluster = partner.kind == "cluster" and "cluster_bp" in rule.params
    return "cluster_bp" if is_cluster else f"{size}_bp"


def _base(rule: Rule, partner: Partner, size: Size) -> int | None:
    name = base_name(rule, partner, size)
    return figure(rule, name) if name in rule.params else None


def _bonus(rule: Rule, line: Line, names: tuple[str, ...]) -> int:
    return max(figure(rule, f"bonus_{name}_bp") if name in line.bonuses else 0 for name in names)

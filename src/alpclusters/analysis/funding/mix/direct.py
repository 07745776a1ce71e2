"""The small way: the strong form, solved by branch and bound to the end."""

from collections.abc import Sequence

from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.solver import Answer, solve_model


def solve_directly(
    model: Model, *, seed: int, gap: float = 1e-6, nodes: int | None = None
) -> Answer:
    """Solve the strong form by branch and bound."""
    options: dict[str, float | int] = {"mip_rel_gap": gap, "random_seed": seed, "mip_abs_gap": 0.01}
    if nodes is not None:
        options["mip_max_nodes"] = nodes
    return solve_model(model, options=options)


__all__: Sequence[str] = ["solve_directly"]

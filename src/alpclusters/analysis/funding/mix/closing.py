"""A better bound once a mix is known: cuts and a few nodes of the whole model, from that mix on.

The search for the mix is over then. Its value lets the solver leave out what cannot be better, so
cuts go further than before; what they find is used for the bound alone, never for the search.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.cuts import Cut, with_cuts
from alpclusters.analysis.funding.mix.efforts import Effort
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.parting import DUAL_TOLERANCE, NO_SEARCH
from alpclusters.analysis.funding.mix.solver import solve_model

# With one node nearly all of the work is the first linear program, which is big then.
BIG: Final = {"mip_lp_solver": "ipm"}
BETTER: Final = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """A bound in euro, a mix at least as good as the one before, and the work."""

    bound: float
    mix: FloatArray
    work: int


def close_gap(
    model: Model,
    mix: FloatArray,
    effort: Effort,
    *,
    covers: Sequence[Cut] = (),
    seed: int,
    go_on: Callable[[], bool] | None = None,
) -> Closed:
    """Make the bound of a mix better by cuts and few nodes of the whole strong form.

    Parameters
    ----------
    model : Model
        The strong form, without any tightening.
    mix : array of shape (n_columns,)
        No mix of the model is worth more than the bound, this one included.
    effort : Effort
    covers : sequence of Cut
        Rows the model implies.
    seed : int
    go_on : callable, optional
        Asked on the way; where it says no, the bound so far is the answer.
    """
    options = {
        **NO_SEARCH,
        **(BIG if effort.closing_nodes == 1 else {}),
        "mip_rel_gap": effort.closing_gap,
        "mip_abs_gap": 0.01,
        "mip_max_nodes": effort.closing_nodes,
        "random_seed": seed,
    }
    answer = solve_model(with_cuts(model, covers), start=mix, options=options, go_on=go_on)
    value = float(model.cost @ mix)
    if answer.values is None:
        return Closed(float("inf"), mix, answer.work)
    found = float(model.cost @ answer.values)
    best = answer.values if found > value + BETTER else mix
    safe = answer.bound + DUAL_TOLERANCE * float(model.upper.sum())
    return Closed(max(safe, found, value), best, answer.work)

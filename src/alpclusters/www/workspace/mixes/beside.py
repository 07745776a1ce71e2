"""What a mix has not beside it because the case is large."""

from alpclusters.platform.funding.domain.mixing.extras import LeftOut, left_out
from alpclusters.platform.funding.models import MixRun
from alpclusters.www.workspace.mixes.access import Shown


def left_out_of(shown: Shown) -> LeftOut | None:
    """Say what was not searched beside a best mix; None if nothing, or if it is another mix."""
    if shown.run.kind != MixRun.Kind.BEST or shown.mix["status"] in {"infeasible", "cancelled"}:
        return None
    found = left_out(shown.case, shown.mix)
    return found if found.is_something else None

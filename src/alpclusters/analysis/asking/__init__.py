"""Which measures to ask a person about next, and when the best few are known well enough."""

from alpclusters.analysis.asking.choosing import Choice, TopDoubt, next_measures, top_doubt
from alpclusters.analysis.asking.estimating import AskingState, asking_state

__all__ = ["AskingState", "Choice", "TopDoubt", "asking_state", "next_measures", "top_doubt"]

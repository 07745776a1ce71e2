"""How certain lessons are: computed again after every change, set otherwise with a reason."""

from alpclusters.platform.evidence.domain.grading.regrading import regrade
from alpclusters.platform.evidence.domain.grading.showing import (
    ShownGrade,
    clear_own_grade,
    set_own_grade,
    shown_grade,
)

__all__ = ["ShownGrade", "clear_own_grade", "regrade", "set_own_grade", "shown_grade"]

"""Members that have two names: the one of the records and the one of the method's paper."""

from typing import Final

from alpclusters.analysis.funding.case_files.faults import Faults
from alpclusters.analysis.funding.case_files.parts import Part, parts

BOTH: Final = (("work_packages", "themes", "theme"), ("offers", "articles", "article"))


def check_names(data: Part, faults: Faults) -> None:
    """Note parts that use both names, as they may say two things."""
    for kind, name, other in BOTH:
        for at, part in parts(data, kind):
            if name in part and other in part:
                faults.add((*at, other), "unwanted_field", field=other, kind=name)

"""What the page of an AlpCafé offers to take away once results are public."""

from dataclasses import dataclass

from alpclusters.platform.cafe.models import AlpCafe, Protocol
from alpclusters.platform.evaluation.domain.open_data import is_released
from alpclusters.platform.evaluation.domain.protocols import public_version


@dataclass(frozen=True)
class PaperLinks:
    """The approved protocol, and whether cards and data are public."""

    protocol: Protocol | None
    has_data: bool

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to take away."""
        return self.protocol is None and not self.has_data


def paper_links(cafe: AlpCafe) -> PaperLinks:
    """Ask what of an AlpCafé is public; of an open one nothing is."""
    if not cafe.is_closed:
        return PaperLinks(None, has_data=False)
    return PaperLinks(public_version(cafe), has_data=is_released(cafe))

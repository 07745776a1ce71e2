"""What two profiles share, so that one sees whom to ask: sectors, technologies, ecosystem."""

from dataclasses import dataclass

from alpclusters.platform.actors.domain.ecosystems import ecosystem_label
from alpclusters.platform.actors.domain.sectors import sector_name
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation


@dataclass(frozen=True, slots=True)
class Shared:
    """What both profiles name: divisions of NACE, technologies, the ecosystem."""

    sectors: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    ecosystem: str = ""

    @property
    def n(self) -> int:
        """How many they are."""
        return len(self.sectors) + len(self.technologies) + bool(self.ecosystem)

    def names(self, language: str) -> list[str]:
        """Name them."""
        found = [sector_name(code, language) for code in self.sectors]
        found += [technology_label(code, language) for code in self.technologies]
        return found + ([ecosystem_label(self.ecosystem, language)] if self.ecosystem else [])


def shared_with(one: Organisation, other: Organisation) -> Shared:
    """Return what two organisations have in common; nothing where one has no profile."""
    mine, theirs = _profile(one), _profile(other)
    if mine is None or theirs is None:
        return Shared()
    is_same = mine.ecosystem and mine.ecosystem == theirs.ecosystem
    return Shared(
        tuple(code for code in _divisions(mine) if code in _divisions(theirs)),
        tuple(code for code in mine.technologies if code in theirs.technologies),
        mine.ecosystem if is_same else "",
    )


def _divisions(profile: ClusterOrganisation) -> list[str]:
    """Return the divisions of the sectors, each once; a section stands for itself."""
    return list(dict.fromkeys(code[:2] for code in profile.sectors))


def _profile(organisation: Organisation) -> ClusterOrganisation | None:
    return getattr(organisation, "cluster", None)

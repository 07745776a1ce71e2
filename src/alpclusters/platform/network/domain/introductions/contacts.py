"""Who speaks with whom: the two people of an introduction, and who is asked in their place."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.actors.rules import deciders_of
from alpclusters.platform.network.models import Introduction
from alpclusters.platform.network.rules import speakers_of


@dataclass(frozen=True, slots=True)
class Readers:
    """Who gets a letter for one side.

    Attributes
    ----------
    people : sequence of User
        Its speakers; where nobody speaks for it, the coordinators of its region.
    pass_on : bool
        Whether they are coordinators who shall pass it on.
    """

    people: Sequence[User]
    pass_on: bool


def readers_of(organisation: Organisation) -> Readers:
    """Return who is written to for an organisation."""
    speakers = list(speakers_of(organisation))
    if speakers:
        return Readers(speakers, pass_on=False)
    return Readers(deciders_of(organisation), pass_on=True)


def contact_of(introduction: Introduction, organisation: Organisation) -> User | None:
    """Return the one person of a side whose name and address the other side may see.

    Only who asked and who agreed consented to that; nobody before the introduction is accepted,
    and nobody whose account is closed.
    """
    if introduction.state != Introduction.State.ACCEPTED:
        return None
    is_asking = organisation.pk == introduction.asking_id
    person = introduction.asked_by if is_asking else introduction.decided_by
    return person if person is not None and person.is_active else None


def other_side(introduction: Introduction, organisation: Organisation) -> Organisation:
    """Return the organisation at the other end."""
    is_asking = organisation.pk == introduction.asking_id
    return introduction.asked if is_asking else introduction.asking

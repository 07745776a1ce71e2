"""What an installation answers for: the body that runs it."""

from alpclusters.platform.trust.models.bodies import ResponsibleBody

__all__ = ["ResponsibleBody"]

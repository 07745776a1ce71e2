"""What an installation answers for: the body that runs it, the log of what happened."""

from alpclusters.platform.trust.models.bodies import ResponsibleBody
from alpclusters.platform.trust.models.certificates import ErasureCertificate
from alpclusters.platform.trust.models.events import SecurityEvent

__all__ = ["ErasureCertificate", "ResponsibleBody", "SecurityEvent"]

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import keep_history

keep_history(Organisation)

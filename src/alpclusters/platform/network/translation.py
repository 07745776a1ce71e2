from alpclusters.platform.history import keep_history
from alpclusters.platform.network.models import Introduction, Link, Posting

keep_history(Link)
keep_history(Posting)
keep_history(Introduction)

"""The five people every right is asked for: owner, colleague, neighbour, stranger, visitor."""

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.models import AlpCafe
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project, make_region

FIVE = ("owner", "colleague", "neighbour", "stranger", "visitor")


def person(who: str, cafe: AlpCafe, role: Role = Role.FACILITATOR):
    """Build one of the five people as seen from an AlpCafé; the visitor is None."""
    project = cafe.project
    match who:
        case "owner":
            return make_user_with(role, project=project, region=cafe.region)
        case "colleague":
            return make_user_with(Role.PARTNER_COORDINATOR, project=project)
        case "neighbour":
            return make_user_with(role, project=project, region=make_region("SI03"))
        case "stranger":
            return make_user_with(role, project=make_project())
    return None


def sign_in(client, who: str, cafe: AlpCafe, role: Role = Role.FACILITATOR):
    """Sign one of the five people in; the visitor stays outside."""
    found = person(who, cafe, role)
    if found is not None:
        client.force_login(found)
    return client

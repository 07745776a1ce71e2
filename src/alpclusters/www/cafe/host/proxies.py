"""A host types for a guest of the table who has no phone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alpclusters.www.cafe.host.access import Host, for_hosts
from alpclusters.www.cafe.proxying import Place, proxy_page


@require_http_methods(["GET", "HEAD", "POST"])
@for_hosts
def proxy(request: HttpRequest, host: Host) -> HttpResponse:
    """Ask for the answers of one person at the table."""
    return proxy_page(request, host.cafe, Place("cafe/host/proxy.html", {"table": host.table}))

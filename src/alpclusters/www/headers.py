"""Response headers that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alpclusters.platform.stack import with_room

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class HeadersMiddleware:
    """Deny devices, keep pages of signed-in people and participants out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        # From here on one function calls the next: a page is drawn a hundred frames deeper.
        self.get_response = with_room(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what the answer lacks."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", _cache_control(request))
        return response


def _cache_control(request: HttpRequest) -> str:
    is_personal = getattr(request, "user", None) is not None and request.user.is_authenticated
    return "no-store" if is_personal or request.path.startswith("/cafe/") else "no-cache"

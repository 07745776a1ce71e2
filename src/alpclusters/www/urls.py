"""All addresses: public pages and workspace under a language, phones and services without one."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from alpclusters.www import service

urlpatterns = [
    path("", service.to_own_language, name="root"),
    path("healthz", service.healthz, name="healthz"),
    path("robots.txt", service.robots, name="robots"),
    path("cafe/", include("alpclusters.www.cafe.urls", namespace="cafe")),
    *i18n_patterns(
        # Two words are read faster than two hundred patterns, so the public pages come last.
        path("workspace/", include("alpclusters.www.workspace.urls", namespace="workspace")),
        path("account/", include("alpclusters.www.account.urls")),
        path("", include("alpclusters.www.public.urls", namespace="public")),
    ),
]
if settings.COMPONENTS_PAGE:
    urlpatterns += i18n_patterns(
        path("components/", include("alpclusters.www.components.examples", namespace="components"))
    )

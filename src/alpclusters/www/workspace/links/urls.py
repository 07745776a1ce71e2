from django.urls import path

from alpclusters.www.workspace.links import entering, link_page
from alpclusters.www.workspace.links import entering as alive

urlpatterns = [
    path("links/", link_page.links, name="links"),
    path("links/region/", link_page.links_of_region, name="links-region"),
    path("links/new/", entering.link_new, name="link-new"),
    path("links/alive/<str:token>/", alive.link_alive, name="link-alive"),
    path("links/<int:pk>/", link_page.link, name="link"),
    path("links/<int:pk>/edit/", entering.link_edit, name="link-edit"),
    path("links/<int:pk>/decide/", link_page.link_decide, name="link-decide"),
    path("links/<int:pk>/report/", link_page.link_report, name="link-report"),
]

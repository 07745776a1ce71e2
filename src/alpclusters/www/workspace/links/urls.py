from django.urls import path

from alpclusters.www.workspace.links import alive, entering, lists, page

urlpatterns = [
    path("links/", lists.links, name="links"),
    path("links/region/", lists.links_of_region, name="links-region"),
    path("links/new/", entering.link_new, name="link-new"),
    path("links/alive/<str:token>/", alive.link_alive, name="link-alive"),
    path("links/<int:pk>/", page.link, name="link"),
    path("links/<int:pk>/edit/", entering.link_edit, name="link-edit"),
    path("links/<int:pk>/decide/", page.link_decide, name="link-decide"),
    path("links/<int:pk>/report/", page.link_report, name="link-report"),
]

from django.urls import path

from alpclusters.www.public.organisations import logos, views

urlpatterns = [
    path("directory/organisations/<int:pk>/", views.organisation, name="organisation"),
    path("directory/<slug:slug>/logo/<slug:name>.png", logos.cluster_logo, name="cluster-logo"),
    path("directory/<slug:slug>/", views.cluster_organisation, name="cluster-organisation"),
]

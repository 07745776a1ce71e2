from django.urls import path

from alpclusters.www.workspace.regions import views

urlpatterns = [path("regions/proposals/", views.region_proposals, name="region-proposals")]

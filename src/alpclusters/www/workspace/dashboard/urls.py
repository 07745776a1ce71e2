from django.urls import path

from alpclusters.www.workspace.dashboard import views

urlpatterns = [path("", views.dashboard, name="dashboard")]

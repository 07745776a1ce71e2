from django.urls import path

from alpclusters.www.workspace.imprint import views

urlpatterns = [path("imprint/", views.imprint_edit, name="imprint")]

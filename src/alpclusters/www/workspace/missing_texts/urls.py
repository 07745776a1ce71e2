from django.urls import path

from alpclusters.www.workspace.missing_texts import views

urlpatterns = [path("missing-texts/", views.missing_texts, name="missing-texts")]

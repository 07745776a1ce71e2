from django.urls import path

from alpclusters.www.public.evidence_data import views

urlpatterns = [
    path("evidence/data/", views.data, name="evidence-data"),
    path("evidence/data/archive.zip", views.archive, name="evidence-archive"),
    path("evidence/data/citation.<slug:kind>", views.citation, name="evidence-citation"),
]

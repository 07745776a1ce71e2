from django.urls import path

from alpclusters.www.public.synthesis import views

urlpatterns = [
    path("evidence/", views.evidence, name="evidence"),
    path("evidence/export.<slug:format>", views.export, name="evidence-export"),
    path("evidence/gaps/", views.gaps, name="evidence-gaps"),
]

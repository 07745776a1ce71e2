from django.urls import path

from alpclusters.www.public.codebook import views

urlpatterns = [
    path("evidence/codebook/", views.codebook, name="codebook"),
    path("evidence/codebook/export.<slug:format>", views.export, name="codebook-export"),
]

from django.urls import URLPattern, path

from alpclusters.www.public.endorsements import views

urlpatterns: list[URLPattern] = [
    path("endorse/<str:token>/", views.endorse, name="endorse"),
]

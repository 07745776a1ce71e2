from django.urls import URLPattern, path

from alpclusters.www.public.approaches import views

urlpatterns: list[URLPattern] = [
    path("approaches/", views.approaches, name="approaches"),
    path("approaches/<int:pk>/", views.approach, name="approach"),
]

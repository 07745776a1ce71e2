from django.urls import URLPattern, path

from alpclusters.www.workspace.research import views

urlpatterns: list[URLPattern] = [
    path("cafes/<int:pk>/data-requests/", views.data_requests, name="data_requests"),
    path("data-requests/<int:pk>/", views.data_request, name="data_request"),
]

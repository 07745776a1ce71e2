from django.urls import path

from alpclusters.www.public.cafes import views

urlpatterns = [
    path("cafes/", views.cafes, name="cafes"),
    path("cafes/<int:pk>/", views.cafe, name="cafe"),
]

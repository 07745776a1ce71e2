from django.urls import path

from alpclusters.www.public.map import views

urlpatterns = [
    path("directory/map/", views.directory_map, name="directory-map"),
    path("directory/map/shapes.json", views.shapes, name="directory-shapes"),
    path("directory/map/points.json", views.points, name="directory-points"),
]

from django.urls import URLPattern, path

from alpclusters.www.public.research import views

urlpatterns: list[URLPattern] = [
    path("cafes/<int:pk>/research-data/", views.cafe_research, name="cafe_research"),
    path("research-data/<str:token>/", views.research_data, name="research_data"),
    path("research-data/<str:token>/data.zip", views.research_file, name="research_file"),
]

from django.urls import path

from alpclusters.www.public.files import views

urlpatterns = [
    path("sources/<slug:key>/file/", views.source_file, name="source-file"),
    path("sources/<slug:key>/page-<int:number>.png", views.source_page, name="source-page"),
]

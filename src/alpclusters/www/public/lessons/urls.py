from django.urls import path

from alpclusters.www.public.lessons import views

urlpatterns = [
    path("lessons/", views.lessons, name="lessons"),
    path("lessons/export.<slug:kind>", views.export, name="lessons-export"),
    path("lessons/<slug:key>/", views.lesson, name="lesson"),
    path("lessons/<slug:key>/citation.<slug:kind>", views.citation, name="lesson-citation"),
]

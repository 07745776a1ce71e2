from django.urls import path

from alpclusters.www.workspace.persons import views

urlpatterns = [
    path("cafes/<int:pk>/about-people/", views.persons, name="cafe_persons"),
    path("cafes/<int:pk>/about-people/order/", views.order, name="cafe_persons_order"),
]

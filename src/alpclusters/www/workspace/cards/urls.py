from django.urls import path

from alpclusters.www.workspace.cards import views

urlpatterns = [
    path("cafes/<int:pk>/cards/", views.cards, name="cafe_cards"),
    path("cafes/<int:pk>/cards/order/", views.order, name="cafe_cards_order"),
]

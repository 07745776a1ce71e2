from django.urls import path

from alpclusters.www.cafe.host import entering, proxies, views

urlpatterns = [
    path("host/", entering.enter_page, name="host_enter_page"),
    path("host/enter/", entering.enter, name="host_enter"),
    path("host/<int:pk>/", views.page, name="host_page"),
    path("host/<int:pk>/order/", views.order, name="host_order"),
    path("host/<int:pk>/proxy/", proxies.proxy, name="host_proxy"),
]

from django.urls import path

from alpclusters.www.account.second_step import second_step_remove
from alpclusters.www.workspace.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.person_invite, name="person_invite"),
    path("people/roles/<int:pk>/withdraw/", views.role_withdraw, name="role_withdraw"),
    path("people/<int:pk>/second-step/", second_step_remove, name="second_step_remove"),
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/export/", views.my_data_export, name="my_data_export"),
    path("my-data/erase/", views.my_data_erase, name="my_data_erase"),
]

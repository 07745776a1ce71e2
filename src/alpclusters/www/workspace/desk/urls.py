from django.urls import path

from alpclusters.www.workspace.desk import views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/export/", views.desk_export, name="desk_export"),
    path("desk/erase/", views.desk_erase, name="desk_erase"),
    path("desk/block/", views.desk_block, name="desk_block"),
    path("desk/certificates/<int:pk>/", views.certificate, name="certificate"),
    path("desk/certificates/<int:pk>/pdf/", views.certificate_pdf, name="certificate_pdf"),
]

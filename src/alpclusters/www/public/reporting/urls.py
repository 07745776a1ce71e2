from django.urls import URLPattern, path

from alpclusters.www.public.reporting import views

urlpatterns: list[URLPattern] = [
    path("report/<str:token>/", views.report_by_mail, name="report-by-mail"),
]

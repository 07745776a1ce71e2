from django.urls import path

from alpclusters.www.workspace.security_log import views

urlpatterns = [path("security-log/", views.security_log, name="security_log")]

from django.urls import path

from alpclusters.www.public.rulebooks import views

urlpatterns = [path("funding/rules/", views.rules, name="funding_rules")]

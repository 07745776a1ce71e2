from django.urls import path

from alpclusters.www.public.legal import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("methods/", views.methods, name="methods"),
    path("privacy/", views.privacy, name="privacy"),
    path("imprint/", views.imprint, name="imprint"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("licences/", views.licences, name="licences"),
]

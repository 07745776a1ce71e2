from django.urls import path

from alpclusters.www.workspace.coding import desk, disagreements, sheet
from alpclusters.www.workspace.coding import desk as texts
from alpclusters.www.workspace.coding import disagreements as adjudication
from alpclusters.www.workspace.coding import sheet as similar

urlpatterns = [
    path("evidence/coding/", desk.coding, name="coding"),
    path("evidence/coding/<slug:key>/", desk.coding_initiative, name="coding-initiative"),
    path("evidence/coding/<slug:key>/<int:number>/", sheet.coding_activity, name="coding-activity"),
    path("evidence/coding/<slug:key>/<int:number>/edit/", texts.coding_texts, name="coding-texts"),
    path(
        "evidence/coding/<slug:key>/<int:number>/similar/",
        similar.coding_similar,
        name="coding-similar",
    ),
    path(
        "evidence/corpora/<slug:slug>/disagreements/",
        disagreements.disagreements,
        name="disagreements",
    ),
    path(
        "evidence/corpora/<slug:slug>/disagreements/<int:pk>/<str:field>/",
        adjudication.disagreement,
        name="disagreement",
    ),
]

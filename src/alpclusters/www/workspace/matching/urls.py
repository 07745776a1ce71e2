from django.urls import path

from alpclusters.www.workspace.matching import marks, run, start

urlpatterns = [
    path("partners/", start.partners, name="partners"),
    path("partners/posting/<int:pk>/", start.posting_partners, name="posting-partners"),
    path("partners/remembered/", marks.partner_marks, name="partner-marks"),
    path(
        "partners/mark/<int:organisation>/<int:other>/",
        marks.partner_mark,
        name="partner-mark",
    ),
    path("partners/exposure/", marks.match_exposure, name="match-exposure"),
    path("partners/runs/<int:pk>/", run.match_run, name="match-run"),
]

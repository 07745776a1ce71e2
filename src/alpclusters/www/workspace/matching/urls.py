from django.urls import path

from alpclusters.www.workspace.matching import exposure, marking, run, start

urlpatterns = [
    path("partners/", start.partners, name="partners"),
    path("partners/posting/<int:pk>/", start.posting_partners, name="posting-partners"),
    path("partners/remembered/", marking.partner_marks, name="partner-marks"),
    path(
        "partners/mark/<int:organisation>/<int:other>/",
        marking.partner_mark,
        name="partner-mark",
    ),
    path("partners/exposure/", exposure.match_exposure, name="match-exposure"),
    path("partners/runs/<int:pk>/", run.match_run, name="match-run"),
]

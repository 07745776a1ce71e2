from django.urls import URLPattern, path

from alpclusters.www.workspace.monitoring import interreg, reporting, rounds
from alpclusters.www.workspace.monitoring import interreg as solutions
from alpclusters.www.workspace.monitoring import reporting as keeping
from alpclusters.www.workspace.monitoring import rounds as overview

urlpatterns: list[URLPattern] = [
    path("plans/<int:pk>/monitoring/", overview.monitoring, name="monitoring"),
    path("plans/<int:pk>/monitoring/rounds/", rounds.round_new, name="monitoring-round-new"),
    path("monitoring/rounds/<int:pk>/", rounds.round_page, name="monitoring-round"),
    path("monitoring/rounds/<int:pk>/dates/", rounds.round_move, name="monitoring-round-dates"),
    path("monitoring/rounds/<int:pk>/close/", rounds.round_close, name="monitoring-round-close"),
    path("actions/<int:pk>/report/", reporting.action_report, name="action-report"),
    path("actions/<int:pk>/status/", reporting.action_override, name="action-status"),
    path("monitoring/overrides/<int:pk>/end/", reporting.override_end, name="override-end"),
    path("plans/<int:pk>/values/", reporting.plan_values, name="plan-values"),
    path("monitoring/values/<int:pk>/decide/", reporting.value_decide, name="value-decide"),
    path("plans/<int:pk>/snapshots/", keeping.snapshot_new, name="plan-snapshot-new"),
    path(
        "monitoring/snapshots/<int:pk>/correct/",
        keeping.snapshot_correct,
        name="plan-snapshot-correct",
    ),
    path("projects/<slug:slug>/interreg/", interreg.interreg, name="interreg"),
    path("projects/<slug:slug>/solutions/new/", solutions.solution_new, name="solution-new"),
    path("solutions/<int:pk>/", solutions.solution_edit, name="solution"),
]

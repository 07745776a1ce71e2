from django.urls import path

from alpclusters.www.workspace.schemes import designing, joint_calls, priorities
from alpclusters.www.workspace.schemes import designing as budgets
from alpclusters.www.workspace.schemes import designing as regional

urlpatterns = [
    path("schemes/", joint_calls.schemes, name="schemes"),
    path("schemes/new/", designing.scheme_new, name="scheme-new"),
    path("schemes/budgets/", budgets.budget_import, name="budget-import"),
    path("schemes/budgets/example.csv", budgets.budget_example, name="budget-example"),
    path("schemes/regional/new/", regional.regional_new, name="regional-scheme-new"),
    path("schemes/regional/<slug:key>/", regional.regional_edit, name="regional-scheme"),
    path("schemes/priorities/", priorities.priorities, name="priorities"),
    path("schemes/priorities/new/", priorities.priority_new, name="priority-new"),
    path("schemes/priorities/<slug:key>/", priorities.priority_edit, name="priority"),
    path("schemes/<int:pk>/", joint_calls.scheme, name="scheme"),
    path("schemes/<int:pk>/edit/", designing.scheme_edit, name="scheme-edit"),
    path("schemes/<int:pk>/delete/", designing.scheme_delete, name="scheme-delete"),
]

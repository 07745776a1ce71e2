from django.urls import URLPattern, path

from alpclusters.www.workspace.joint import choosing, files, results

_RUN = "funding/together/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("funding/together/", choosing.joint_cases, name="joint_cases"),
    path(_RUN, results.joint, name="joint"),
    path(f"{_RUN}progress/", results.joint_progress, name="joint_progress"),
    path(f"{_RUN}cancel/", results.joint_cancel, name="joint_cancel"),
    path(f"{_RUN}files/<str:name>", files.joint_file, name="joint_file"),
]

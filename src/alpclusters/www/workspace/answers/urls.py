from django.urls import path

from alpclusters.www.workspace.answers import papers, proxies

urlpatterns = [
    path("cafes/<int:pk>/proxy/", proxies.proxy, name="cafe_proxy"),
    path("cafes/<int:pk>/paper/", papers.papers, name="cafe_papers"),
    path("cafes/<int:pk>/paper/<str:number>/", papers.paper, name="cafe_paper"),
    path("cafes/<int:pk>/paper/<str:number>/compare/", papers.compare, name="cafe_paper_compare"),
]

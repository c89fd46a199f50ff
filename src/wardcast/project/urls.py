"""Every address of the house. What no room claims is the web app's."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from wardcast.api import first
from wardcast.api.house import build
from wardcast.api.operation import assert_all_named
from wardcast.pages import views

api = build()
assert_all_named(api)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("healthz", views.healthz),
    path("accounts/", include("allauth.account.urls")),
    path("", include("wardcast.pages.urls")),
    re_path(r"^(?!static/|media/|api/).*$", views.app, {"ahead": first.first}, name="app"),
]

handler404 = "wardcast.pages.errors.not_found"
handler500 = "wardcast.pages.errors.broken"

from django.urls import include, path

urlpatterns = [
    path("", include("meedoen.web.shared.urls")),
    path("coach/", include("meedoen.web.coach.urls")),
    path("partner/", include("meedoen.web.partner.urls")),
    path("antwoord/", include("meedoen.web.partner.link_urls")),
    path("mijn/", include("meedoen.web.resident.urls")),
    path("beleid/", include("meedoen.web.policy.urls")),
    path("", include("meedoen.web.public.urls")),
    path("", include("meedoen.web.api.urls")),
]

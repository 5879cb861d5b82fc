from django.urls import URLPattern, path, re_path

from meedoen.web.api.answers import open_data
from meedoen.web.api.hsds import organisations, root, services, taxonomies
from meedoen.web.api.hsds.api import api, nothing_here

app_name = "api"
# Each of them adds its addresses to the API.
KINDS = (root, services, organisations, taxonomies)

urlpatterns = [
    *(
        path(f"hsds/{entry.pattern}", open_data(entry.callback), name=f"hsds_{entry.name}")
        for entry in api.urls[0]
        if isinstance(entry, URLPattern) and entry.name != "api-root"
    ),
    # Also an address with a slash too many or too few: that is another address, without a detour.
    re_path(r"^hsds(?:/.*)?$", open_data(nothing_here), name="hsds_nothing"),
]

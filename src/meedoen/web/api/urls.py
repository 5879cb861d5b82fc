from django.urls import URLPattern, path, re_path

from meedoen.web.api.answers import open_data
from meedoen.web.api.hsds import organisations, root, services, taxonomies
from meedoen.web.api.hsds.api import api, nothing_here
from meedoen.web.api.placements import asking, moving
from meedoen.web.api.placements import root as placements_root
from meedoen.web.api.placements.api import api as placements_api
from meedoen.web.api.placements.api import for_movers
from meedoen.web.api.placements.api import nothing_here as nothing_of_placements

app_name = "api"
# Each of them adds its addresses to the API.
KINDS = (root, services, organisations, taxonomies)
OF_PLACEMENTS = (asking, moving)

urlpatterns = [
    *(
        path(f"hsds/{entry.pattern}", open_data(entry.callback), name=f"hsds_{entry.name}")
        for entry in api.urls[0]
        if isinstance(entry, URLPattern) and entry.name != "api-root"
    ),
    # Also an address with a slash too many or too few: that is another address, without a detour.
    re_path(r"^hsds(?:/.*)?$", open_data(nothing_here), name="hsds_nothing"),
    path("api/v1/openapi.json", open_data(placements_root.description), name="placements_openapi"),
    *(
        path(f"api/v1/{entry.pattern}", for_movers(entry.callback), name=entry.name)
        for entry in placements_api.urls[0]
        if isinstance(entry, URLPattern) and entry.name != "api-root"
    ),
    re_path(r"^api(?:/.*)?$", for_movers(nothing_of_placements), name="placements_nothing"),
]

"""How each permission is called in the table that the functional administrator reads."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.records.organisations.viewer import Permission, Role
from meedoen.web.shared.roles import ROLE_NAMES

PERMISSIONS: Mapping[Permission, Promise] = {
    Permission.SEE_CASELOAD: _("Inwoners en hun dossier zien"),
    Permission.REGISTER_RESIDENT: _("Inwoners inschrijven"),
    Permission.IMPORT_CASELOAD: _("Een bestand met inwoners inlezen"),
    Permission.HAND_OVER: _("Inwoners aan een andere coach overdragen"),
    Permission.RECORD_CONVERSATION: _("Gesprekken en metingen opschrijven"),
    Permission.MAKE_PLAN: _("Een plan van aanpak maken"),
    Permission.FIX_DUTIES: _("Rechten en plichten vastleggen"),
    Permission.PROPOSE_PLACES: _("Plekken zoeken voor een inwoner"),
    Permission.PLACE_RESIDENT: _("Een inwoner plaatsen, en een plaatsing stoppen"),
    Permission.DIVIDE_PLACES: _("De vrije plekken laten verdelen over wie van het team wacht"),
    Permission.CORRECT_PLACEMENT: _("Een fout in een plaatsing herstellen"),
    Permission.CONFIRM_PLACEMENT: _("De start van een plaatsing bevestigen"),
    Permission.SEE_DIRECTORY: _("Organisaties en plekken opzoeken"),
    Permission.MANAGE_PLACES: _(
        "Plekken, locaties en contactpersonen bijhouden; een partner alleen de eigen"
    ),
    Permission.MANAGE_ORGANISATIONS: _(
        "Organisaties invoeren, hun naam, soort en KVK-nummer wijzigen, en laten stoppen"
    ),
    Permission.ANSWER_FRESHNESS: _("Zeggen of een plek nog klopt"),
    Permission.ENTER_FOUND_PLACE: _("Een zelf gevonden plek invoeren"),
    Permission.VERIFY_PLACES: _("Een zelf gevonden plek beoordelen"),
    Permission.IMPORT_DIRECTORY: _("Een bestand met organisaties en plekken inlezen"),
    Permission.ANSWER_SIGN_UPS: _("Mensen antwoorden die belangstelling hebben voor een plek"),
    Permission.INVITE_COLLEAGUES: _("Collega's van een organisatie toelaten, en dat stoppen"),
    Permission.SHARE_KNOWLEDGE: _("Kennis delen met andere organisaties"),
    Permission.MODERATE_KNOWLEDGE: _("Toezien op wat organisaties met elkaar delen"),
    Permission.SEE_COVERAGE: _("Zien waar plekken zijn en waar niet"),
    Permission.SEE_OWN_PATH: _("Het eigen pad zien"),
    Permission.ANSWER_OWN_PLAN: _("Het eigen plan beantwoorden"),
    Permission.SEE_FIGURES: _("Cijfers en doelen zien"),
    Permission.MEASURE_FIGURES: _("Cijfers meten en bewaren"),
    Permission.READ_HISTORY: _("Tellen in de geschiedenis, zonder namen"),
    Permission.IMPORT_BUDGET: _("Pagina's van de begroting inlezen"),
    Permission.PUBLISH_BUDGET: _("Pagina's van de begroting openbaar maken"),
    Permission.SEE_ORGANISATIONS: _("Organisaties en hun plekken zien"),
    Permission.SEE_ACCESS_LOG: _("Zien wie welk dossier heeft bekeken"),
    Permission.SEE_MEMBERS: _("Leden en hun rollen zien"),
    Permission.CHANGE_OWN_ACCOUNT: _("Het eigen account wijzigen"),
    Permission.KEEP_SIGNALS: _("Signalen bijwerken en de weekmail versturen"),
    Permission.SET_MATCHING: _("Instellen of Meedoen plekken voorstelt, en wie daarop antwoordt"),
    Permission.SEE_MATCHING_REPORT: _("Het jaarverslag over voorgestelde plekken zien"),
    Permission.WISH_PLACE: _("Plekken als wens kiezen, of voor een inwoner opschrijven"),
    Permission.SEE_ENDING_SUPPORT: _(
        "Zien hoeveel steun er binnenkort afloopt; een teamleider van het eigen team"
    ),
    Permission.ASK_COACHES: _("Coaches vragen of zij iemand kennen voor een plek"),
    Permission.REFER: _("Verwijzen, en een eigen verwijzing volgen of terugnemen"),
    Permission.ANSWER_REFERRAL: _("Antwoorden op een verwijzing, en vertellen wat ervan kwam"),
    Permission.SEE_NETWORK: _("Zien hoe organisaties naar elkaar verwijzen, zonder personen"),
    Permission.OPEN_FIGURES: _("Zien welke eigen inwoners er in een cijfer meetellen"),
    Permission.SET_INDICATORS: _("Eigen indicatoren maken en wijzigen"),
    Permission.WRITE_DOCUMENTS: _("Begroting, tussenrapportage en jaarrekening schrijven"),
    Permission.ADOPT_DOCUMENTS: _("Een document vaststellen dat een ander heeft aangeboden"),
}
ROLES: Mapping[Role, Promise] = {
    **ROLE_NAMES,
    Role.LINK_HOLDER: _("Wie met een link uit een mail antwoordt"),
    Role.SYSTEM: _("Meedoen zelf, op de server"),
}
"""Every role, in the order in which the table names them; nobody signs in with the last two."""

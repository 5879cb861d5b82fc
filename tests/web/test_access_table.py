"""Every address by every member of the cast: the expected answer; an address not here fails.

A stranger's answer is that of a page that does not exist: 404. Someone who is not signed in is
sent to the sign-in page, for a page that exists as for one that does not, by the same rule.
"""

import uuid
from datetime import UTC, date, datetime
from functools import cache

import pytest
from django.contrib import auth
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseNotFound
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from meedoen.config import urls
from meedoen.records.budget.actions import import_page, link_indicator, publish
from meedoen.records.budget.line_actions import keep_activity, keep_criterion
from meedoen.records.budget.queries import goals, published_page, published_pages
from meedoen.records.budget.tree_actions import keep_field, keep_programme
from meedoen.records.caseloads.actions import upload
from meedoen.records.conversations.campaign_actions import NewCampaign, start_campaign
from meedoen.records.conversations.draft_actions import Typed, save_draft
from meedoen.records.conversations.note_actions import write_notes
from meedoen.records.conversations.queries import conversations_with
from meedoen.records.directory_imports.actions import upload as upload_places
from meedoen.records.documents.actions import make_document
from meedoen.records.figures.actions import measure
from meedoen.records.figures.models import Figure
from meedoen.records.following.aftercare_actions import note_aftercare
from meedoen.records.following.evaluation_actions import hold_evaluation
from meedoen.records.knowledge.actions import NewPost, share
from meedoen.records.ladder.queries import measurements_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_actions import set_matching
from meedoen.records.placements.actions import confirm_start
from meedoen.records.placements.report_actions import report
from meedoen.records.places.models import Place
from meedoen.records.places.own_actions import enter_own_place
from meedoen.records.plans.actions import draft_plan
from meedoen.records.proposals.actions import propose
from meedoen.records.referrals.drafts import draft_referral
from meedoen.records.sharing.actions import (
    allow_sharing_all,
    note_agreements,
    release_secrecy_all,
)
from meedoen.records.sheltered.wsw_actions import enter_wsw, withdraw_wsw
from meedoen.records.signals.actions import refresh_all
from meedoen.records.signals.models import Signal
from meedoen.records.waiting.kind_actions import NewLine, wait_for_kinds
from meedoen.rules.budget.reader import read_page
from meedoen.rules.documents.words import DocumentKind
from meedoen.rules.hsds.ids import paired
from meedoen.rules.ladder.life_domains import LifeDomain
from meedoen.rules.signals.kinds import SignalKind
from meedoen.rules.vocabulary import PartnerReportKind, PlaceKind, PostKind, ReferralAbout, Theme
from meedoen.web.shared import middleware, pdf
from meedoen.web.shared.mails import LINK_PAGES
from tests.architecture.test_shape import pages
from tests.asked import links_of_each_kind
from tests.matching import check_jobs, chosen
from tests.records.allowances.test_allowances import paid as paid_to_roos
from tests.records.directory.scenes import entered_contact, entered_location, moestuin_key
from tests.records.divisions.scenes import divided, lines_of, spoken
from tests.records.following.scenes import new_aftercare, new_evaluation, over
from tests.records.ladder.scenes import measure_steps
from tests.records.own_indicators.scenes import in_force
from tests.records.places.finds import a_job
from tests.records.places.proposals import a_proposal
from tests.records.places.public_scenes import organisation_of, public_place_at
from tests.records.referrals.scenes import asks_of, moestuin, new_referral, werkplaats
from tests.records.referrals.scenes import sent as sent_referral
from tests.records.sheltered.scenes import asked as asked_for_sheltered_work
from tests.records.sheltered.test_wsw import job as wsw_job
from tests.records.trainings.test_trainings import entered as entered_lesson
from tests.sharing import new_agreement, new_note, new_release, new_sharing
from tests.town import CODE, ON_RUNG_2, talk

EVERYONE = "everyone"
SIGNED_IN = "anna bram lea carla petra pia otto roos connie suus priya ab vera"
COACHES = "anna bram lea carla vera"
TEAM = "anna bram lea"
OF_TESTVELD = "anna bram lea carla"
SHARING_HERE = "anna bram lea carla petra pia otto"
SHARING = f"{SHARING_HERE} vera"
MOVERS = f"{COACHES} petra pia otto"

# name of the address -> who gets an answer; a number behind it is the answer they get
TABLE = {
    "home": EVERYONE,
    "set_language": EVERYONE,
    "accessibility": EVERYONE,
    "health": EVERYONE,
    "security_txt": EVERYONE,
    "knowledge": SHARING,
    "knowledge_new": SHARING,
    "knowledge_post": SHARING_HERE,
    "knowledge_report": SHARING_HERE,
    "knowledge_hide": "lea",
    "knowledge_keep": "lea 405",
    "knowledge_take_back": f"{SHARING} 405",
    "account_login": EVERYONE,
    "account_logout": EVERYONE,
    "account_inactive": EVERYONE,
    "mfa_authenticate": EVERYONE,
    "choose_role": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": f"{SIGNED_IN} 404",
    "mfa_view_recovery_codes": f"{SIGNED_IN} 404",
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": f"{SIGNED_IN} 404",
    "coach:today": COACHES,
    "coach:signals_snoozed": COACHES,
    "coach:snooze": TEAM,
    "coach:placement_planned_end": TEAM,
    "coach:placement_hold": TEAM,
    "coach:waiting_place": OF_TESTVELD,
    "coach:waiting_promote": TEAM,
    "coach:waiting_kinds": COACHES,
    "coach:waiting_line": TEAM,
    "coach:waiting_person": TEAM,
    "coach:leave": TEAM,
    "coach:caseload": COACHES,
    "coach:caseload_export": f"{COACHES} 404",
    "coach:hand_over": "lea",
    "coach:hand_over_call_off": "lea 405",
    "coach:imports": "lea",
    "coach:import": "lea",
    "coach:import_progress": "lea",
    "coach:import_report": "lea 404",
    "coach:directory_imports": "lea",
    "coach:directory_import": "lea",
    "coach:directory_import_progress": "lea",
    "coach:directory_import_report": "lea 404",
    "coach:resident": TEAM,
    "coach:conversation": TEAM,
    "coach:draft": f"{COACHES} 405",
    "coach:draft_discard": TEAM,
    "coach:attempt": TEAM,
    "coach:pause": TEAM,
    "coach:campaigns": COACHES,
    "coach:campaign_new": COACHES,
    "coach:campaign": TEAM,
    "coach:campaign_close": TEAM,
    "coach:note": TEAM,
    "coach:note_correct": TEAM,
    "coach:conversation_correct": TEAM,
    "coach:sharing": TEAM,
    "coach:sharing_end": f"{COACHES} 405",
    "coach:secrecy_withdraw": f"{COACHES} 405",
    "coach:agreement_withdraw": f"{COACHES} 405",
    "coach:divisions": COACHES,
    "coach:division": TEAM,
    "coach:division_progress": TEAM,
    "coach:division_check": TEAM,
    "coach:division_line": TEAM,
    "coach:division_compare": TEAM,
    "coach:measuring": COACHES,
    "coach:measuring_people": COACHES,
    "coach:path": TEAM,
    "coach:measurement_correct": TEAM,
    "coach:domains": TEAM,
    "coach:domains_result": TEAM,
    "coach:domains_correct": TEAM,
    "coach:directory": f"{COACHES} suus",
    "coach:directory_export": f"{COACHES} suus 404",
    "coach:directory_work": COACHES,
    "coach:organisations": f"{COACHES} suus",
    "coach:organisation": f"{OF_TESTVELD} suus",
    "coach:organisation_new": COACHES,
    "coach:organisation_change": OF_TESTVELD,
    "coach:organisation_leave": OF_TESTVELD,
    "coach:organisation_return": f"{COACHES} 405",
    "coach:contact_new": OF_TESTVELD,
    "coach:contact_change": OF_TESTVELD,
    "coach:contact_end": OF_TESTVELD,
    "coach:location_new": OF_TESTVELD,
    "coach:location_change": OF_TESTVELD,
    "coach:location_close": OF_TESTVELD,
    "coach:place": f"{OF_TESTVELD} suus",
    "coach:place_looking": OF_TESTVELD,
    "coach:place_new": OF_TESTVELD,
    "coach:place_change": OF_TESTVELD,
    "coach:place_asked": OF_TESTVELD,
    "coach:figures": COACHES,
    "coach:figure_people": COACHES,
    "coach:found_new": TEAM,
    "coach:proposed_places": COACHES,
    "coach:proposed_place": "anna bram lea carla",
    "coach:found_places": COACHES,
    "coach:found_place": TEAM,
    "coach:found_place_person": f"{COACHES} 405",
    "coach:displacement": TEAM,
    "coach:agreement_print": TEAM,
    "coach:agreement_pdf": TEAM,
    "coach:places": TEAM,
    "coach:places_all": TEAM,
    "coach:wish": f"{COACHES} 405",
    "coach:proposal": TEAM,
    "coach:proposal_set_aside": TEAM,
    "coach:proposal_refuse": TEAM,
    "coach:placement": TEAM,
    "coach:placements": COACHES,
    "coach:placements_export": f"{COACHES} 404",
    "coach:placements_together": COACHES,
    "coach:referrals": COACHES,
    "coach:referrals_export": f"{COACHES} 404",
    "coach:referral_new": COACHES,
    "coach:referral_person": TEAM,
    "coach:referral": TEAM,
    "coach:referral_question": TEAM,
    "coach:referral_to": TEAM,
    "coach:referral_told": TEAM,
    "coach:referral_check": TEAM,
    "coach:referral_received": TEAM,
    "coach:placement_move": TEAM,
    "coach:report": TEAM,
    "coach:report_end": TEAM,
    "coach:placement_terms": TEAM,
    "coach:placement_late": TEAM,
    "coach:placement_course": TEAM,
    "coach:placement_end": TEAM,
    "coach:evaluation": TEAM,
    "coach:evaluation_correct": TEAM,
    "coach:what_follows": TEAM,
    "coach:aftercare": TEAM,
    "coach:aftercare_correct": TEAM,
    "coach:placement_withdraw": TEAM,
    "coach:placement_start_day": TEAM,
    "coach:placement_take_back": TEAM,
    "coach:allowances": TEAM,
    "coach:allowance_new": TEAM,
    "coach:allowance_correct": TEAM,
    "coach:allowance_withdraw": TEAM,
    "coach:training_new": TEAM,
    "coach:training_end": TEAM,
    "coach:training_correct": TEAM,
    "coach:training_withdraw": TEAM,
    "coach:sheltered": TEAM,
    "coach:sheltered_request": TEAM,
    "coach:sheltered_step": TEAM,
    "coach:sheltered_step_day": TEAM,
    "coach:sheltered_take_back": TEAM,
    "coach:objection": TEAM,
    "coach:objection_answer": TEAM,
    "coach:sheltered_hours": TEAM,
    "coach:wage_subsidy": TEAM,
    "coach:wsw_new": TEAM,
    "coach:wsw_change": TEAM,
    "coach:wsw_end": TEAM,
    "coach:wsw_withdraw": TEAM,
    "coach:clock": TEAM,
    "coach:clock_what_if": TEAM,
    "coach:clock_end": TEAM,
    "coach:clock_decide": TEAM,
    "coach:clock_extend": TEAM,
    # She did not begin yet: there is nothing to take back, and no premium.
    "coach:clock_take_back": f"{COACHES} 404",
    "coach:clock_premium": TEAM,
    "coach:clock_premium_print": f"{COACHES} 404",
    "coach:clock_premium_pdf": f"{COACHES} 404",
    "coach:plan": TEAM,
    "coach:plan_earlier": TEAM,
    "coach:plan_edit": TEAM,
    "coach:plan_action_state": f"{COACHES} 405",
    "coach:plan_goal_state": f"{COACHES} 405",
    "coach:plan_agree": TEAM,
    "coach:plan_evaluate": TEAM,
    "coach:plan_rhythm": TEAM,
    "coach:plan_duty": TEAM,
    "coach:plan_duty_end": f"{COACHES} 405",
    "coach:plan_end": TEAM,
    "coach:plan_print": TEAM,
    "coach:plan_pdf": TEAM,
    "partner:waiting": "petra pia otto",
    "partner:start": "petra pia",
    "partner:people": "petra pia otto",
    "partner:person": "petra pia",
    "partner:report": "petra pia",
    "partner:referrals": "petra pia otto",
    "partner:referral_new": "petra pia otto",
    "partner:referral_new_person": "petra pia otto",
    "partner:referral_new_question": "petra pia otto",
    "partner:referral_person": "petra pia",
    "partner:referral": "petra pia",
    "partner:referral_question": "petra pia",
    "partner:referral_to": "petra pia",
    "partner:referral_told": "petra pia",
    "partner:referral_check": "petra pia",
    "partner:referral_received": "petra pia",
    "partner:month": "petra pia",
    "partner:months": "petra pia otto",
    "partner:attendance_places": "petra pia otto",
    "partner:attendance": "petra pia otto 404",
    "partner:refusals": "petra pia otto",
    "partner:refusal_seen": "petra pia otto 405",
    "partner:sign_ups": "petra pia otto",
    "partner:sign_up_answer": "petra pia otto 405",
    "partner:organisation": "petra pia otto",
    "partner:organisation_change": "petra pia otto",
    "partner:contact_new": "petra pia otto",
    "partner:contact_change": "petra pia",
    "partner:contact_end": "petra pia",
    "partner:location_new": "petra pia otto",
    "partner:location_change": "petra pia",
    "partner:location_close": "petra pia",
    "partner:places": "petra pia otto",
    "partner:place_new": "petra pia otto",
    "partner:place": "petra pia",
    "partner:place_looking": "petra pia",
    "partner:place_change": "petra pia",
    "partner:place_answer": "petra pia otto 405",
    "partner:place_stop": "petra pia",
    "partner:colleagues": "pia",
    "coach:colleagues": "lea",
    "answer_place": EVERYONE,
    "answer_start": EVERYONE,
    "answer_month": EVERYONE,
    "answer_sign_up": EVERYONE,
    "accept_invitation": EVERYONE,
    "answer_referral": EVERYONE,
    "tell_referral": EVERYONE,
    "resident:path": "roos",
    "resident:found_new": "roos",
    "resident:places": "roos",
    "resident:wish": "roos 405",
    "resident:referral_new": "roos",
    "resident:referral": "roos",
    "resident:referral_question": "roos",
    "resident:referral_to": "roos",
    "resident:referral_told": "roos",
    "resident:referral_check": "roos",
    "resident:plan": "roos",
    "resident:plan_agree": "roos 405",
    "resident:plan_action": "roos 405",
    "resident:plan_print": "roos",
    "resident:plan_pdf": "roos",
    "policy:standing": "connie",
    "policy:indicator": "connie",
    "policy:figure": "connie",
    "policy:indicators": "connie",
    "policy:new_indicator": "connie",
    "policy:own_indicator": "connie",
    "policy:change_indicator": "connie",
    "policy:indicator_text": "connie",
    "policy:goal": "connie",
    "policy:tree": "connie",
    "policy:programme_new": "connie",
    "policy:programme": "connie",
    "policy:policy_field_new": "connie",
    "policy:policy_field": "connie",
    "policy:tree_goal_new": "connie",
    "policy:tree_goal": "connie",
    "policy:tree_criterion_new": "connie",
    "policy:tree_criterion": "connie",
    "policy:tree_activity_new": "connie",
    "policy:tree_activity": "connie",
    "policy:promises": "connie",
    "policy:budget_import": "connie",
    "policy:documents": "connie",
    "policy:document_new": "connie",
    "policy:documents_compare": "connie",
    "policy:document": "connie",
    "policy:document_text": "connie",
    "policy:document_light": "connie",
    "policy:document_text_history": "connie",
    "policy:document_light_history": "connie",
    "policy:document_comment": "connie",
    "policy:document_comment_text": "connie",
    "policy:document_reply": "connie 404",
    "policy:document_offer": "connie",
    "policy:document_adopt": "connie 409",
    "policy:document_send_back": "connie 409",
    "policy:document_drop": "connie",
    "policy:council_question": "connie 409",
    "policy:council_answer": "connie 404",
    # It is a draft: nothing was adopted, so there is nothing to rectify.
    "policy:document_figures": "connie 404",
    "policy:rectify": "connie 404",
    "policy:differences": "connie",
    "policy:differences_export": "connie 404",
    "policy:document_print": "connie",
    "policy:document_pdf": "connie",
    "policy:sheltered": "connie",
    "policy:sheltered_export": "connie 404",
    "policy:coverage": "anna bram lea carla connie suus vera",
    "policy:coverage_export": "anna bram lea carla connie suus vera 404",
    "policy:learned_export": "anna bram lea carla connie suus vera 404",
    "policy:shortage": "anna bram lea carla connie suus vera",
    "policy:shortage_export": "anna bram lea carla connie suus vera 404",
    "policy:network": "anna bram lea carla connie suus vera",
    "policy:network_export": "anna bram lea carla connie suus vera 404",
    "policy:flows": "connie",
    "policy:flows_export": "connie 404",
    "policy:reconciliation": "connie",
    "policy:reconciliation_export": "connie 404",
    "policy:fall_back": "connie",
    "policy:fall_back_export": "connie 404",
    "policy:cliff": "lea connie",
    "policy:cliff_export": "lea connie 404",
    "policy:ladder": "connie",
    "policy:ladder_export": "connie 404",
    "policy:reach": "suus",
    "policy:readings": "priya",
    "policy:members": "ab",
    "policy:matching": "ab",
    "policy:matching_report": "connie priya",
    "policy:matching_report_export": "connie priya 404",
    "public:pages": EVERYONE,
    "public:page": EVERYONE,
    "public:cell": EVERYONE,
    "public:page_csv": EVERYONE,
    "public:page_xlsx": EVERYONE,
    "public:page_description": EVERYONE,
    "public:page_json": EVERYONE,
    "public:page_paper": EVERYONE,
    "public:page_pdf": EVERYONE,
    "public:page_text": EVERYONE,
    "public:page_table_csv": EVERYONE,
    "public:page_table_xlsx": EVERYONE,
    "public:catalogue": EVERYONE,
    "resident:explanations": "roos",
    "resident:explanation": "roos",
    "resident:explanation_pdf": "roos",
    "coach:explanation": TEAM,
    "coach:explanation_pdf": TEAM,
    "public:algorithms": EVERYONE,
    "public:algorithm": EVERYONE,
    "public:algorithm_entry": EVERYONE,
    "public:algorithm_entries": EVERYONE,
    "public:municipalities": EVERYONE,
    "public:places": EVERYONE,
    "public:place": EVERYONE,
    "public:place_calendar": EVERYONE,
    "public:sign_up": EVERYONE,
    "api:hsds_root": EVERYONE,
    "api:hsds_openapi": EVERYONE,
    "api:hsds_services": EVERYONE,
    "api:hsds_service": f"{EVERYONE} 404",
    "api:hsds_service_at_locations": EVERYONE,
    "api:hsds_service_at_location": f"{EVERYONE} 404",
    "api:hsds_organizations": EVERYONE,
    "api:hsds_organization": f"{EVERYONE} 404",
    "api:hsds_taxonomies": EVERYONE,
    "api:hsds_taxonomy": f"{EVERYONE} 404",
    "api:hsds_taxonomy_terms": EVERYONE,
    "api:hsds_taxonomy_term": f"{EVERYONE} 404",
    "api:hsds_nothing": f"{EVERYONE} 404",
    "api:placements_openapi": EVERYONE,
    "api:placements": MOVERS,
    "api:placement": f"{TEAM} petra pia",
    "api:placement_moves": f"{MOVERS} 405",
    "api:moves": f"{MOVERS} 405",
    "api:placements_nothing": "",
}
ANSWERED = {200, 302}
PARTS = (COACHES, "petra pia otto roos", "connie suus priya ab")
"""Who ask in one test: who see the same pages together, so that each is rendered once."""

PAGE = """Doel 9.9.9 We oefenen met doelen

Beschrijving doel

Dit doel is om te oefenen.
"""


@pytest.fixture
def addresses(town, settings):
    """Return every address with arguments that exist, about Roos and her placement."""
    settings.ADMINISTRATOR_EMAIL = "beheer@example.org"
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        talk(town.anna, town.roos_file, date(2026, 3, 2), ON_RUNG_2)
        check_jobs(town)
        proposal = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        answered = propose(town.anna, pseudonym_id=town.roos_file.pseudonym_id)
        waiting = chosen(town, answered)
        invited = start_campaign(town.anna, campaign=NewCampaign(name="Noord", purpose="Horen"))
        plan = draft_plan(
            town.anna, pseudonym_id=town.roos_file.pseudonym_id, template="first_steps"
        )
        measure(town.connie, on=date(2026, 3, 2))
    import_page(town.system, page=read_page(PAGE), source="oefening")
    [goal] = goals(town.connie)
    link_indicator(town.connie, goal_id=goal.goal_id, indicator="participation_jobs")
    publish(town.connie, goal_id=goal.goal_id, on=date(2026, 3, 2))
    [line] = published_pages()
    cell = published_page(line.publication_id).rows[0].cells[0]
    roos = town.roos_file.key
    typed = {"story": ["Wil graag naar buiten."]}
    draft = save_draft(
        town.anna,
        typed=Typed(
            key=uuid.uuid4(), pseudonym_id=town.roos_file.pseudonym_id, content=typed, version=0
        ),
    )
    file = upload(town.lea, name="oefening.csv", content=b"BSN;Naam\n999990032;Verzonnen\n")
    places_file = upload_places(
        town.lea, name="plekken.csv", content=b"Organisatie;Wijk\nVerzonnen;Noord\n"
    )
    tip = share(
        town.petra,
        post=NewPost(kind=PostKind.NOTE, theme=Theme.WORK, title="Tip", body="Kijk eens hier."),
    )
    arguments = {
        "coach:import": [file],
        "coach:import_progress": [file],
        "coach:import_report": [file],
        "coach:directory_import": [places_file],
        "coach:directory_import_progress": [places_file],
        "coach:directory_import_report": [places_file],
        "coach:resident": [roos],
        "coach:conversation": [roos],
        "coach:draft": [roos],
        "coach:draft_discard": [roos, draft.key],
        "coach:attempt": [roos],
        "coach:hand_over_call_off": [roos],
        "coach:pause": [roos],
        "coach:campaign": [invited],
        "coach:campaign_close": [invited],
        "coach:note": [roos],
        "coach:sharing": [roos],
        "coach:places": [roos],
        "coach:places_all": [roos],
        "coach:wish": [roos],
        "coach:proposal_set_aside": [proposal, "times_do_not_overlap"],
        "coach:proposal_refuse": [proposal, town.garden],
        "coach:found_new": [roos],
        "coach:placement_late": [roos],
        "coach:agreement_print": [waiting],
        "coach:agreement_pdf": [waiting],
        "coach:proposal": [proposal],
        "coach:explanation": [proposal],
        "coach:explanation_pdf": [proposal],
        "resident:explanation": [proposal],
        "resident:explanation_pdf": [proposal],
        "coach:placement": [waiting],
        "api:placement": [waiting],
        "api:placement_moves": [waiting],
        "coach:placement_move": [waiting, "introduced"],
        "coach:placement_terms": [waiting],
        "coach:placement_course": [waiting],
        "coach:placement_end": [waiting],
        "coach:placement_planned_end": [waiting],
        "coach:snooze": [signal_about(town)],
        "coach:placement_withdraw": [waiting],
        "coach:placement_start_day": [waiting],
        "coach:placement_take_back": [waiting],
        "coach:plan": [roos],
        "coach:plan_earlier": [plan],
        "coach:plan_edit": [plan],
        "coach:plan_action_state": [plan, 1],
        "coach:plan_goal_state": [plan, 1],
        "coach:plan_agree": [plan],
        "coach:plan_evaluate": [plan],
        "coach:plan_rhythm": [plan],
        "coach:plan_duty": [plan],
        "coach:plan_duty_end": [plan, 1],
        "coach:plan_end": [plan],
        "coach:plan_print": [plan],
        "coach:plan_pdf": [plan],
        "resident:plan_action": [1],
        "knowledge_post": [tip],
        "knowledge_report": [tip],
        "knowledge_hide": [tip],
        "knowledge_keep": [tip],
        "knowledge_take_back": [tip],
        "partner:start": [waiting],
        "coach:colleagues": [Place.objects.get(pk=town.garden).organisation.key],
        "policy:indicator": ["participation_jobs"],
        "coach:figure_people": ["participation_jobs"],
        "policy:figure": [Figure.objects.filter(indicator="participation_jobs")[0].pk],
        **own_of_connie(town),
        "policy:goal": [goal.goal_id],
        "public:page": [line.publication_id],
        "public:cell": [cell.cell_id],
    }
    arguments |= files_of(line.publication_id) | found_by_roos(town) | directory_of(town)
    arguments |= noted_about_roos(town) | measured_of_roos(town) | open_data_of(town)
    arguments |= shown_to_everyone(town) | divided_over_sam(town) | sheltered_of_roos(town)
    arguments |= waiting_of_roos(town, waiting) | asked_with_links(town) | referred_of_roos(town)
    arguments |= draft_of_connie(town) | tree_of(town, goal.goal_id)
    arguments |= desk_of(town, waiting) | followed_of_roos(town) | dates_of_the_law(waiting)
    return {name: reverse(name, args=arguments.get(name, [])) for name in TABLE}


def tree_of(town, goal_id) -> dict[str, list[object]]:
    """Return the addresses in the tree of the budget, around a goal with a linked indicator."""
    programme = keep_programme(town.connie, code="1", name="Werk")
    field = keep_field(town.connie, programme_key=programme, code="1.1", name="Meedoen")
    line = {"goal_id": goal_id, "text": "Meer mensen doen mee.", "indicators": []}
    return {
        "policy:programme": [programme],
        "policy:policy_field": [field],
        "policy:tree_goal": [goal_id],
        "policy:tree_criterion_new": [goal_id],
        "policy:tree_criterion": [goal_id, keep_criterion(town.connie, **line)],
        "policy:tree_activity_new": [goal_id],
        "policy:tree_activity": [goal_id, keep_activity(town.connie, **line)],
        "policy:promises": [goal_id, "participation_jobs"],
    }


def own_of_connie(town) -> dict[str, list[object]]:
    """Return the addresses of an own indicator that is in force."""
    in_force(town.connie)
    pages_of_one = "own_indicator change_indicator indicator_text"
    return {f"policy:{name}": ["gardeners"] for name in pages_of_one.split()}


def draft_of_connie(town) -> dict[str, list[object]]:
    """Return the addresses of an interim report that is being written."""
    key = make_document(
        town.connie,
        kind=DocumentKind.INTERIM,
        year=2026,
        number=1,
        title="Juni",
        reference_date=date(2026, 6, 30),
    )
    steps = "document_offer document_adopt document_send_back document_drop"
    whole = f"document {steps} document_print document_pdf document_figures council_question"
    return {
        **{f"policy:{name}": [key] for name in whole.split()},
        "policy:document_text": [key, 1, "want"],
        "policy:document_light": [key, 1, "goal"],
        "policy:document_text_history": [key, 1, "want"],
        "policy:document_light_history": [key, 1, "goal"],
        "policy:document_comment": [key, 0],
        "policy:document_comment_text": [key, 1, "want"],
        "policy:document_reply": [key, 1],
        "policy:rectify": [1],
        "policy:council_answer": [key, uuid.uuid4()],
    }


def files_of(publication_id: int) -> dict[str, list[object]]:
    """Return the addresses of a published page as files."""
    return {name: [publication_id] for name in TABLE if name.startswith("public:page_")}


def referred_of_roos(town) -> dict[str, list[object]]:
    """Return the addresses of a referral that is being written, and of one that was sent."""
    pseudonym_id = town.roos_file.pseudonym_id
    draft = draft_referral(town.anna, new=new_referral(pseudonym_id, [werkplaats(town)]))
    sent = sent_referral(town.anna, new_referral(pseudonym_id, [moestuin(town)]))
    [ask] = asks_of(town, sent)
    new = new_referral(None, [werkplaats(town)], about=ReferralAbout.NEW_PERSON)
    of_moestuin = draft_referral(town.petra, new=new)
    steps = "referral referral_question referral_to referral_told referral_check"
    own = draft_referral(town.roos, new=new_referral(pseudonym_id, [werkplaats(town)]))
    return {
        **{f"resident:{name}": [own] for name in steps.split()},
        **{f"coach:{name}": [draft] for name in steps.split()},
        "coach:referral_person": [town.roos_file.key],
        "coach:referral_received": [ask.key],
        "partner:referral_received": [ask.key],
        **{f"partner:{name}": [of_moestuin] for name in steps.split()},
    }


def dates_of_the_law(waiting) -> dict[str, list[object]]:
    """Return the addresses of the dates of the law of a participation job."""
    with_number = "extend premium premium_print premium_pdf"
    return {
        **{f"coach:clock{name}": [waiting] for name in ("", "_what_if", "_end")},
        **{f"coach:clock_{name}": [waiting, 1] for name in with_number.split()},
        "coach:clock_decide": [waiting, "scholing"],
        "coach:clock_take_back": [waiting, uuid.uuid4()],
    }


def waiting_of_roos(town, waiting) -> dict[str, list[object]]:
    """Return the addresses of the list of the garden, of a line of hers, and of what she holds."""
    pseudonym_id, roos = town.roos_file.pseudonym_id, town.roos_file.key
    [line] = wait_for_kinds(
        town.anna,
        lines=[NewLine(pseudonym_id=pseudonym_id, kind=PlaceKind.TRAINING, since=date(2026, 3, 2))],
    )
    return {
        "coach:waiting_place": [Place.objects.get(pk=town.garden).key],
        "coach:waiting_line": [line],
        **{f"coach:{name}": [roos] for name in ("waiting_person", "leave")},
        **{f"coach:{name}": [waiting] for name in ("waiting_promote", "placement_hold")},
    }


def desk_of(town, waiting) -> dict[str, list[object]]:
    """Return the addresses on the desk of De Moestuin, about Roos and the garden."""
    garden = Place.objects.get(pk=town.garden).key
    about_roos = {f"partner:{name}": [waiting] for name in ("person", "report", "referral_person")}
    names = "place place_change place_answer place_stop place_looking attendance"
    about_garden = {f"partner:{name}": [garden] for name in names.split()}
    job = enter_own_place(town.petra, place=a_proposal(town))
    told = report(town.petra, key=waiting, kind=PartnerReportKind.WORRY, text="Zag nog niemand.")
    return {
        **about_roos,
        **about_garden,
        "coach:proposed_place": [job],
        "coach:report": [told],
        "coach:report_end": [told],
        "partner:month": [waiting, 2026, 3],
        "partner:sign_up_answer": [uuid.uuid4()],
        "partner:refusal_seen": [1],
    }


def asked_with_links(town) -> dict[str, list[object]]:
    """Return the addresses of a signed link of each kind, as somebody got them by mail."""
    tokens = links_of_each_kind(town)
    return {LINK_PAGES[purpose]: [token] for purpose, token in tokens.items()}


def noted_about_roos(town) -> dict[str, list[object]]:
    """Return the addresses of a note, a conversation, and each thing about sharing."""
    pseudonym_id = town.roos_file.pseudonym_id
    [conversation] = conversations_with(town.anna, pseudonym_id=pseudonym_id)
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        [note] = write_notes(town.anna, notes=[new_note(pseudonym_id)])
        [sharing] = allow_sharing_all(town.anna, sharings=[new_sharing(town, pseudonym_id)])
        [release] = release_secrecy_all(town.anna, releases=[new_release(pseudonym_id)])
        [agreement] = note_agreements(town.anna, agreements=[new_agreement(pseudonym_id)])
    return {
        "coach:note_correct": [note],
        "coach:conversation_correct": [conversation.key],
        "coach:sharing_end": [sharing],
        "coach:secrecy_withdraw": [release],
        "coach:agreement_withdraw": [agreement],
    }


def measured_of_roos(town) -> dict[str, list[object]]:
    """Return the addresses of her path and of each measurement."""
    pseudonym_id, roos = town.roos_file.pseudonym_id, town.roos_file.key
    [rung] = measurements_of(town.anna, pseudonym_id=pseudonym_id)
    steps = measure_steps(town.anna, town.roos_file, date(2026, 3, 2), {LifeDomain.HOUSING: 3})
    return {
        "coach:path": [roos],
        "coach:measurement_correct": [roos, rung.measurement_id],
        "coach:domains": [roos],
        "coach:domains_result": [roos, steps],
        "coach:domains_correct": [roos, steps],
    }


def followed_of_roos(town) -> dict[str, list[object]]:
    """Return the addresses of an evaluation and of aftercare, after work at the repair shop."""
    key = over(town)
    with clock.at(datetime(2027, 4, 14, 12, tzinfo=UTC)):
        talked = hold_evaluation(town.anna, new=new_evaluation(key, date(2027, 2, 15)))
        asked = note_aftercare(town.anna, new=new_aftercare(key, date(2027, 4, 14)))
    return {
        "coach:evaluation": [key],
        "coach:evaluation_correct": [talked],
        "coach:what_follows": [key],
        "coach:aftercare": [key],
        "coach:aftercare_correct": [asked],
    }


def sheltered_of_roos(town) -> dict[str, list[object]]:
    """Return the addresses of her way to sheltered work, an old sheltered job, a lesson and pay."""
    roos, track = town.roos_file.key, asked_for_sheltered_work(town)
    lesson, payment = entered_lesson(town), paid_to_roos(town)
    with clock.at(datetime(2026, 9, 1, 12, tzinfo=UTC)):
        wsw = enter_wsw(town.anna, job=wsw_job(town.roos_file))
    of_track = "sheltered_take_back objection objection_answer sheltered_hours wage_subsidy"
    of_wsw = "wsw_change wsw_end wsw_withdraw"
    return {
        **{f"coach:{name}": [roos] for name in ("sheltered", "sheltered_request", "wsw_new")},
        **{f"coach:{name}": [track] for name in of_track.split()},
        **{f"coach:{name}": [wsw] for name in of_wsw.split()},
        **{f"coach:training_{name}": [lesson] for name in ("end", "correct", "withdraw")},
        "coach:training_new": [roos],
        **{f"coach:{name}": [roos] for name in ("allowances", "allowance_new")},
        **{f"coach:allowance_{name}": [payment] for name in ("correct", "withdraw")},
        "coach:sheltered_step": [track, "in_research"],
        "coach:sheltered_step_day": [track, 1],
    }


def open_data_of(town) -> dict[str, list[object]]:
    """Return the addresses of a place that is not public, and of terms that nobody knows."""
    garden = Place.objects.get(pk=town.garden)
    return {
        "api:hsds_service": [garden.key],
        "api:hsds_service_at_location": [paired(garden.key)],
        "api:hsds_organization": [garden.organisation.key],
        "api:hsds_taxonomy": [uuid.uuid4()],
        "api:hsds_taxonomy_term": [uuid.uuid4()],
    }


def found_by_roos(town) -> dict[str, list[object]]:
    """Return the addresses of a participation job that she found herself."""
    key = a_job(town)
    names = ("coach:found_place", "coach:found_place_person", "coach:displacement")
    return {name: [key] for name in names}


def divided_over_sam(town) -> dict[str, list[object]]:
    """Return the addresses of two divisions in which Sam waits."""
    spoken(town, [town.sam.pseudonym_id])
    first, second = divided(town), divided(town)
    number = lines_of(town, first)[town.sam.pseudonym_id].number
    names = ("coach:division", "coach:division_progress", "coach:division_check")
    return {
        **{name: [first] for name in names},
        "coach:division_line": [first, number],
        "coach:division_compare": [first, second],
    }


def shown_to_everyone(town) -> dict[str, list[object]]:
    """Return the addresses of a public place that takes sign-ups, and of where to look for it."""
    # Without somebody to ask there is no entry in the register of algorithms.
    set_matching(
        town.ab, is_on=True, contact="a@example.org", objection="", reason="Begin", seen=None
    )
    # At De Werkplaats: nothing of De Moestuin is public, and the open data must say so.
    key = public_place_at(town, organisation_id=organisation_of(town.repair))
    return {
        "public:places": [CODE],
        "public:algorithm": [CODE],
        "public:algorithm_entry": [CODE],
        "public:place": [key],
        "public:place_calendar": [key],
        "public:sign_up": [key],
    }


def directory_of(town) -> dict[str, list[object]]:
    """Return the addresses of De Moestuin, with somebody to ask, a location and the garden."""
    organisation, contact = moestuin_key(town), entered_contact(town)
    garden, location = Place.objects.get(pk=town.garden).key, entered_location(town)
    of_own = {
        contact.key: "contact_change contact_end",
        location.key: "location_change location_close",
    }
    of = of_own | {
        organisation: "organisation organisation_change organisation_leave organisation_return "
        "contact_new location_new place_new",
        garden: "place place_change place_asked place_looking",
    }
    every = [("coach", of), ("partner", of_own)]
    return {
        f"{audience}:{name}": [key]
        for audience, known in every
        for key, names in known.items()
        for name in names.split()
    }


def signal_about(town) -> int:
    """Return the id of a signal about Roos, whose placement waits for the partner."""
    refresh_all(town.system)
    rows = Signal.objects.visible_to(town.system).filter(kind=SignalKind.PLACEMENT_WAITS)
    return rows.get(pseudonym_id=town.roos_file.pseudonym_id).pk


def names():
    for entry in pages():
        callback = entry.callback.__module__
        audience = callback.split(".")[2] if callback.startswith("meedoen.web") else "shared"
        # Pages behind signed links are known by their name alone, whatever the audience.
        alone = audience == "shared" or callback.rpartition(".")[2].startswith("link_")
        yield entry.name if alone else f"{audience}:{entry.name}"


def test_every_address_is_in_the_table():
    assert sorted(names()) == sorted(TABLE)


def expected(who: str, name: str) -> set[int]:
    words = TABLE[name].split()
    special = {int(word) for word in words if word.isdigit()}
    if EVERYONE in words or who in words:
        return special or ANSWERED
    return {404}


@pytest.fixture
def looked_up_once(monkeypatch, settings):
    """Find out who is signed in once, not at every request, and write no rows of sessions.

    Nobody gets or loses a role while these tests ask.
    """
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    monkeypatch.setattr(middleware, "person_for", cache(middleware.person_for))
    accounts = cache(lambda key: get_user_model().objects.get(pk=key))

    def who(request):
        key = request.session.get(SESSION_KEY)
        return AnonymousUser() if key is None else accounts(key)

    monkeypatch.setattr(auth, "get_user", who)


class Texts:
    """Whether pages are made in full, and which were."""

    def __init__(self) -> None:
        self.left_out = False
        self.seen: set[str] = set()


@pytest.fixture
def texts(looked_up_once, monkeypatch):
    """Leave out what costs most and of which a status says nothing.

    That is the text of the page that says that a page is not there, and that of a page that
    another member got before.
    """
    texts, whole, setting = Texts(), Template.render, pdf._setting

    def render(page, context=None, request=None):
        return "" if texts.left_out else whole(page, context, request)

    def nothing_set(_html, **_given):
        return b""

    monkeypatch.setattr(Template, "render", render)
    monkeypatch.setattr(pdf, "_setting", lambda: nothing_set if texts.left_out else setting())
    monkeypatch.setattr(urls, "handler404", lambda *_, **__: HttpResponseNotFound(), raising=False)
    return texts


@pytest.mark.parametrize("part", PARTS)
def test_every_member_gets_the_answer_of_the_table(town, addresses, texts, part):
    wrong = []
    for who in part.split():
        client = Client()
        client.force_login(account_of(town.members[who]))
        for name, address in addresses.items():
            if name == "account_logout":
                continue
            texts.left_out = name in texts.seen
            status = client.get(address).status_code
            if status not in expected(who, name):
                wrong.append(f"{who} at {name}: {status}, expected {expected(who, name)}")
            if status == 200:
                texts.seen.add(name)
    assert not wrong, "\n".join(wrong)


def test_everyone_asks_in_one_of_the_parts(town):
    assert sorted(" ".join(PARTS).split()) == sorted(town.members)


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(addresses, looked_up_once):
    client = Client()
    for name, address in addresses.items():
        answer = client.get(address)
        if EVERYONE in TABLE[name]:
            assert answer.status_code in {*expected(EVERYONE, name), 405}, name
        elif str(address).startswith("/api"):
            # Software is not sent to a page, and is told so for what is there and what is not.
            assert answer.status_code == 401, name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("account_login")), name


def test_another_persons_page_equals_one_that_does_not_exist(town, addresses, looked_up_once):
    """The same status, the same text: nothing tells that the record is there.

    What is not there looks the same at every address of one shape, so it is asked for once.
    """
    for who in ("carla", "vera", "otto", "connie", "roos"):
        client = Client()
        client.force_login(account_of(getattr(town, who)))
        missing: dict[tuple[str, str], tuple[int, str]] = {}
        for name, address in addresses.items():
            if {who, EVERYONE} & set(TABLE[name].split()):
                # Not about a person: it is there for this member, or for everyone.
                continue
            known = str(address)
            parts = [part for part in known.split("/") if len(part) == 36]
            key = next((part for part in parts if part.count("-") == 4), None)
            if key is None:
                continue
            for ask in (client.get, client.post):
                there = ask(known)
                if there.status_code == 405:
                    # So says the page to everyone who asks in this way, whatever stands there.
                    nowhere = ask(known.replace(key, str(uuid.uuid4())))
                    assert (nowhere.status_code, body(nowhere)) == (405, body(there)), (who, name)
                    continue
                # The menu says on which page one is, also where nothing stands.
                part = (ask.__name__, known.replace(key, ""))
                if part not in missing:
                    nowhere = ask(known.replace(key, str(uuid.uuid4())))
                    missing[part] = (nowhere.status_code, body(nowhere))
                assert there.status_code == 404, (who, name)
                assert (there.status_code, body(there)) == missing[part], (who, name)


def body(answer) -> str:
    """Return the text without what differs at every request: the token, and the address itself."""
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="next"' not in line)


def account_of(member):
    return get_user_model().objects.get(pk=member.account_id)


def test_a_start_that_was_confirmed_is_no_longer_there_to_confirm(town, addresses):
    client = Client()
    client.force_login(account_of(town.petra))
    key = addresses["partner:start"].split("/")[3]
    # The old sheltered job that Roos has for other addresses does not go with a participation job.
    job = uuid.UUID(
        next(part for part in addresses["coach:wsw_withdraw"].split("/") if part.count("-") == 4)
    )
    withdraw_wsw(town.anna, key=job, reason="Was van iemand anders.")
    with clock.at(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        confirm_start(town.petra, key=uuid.UUID(key), started_on=date(2026, 3, 9))
    assert client.get(addresses["partner:start"]).status_code in {302, 404}

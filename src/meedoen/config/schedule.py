"""When work comes back by itself: on the clock of the wall, in the time zone of the settings."""

from datetime import time, timedelta

from meedoen.records.caseloads.tasks import put_the_tidying_in_queue
from meedoen.records.directory_imports.tasks import put_the_directory_tidying_in_queue
from meedoen.records.figures.tasks import finish_left_everywhere
from meedoen.records.jobs.schedule import Daily, Monthly, Periodic, Weekly
from meedoen.records.jobs.tasks import tidy_up
from meedoen.records.jobs.worker import Round
from meedoen.records.links.tasks import put_link_tidying_in_queue
from meedoen.records.places.meaning_tasks import put_learning_in_queue
from meedoen.records.places.sign_up_tasks import put_sign_up_tidying_in_queue
from meedoen.records.places.tasks import put_the_day_in_queue
from meedoen.records.referrals.tasks import (
    follow_placements_everywhere,
    put_the_referrals_in_queue,
)
from meedoen.records.search.tasks import put_word_tidying_in_queue
from meedoen.records.signals.tasks import put_the_night_in_queue, work_out_changes
from meedoen.records.waiting.tasks import give_free_seats_everywhere, put_the_lists_in_queue
from meedoen.web.coach.digest import put_the_week_in_queue
from meedoen.web.partner.mails import freshness, placements, referrals, sign_ups

MONDAY = 0

PERIODIC = (
    Periodic(
        name="begin_day",
        put_in_queue=put_the_day_in_queue,
        # What is planned for a day holds from its first minutes on.
        when=Daily(time(0, 10)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="tidy_waiting_lists",
        put_in_queue=put_the_lists_in_queue,
        # After the day began, so that places are what they are today; before the signals.
        when=Daily(time(0, 30)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="keep_referrals_going",
        put_in_queue=put_the_referrals_in_queue,
        # After who leaves that day left; before the signals.
        when=Daily(time(0, 50)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="nightly_signals",
        put_in_queue=put_the_night_in_queue,
        when=Daily(time(2, 15)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="tidy_up",
        put_in_queue=tidy_up.enqueue,
        when=Daily(time(3, 30)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="tidy_caseload_files",
        put_in_queue=put_the_tidying_in_queue,
        when=Daily(time(3, 45)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="tidy_sign_ups",
        put_in_queue=put_sign_up_tidying_in_queue,
        when=Daily(time(3, 50)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="tidy_links",
        put_in_queue=put_link_tidying_in_queue,
        when=Daily(time(3, 55)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="tidy_words",
        put_in_queue=put_word_tidying_in_queue,
        when=Daily(time(4, 0)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="learn_meanings",
        put_in_queue=put_learning_in_queue,
        when=Daily(time(4, 15)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="ask_whether_places_are_right",
        put_in_queue=freshness.put_the_month_in_queue,
        when=Monthly(1, time(7, 0)),
        worth_doing_for=timedelta(days=10),
    ),
    Periodic(
        name="ask_how_the_month_went",
        put_in_queue=placements.put_the_month_in_queue,
        when=Monthly(1, time(7, 15)),
        worth_doing_for=timedelta(days=10),
    ),
    Periodic(
        name="ask_who_began",
        put_in_queue=placements.put_the_starts_in_queue,
        when=Daily(time(7, 30)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="remind_of_referrals",
        put_in_queue=referrals.put_reminders_in_queue,
        when=Daily(time(7, 45)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="tidy_directory_files",
        put_in_queue=put_the_directory_tidying_in_queue,
        when=Daily(time(3, 50)),
        worth_doing_for=timedelta(days=1),
    ),
    Periodic(
        name="weekly_digest",
        put_in_queue=put_the_week_in_queue,
        when=Weekly(MONDAY, time(6, 30)),
        # Later in the week it would say what stood open on a day that is long gone.
        worth_doing_for=timedelta(days=2),
    ),
)

ROUNDS = (
    Round(every=3, do=work_out_changes),
    Round(every=60, do=sign_ups.put_new_sign_ups_in_queue),
    Round(every=60, do=referrals.put_new_mails_in_queue),
    Round(every=60, do=give_free_seats_everywhere),
    Round(every=60, do=follow_placements_everywhere),
    Round(every=60, do=finish_left_everywhere),
)
"""What a worker does itself between pieces of work, and how many seconds lie between."""

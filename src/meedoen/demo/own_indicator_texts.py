"""What the demo town changed in the indicator about volunteers that it copied."""

COPIED_WORDS = (
    ('nl = "Mensen die vrijwilligerswerk doen"', 'nl = "Mensen die zich inzetten voor een ander"'),
    ('en = "People who do volunteer work"', 'en = "People who do something for others"'),
    (
        'nl = "Hoeveel mensen doen op deze dag vrijwilligerswerk?"',
        'nl = "Hoeveel mensen zetten zich op deze dag in voor een ander?"',
    ),
    (
        'en = "How many people do volunteer work on this day?"',
        'en = "How many people do something for others on this day?"',
    ),
    (
        "In 2017 worden meer mensen actief op een vrijwilligersplek.",
        "Ieder jaar zetten meer inwoners zich in voor een ander.",
    ),
    (
        "In 2017 more people become active as a volunteer.",
        "Every year more residents do something for others.",
    ),
    ("Gemeente Groningen, Begroting 2017, 1.1.3", "Gemeente Meerdam, begroting, doel 1.1.3"),
)
"""What stands in the package, and what the town made of it."""
CHANGED_WORDS = (
    (
        "Vrijwilligerswerk dat niet is vastgelegd, telt niet mee.",
        "Sinds dit jaar telt ook wie meedoet in een wijkactiviteit: daar helpt bijna iedereen mee.",
    ),
    (
        "Volunteer work that was not recorded does not count.",
        "Since this year people in a neighbourhood activity count too: nearly all of them help.",
    ),
)
"""What the definition says before the change, and after it."""
FIRST_VERSION = "valid_from = 2015-01-01\n"
OLD_WORDS = """
[versions.definition]
nl = "{nl}"
en = "{en}"
"""
NEW_VERSION = """
[[versions]]
valid_from = {year}-01-01

[versions.count]
word = "people_in_state"
kind = "placement"
states = ["trial", "active", "paused"]
place_kinds = ["volunteer_work", "neighbourhood_activity"]

[[examples]]
on = {year}-06-30
history = '''
id | person | kind      | starts       | state  | place                  | note
1  | A      | placement | {year}-01-06 | active | volunteer_work         | telt
2  | B      | placement | {year}-02-01 | active | neighbourhood_activity | telt sinds dit jaar
3  | C      | placement | {year}-02-01 | active | participation_job      | telt niet
'''
value = 2

[examples.title]
nl = "Sinds dit jaar"
en = "Since this year"
"""

"""The structured case record as data: sections, fields, fewest characters (domain brief, section 6).

Changing a text or a number here changes the form, its checks, its printout and what the marker reads. Keys are stored
in drafts and versions: never rename one.
"""

from django.utils.translation import gettext_lazy as _

from assessments.submissions import Field, Section

RISK_LEVELS = (("low", _("low")), ("medium", _("medium")), ("high", _("high")), ("urgent", _("urgent")))

URGENCY = (
    ("today", _("the same day")),
    ("week", _("within a week")),
    ("month", _("within a month")),
)

SOURCES = (
    ("committee", _("village or residents' committee")),
    ("school", _("school or kindergarten")),
    ("family", _("the family itself")),
    ("self", _("found on a visit")),
    ("other", _("another body")),
)

PLACES = (
    ("home", _("at home")),
    ("centre", _("community or social-work centre")),
    ("school", _("school")),
    ("phone", _("by phone")),
    ("other", _("elsewhere")),
)

CLOSING = (
    ("reached", _("goals reached")),
    ("referred", _("referred to others")),
    ("moved", _("the family moved away")),
    ("ended", _("the family ended it")),
    ("going_on", _("the work goes on")),
)

NO_NAMES = _("Write “child A”, “grandmother”, “the school”; no names, addresses or telephone numbers.")

GOAL = (
    Field("goal", _("Goal: what will be different, and how you will see it"), "text", minimum=20, maximum=500),
    Field("owner", _("Who does it"), "line", minimum=1, maximum=100, hint=_("Roles, not names.")),
    Field("until", _("To be looked at on"), "date", minimum=1),
)

CONTACT = (
    Field("week", _("Week of the case"), "number", minimum=1, maximum=104, hint=_("The week, not the date.")),
    Field("place", _("Where"), "choice", minimum=1, choices=PLACES),
    Field("minutes", _("Minutes"), "number", minimum=5, maximum=1440),
    Field("who", _("Who was there"), "line", minimum=1, maximum=100, hint=_("For example: child A, grandmother.")),
    Field("done", _("What you did"), "text", minimum=80, maximum=2000),
    Field("reaction", _("How the child and the carers reacted"), "text", minimum=80, maximum=2000),
    Field("next", _("What comes next"), "text", minimum=80, maximum=2000),
)

INTAKE = Section(
    "intake",
    _("Taking the case on"),
    hint=NO_NAMES,
    fields=(
        Field("source", _("Where the case came from"), "choice", minimum=1, choices=SOURCES),
        Field("since", _("Date of the first contact"), "date", minimum=1),
        Field("need", _("What brought the child or the family to you"), "text", minimum=100),
        Field("urgency", _("How urgent it was"), "choice", minimum=1, choices=URGENCY),
        Field(
            "consents",
            _("How you asked for consent"),
            "text",
            hint=_("Who was asked in which words; the answers themselves stand with the case."),
        ),
        Field("referral", _("Referral or report: to whom, when"), "text", hint=_("Say so, too, when there was none.")),
    ),
)

ASSESSMENT = Section(
    "assessment",
    _("Assessing"),
    hint=NO_NAMES,
    fields=(
        Field("child", _("The child: development, wishes, own view"), "text", minimum=60),
        Field("carers", _("The carers: strengths, burdens, how they deal with the child"), "text", minimum=60),
        Field("family", _("The family and who belongs to it"), "text", minimum=60),
        Field("school", _("School and friends"), "text", minimum=30),
        Field("environment", _("Home, neighbourhood, income"), "text", minimum=30),
        Field("strengths", _("What is strong and can be built on"), "text", minimum=60),
        Field("risk", _("Level of risk"), "choice", minimum=1, choices=RISK_LEVELS),
        Field(
            "genogram",
            _("Family picture or map of the surroundings"),
            "files",
            hint=_("A drawing without names, as PDF, Word or PNG. Never a photo of a child."),
        ),
    ),
)

PLAN = Section(
    "plan",
    _("Planning"),
    fields=(
        Field("goals", _("Goals"), "rows", minimum=1, maximum=3, fields=GOAL, hint=_("One to three goals.")),
        Field("methods", _("Methods, and how the family took part in the plan"), "text", minimum=150),
        Field("plan_file", _("Activity plan"), "files", hint=_("PDF, Word or PNG.")),
    ),
)

WORK = Section(
    "work",
    _("Working with child and family"),
    hint=NO_NAMES,
    fields=(
        Field(
            "contacts",
            _("Contacts"),
            "rows",
            minimum=4,
            maximum=30,
            fields=CONTACT,
            hint=_("At least four. Each of the three texts needs 80 characters."),
        ),
    ),
)

OUTCOME = Section(
    "outcome",
    _("Looking at the outcome"),
    fields=(
        Field("attainment", _("How far each goal was reached; before and after"), "text", minimum=200),
        Field("voices", _("What the child and the carers say about it"), "text", minimum=40),
    ),
)

ENDING = Section(
    "ending",
    _("Closing the case"),
    fields=(
        Field("closing", _("Why it ends"), "choice", minimum=1, choices=CLOSING),
        Field("closed_on", _("Closed on"), "date", hint=_("Leave it empty while the work goes on.")),
        Field("follow_up", _("Follow-up and handing over"), "text", minimum=100),
    ),
)

REFLECTION = Section(
    "reflection",
    _("Reflecting"),
    fields=(
        Field("otherwise", _("What you would do differently"), "text", minimum=100),
        Field("theory", _("Which theory or method helped, and how"), "text", minimum=60),
        Field("ethics", _("What was ethically difficult"), "text", minimum=40),
    ),
)

SECTIONS = [INTAKE, ASSESSMENT, PLAN, WORK, OUTCOME, ENDING, REFLECTION]

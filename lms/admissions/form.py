"""The individual application form as data: six sections with their fields and limits (domain brief, section 3).

``sections(region)`` gives them for a programme's region, whose towns are a list below. Drawing, reading and checking
stand in ``forms.py``.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PRINTED_TITLE = "《基层儿童实务人才培养申请表》"  # exactly as in the announcement; the office stamps it
ELSEWHERE = "elsewhere"

TOWNS = {  # by Programme.region
    "NS": (
        ("nansha", _("Nansha subdistrict")),
        ("huangge", _("Huangge town")),
        ("hengli", _("Hengli town")),
        ("wanqingsha", _("Wanqingsha town")),
        ("zhujiang", _("Zhujiang subdistrict")),
        ("longxue", _("Longxue subdistrict")),
        ("dongchong", _("Dongchong town")),
        ("dagang", _("Dagang town")),
        ("lanhe", _("Lanhe town")),
    ),
}
ANY_TOWN = (("district", _("In the district")),)

POSTS = (
    ("director", _("Child-welfare director (village)")),
    ("supervisor", _("Child-welfare supervisor (township)")),
    ("social_worker", _("Social worker")),
    ("teacher", _("Teacher")),
    ("community", _("Community worker")),
    ("other", _("Other")),
)
DEGREES = (
    ("school", _("Secondary school or below")),
    ("college", _("College (three years)")),
    ("bachelor", _("Bachelor")),
    ("master", _("Master")),
    ("doctor", _("Doctor")),
)
SOCIAL_WORK = (
    ("none", _("No certificate")),
    ("assistant", _("Assistant social worker")),
    ("worker", _("Social worker (certified)")),
    ("senior", _("Senior social worker")),
)
TRAININGS = (
    ("teacher", _("Teacher's qualification")),
    ("psychology", _("Counselling or psychology")),
    ("family", _("Family education")),
    ("child", _("Training in work with children")),
)
EVIDENCE_KINDS = (("summary", _("Summary of an activity")), ("record", _("Case record")))
OPINIONS = (
    ("upload", _("I add it to the files of my service case, signed and stamped")),
    ("contact", _("Please ask this person")),
)


@dataclass(frozen=True)
class Field:
    """One thing to fill in. ``kind``: line, text, choice, choices, number, year, month, phone, email, tick.

    ``minimum`` and ``maximum``: characters (spaces not counted) of line and text, the range of number and year.
    ``when``: (field, value) that makes this one required although it is optional otherwise.
    """

    key: str
    label: str
    kind: str = "line"
    required: bool = True
    minimum: int = 0
    maximum: int = 100
    hint: str = ""
    choices: tuple = ()
    when: tuple = ()


@dataclass(frozen=True)
class Rows:
    """A table within a section: so many rows of these fields, each row with its own heading."""

    label: str
    fields: tuple
    maximum: int = 8


@dataclass(frozen=True)
class Section:
    """A part of the form: a page of its own and a line of the task list."""

    key: str
    title: str
    hint: str
    intro: str = ""
    fields: tuple = ()
    rows: Rows | None = None
    files: int = 0  # how many files at least


def sections(region):
    """The six sections, in order, with the towns of this region."""
    towns = TOWNS.get(region, ANY_TOWN)
    return (_person(towns), EDUCATION, _experience(towns), REASONS, EVIDENCE, STATEMENTS)


def section(region, key):
    """The section with this key, or None."""
    return next((one for one in sections(region) if one.key == key), None)


def _person(towns):
    return Section(
        "person",
        _("About you"),
        _("Name, mobile number, e-mail, employer and post"),
        fields=(
            Field("name", _("Name"), minimum=2, maximum=50, hint=_("As on your identity card; a · is allowed.")),
            Field(
                "gender",
                _("Gender"),
                "choice",
                required=False,
                choices=(("f", _("female")), ("m", _("male")), ("x", _("other"))),
            ),
            Field("birth_year", _("Year of birth"), "year", required=False, minimum=1940, maximum=2012),
            Field("phone", _("Mobile number"), "phone", hint=_("Mainland, Hong Kong (+852) or Macao (+853)")),
            Field("email", _("E-mail"), "email", hint=_("For the programme office; letters go to your account.")),
            Field("employer", _("Employer"), minimum=2, maximum=100),
            Field("post", _("Post"), "choice", choices=POSTS),
            Field("town", _("Where you work"), "choice", choices=(*towns, (ELSEWHERE, _("Outside the district")))),
        ),
    )


EDUCATION = Section(
    "education",
    _("Education and certificates"),
    _("Degree, subject, certificates and training"),
    fields=(
        Field("degree", _("Highest degree"), "choice", choices=DEGREES),
        Field("subject", _("Subject studied"), required=False),
        Field("school", _("School"), required=False),
        Field("social_work", _("Social-work certificate"), "choice", choices=SOCIAL_WORK),
        Field("certificate_number", _("Its number"), required=False, maximum=40),
        Field("certificate_month", _("Issued in"), "month", required=False),
        Field("trainings", _("Other certificates"), "choices", required=False, choices=TRAININGS),
    ),
)


def _experience(towns):
    return Section(
        "experience",
        _("Work with children"),
        _("At least 12 months, at least one period in the district"),
        intro=_("Months that overlap count once. At least one period must be in the district."),
        rows=Rows(
            _("Period"),
            (
                Field("since", _("From (month)"), "month"),
                Field("until", _("To (month)"), "month", required=False, hint=_("Leave it empty when it goes on.")),
                Field("organisation", _("Organisation"), minimum=2),
                Field("town", _("Where"), "choice", choices=(*towns, (ELSEWHERE, _("Outside the district")))),
                Field("work", _("What you did"), "text", minimum=10, maximum=300),
            ),
        ),
    )


REASONS = Section(
    "reasons",
    _("Why you apply"),
    _("200 to 800 characters"),
    fields=(
        Field(
            "reason",
            _("Why you apply"),
            "text",
            minimum=200,
            maximum=800,
            hint=_("200 to 800 characters: what you want to be able to do, and for whom."),
        ),
        Field("hours", _("Hours a week you can give"), "number", required=False, minimum=1, maximum=40),
    ),
)

EVIDENCE = Section(
    "evidence",
    _("Your service case"),
    _("At least one, with a file in which no child can be recognised"),
    intro=_(
        "Choose something you did yourself. The scorers look at three points: why it was needed, how you did it, "
        "what came of it."
    ),
    rows=Rows(
        _("Service case"),
        (
            Field("kind", _("What kind of material it is"), "choice", choices=EVIDENCE_KINDS),
            Field("month", _("When"), "month"),
            Field("role", _("What you did in it"), minimum=2),
            Field("children", _("How many children you served"), "number", minimum=1, maximum=9999),
            Field("summary", _("Summary"), "text", minimum=300, maximum=1500, hint=_("300 to 1,500 characters")),
        ),
        maximum=3,
    ),
    files=1,
)

STATEMENTS = Section(
    "statements",
    _("Your employer's opinion and your word"),
    _("The opinion of your employer, four statements"),
    fields=(
        Field("opinion", _("Your employer's opinion"), "choice", choices=OPINIONS),
        Field("contact", _("Contact person"), required=False, maximum=50, when=("opinion", "contact")),
        Field("contact_phone", _("Their telephone number"), required=False, maximum=20, when=("opinion", "contact")),
        Field("true", _("What I wrote is true."), "tick"),
        Field("deidentified", _("No child can be recognised in my texts and files."), "tick"),
        Field(
            "record_checked",
            _("My employer has checked for records of offences (article 62, Law on the Protection of Minors)."),
            "tick",
            hint=_("Only the month. Never upload the record itself."),
        ),
        Field("record_month", _("Month of that check"), "month"),
        Field("privacy", _("I have read how my data are used."), "tick"),
    ),
)

"""The people of the demo, able to sign in, and what they are allowed."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from lms.demo.accounts import ACCOUNTS, PASSWORD
from lms.demo.names import people
from lms.people.models import User
from lms.programmes import actions
from lms.programmes.models import Grant

Role = Grant.Role
SUPERVISORS = [("dudao1", "奎思远"), ("dudao2", "娄守拙"), ("dudao3", "胃听澜"), ("dudao4", "毕清和")]


class People:
    """Everybody, by user name; made when first asked for. One password hash serves all: hashing is slow on purpose."""

    def __init__(self):
        self._hash = make_password(PASSWORD)
        self._made = {}
        self._phone = 19900000000

    def make(self, username, name, **fields):
        """A person with a confirmed address."""
        self._phone += 1
        user = User.objects.create(
            username=username,
            name=name,
            email=f"{username}@example.org",
            phone=f"+86{self._phone}",
            password=self._hash,
            **fields,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        self._made[username] = user
        return user

    def __getitem__(self, username):
        return self._made[username]

    def many(self, count, seed):
        """So many invented people."""
        return [self.make(username, name) for username, name in people(count, seed)]


def make_people():
    """The people with accounts in the list, and a few more supervisors. The administrator may do everything."""
    everybody = People()
    for username, name, _role in ACCOUNTS:
        everybody.make(username, name, is_superuser=username == "admin", is_staff=username == "admin")
    for username, name in SUPERVISORS:
        everybody.make(username, name)
    return everybody


def grant_roles(everybody, programme, courses, *, now):
    """Who works where: granted by the administrator, for the programme; the instructor for two courses by name."""
    admin = everybody["admin"]
    for username, role in (
        ("staff", Role.STAFF),
        ("director", Role.DIRECTOR),
        ("host", Role.SIGNATORY),
        ("scorer", Role.SCORER),
        ("staff", Role.SCORER),
        ("reviewer", Role.REVIEWER),
        ("reader", Role.READER),
    ):
        actions.grant(everybody[username], role, by=admin, now=now, programme=programme)
    for name in ("crisis", "casework"):
        actions.grant(everybody["instructor"], Role.INSTRUCTOR, by=admin, now=now, course=courses[name])


def rename(user, name):
    user.name = name
    user.save(update_fields=["name"])


def supervisor_of(enrolment):
    return enrolment.supervisions.order_by("-starts_at").first().supervisor

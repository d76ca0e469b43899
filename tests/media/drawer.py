"""A purpose for tests: a drawer that its owner fills, a colleague may open, and that can hold handed-in files."""

from dataclasses import dataclass, field

from lms.verdicts import YES, Verdict
from media.models import PrivateFile
from media.purposes import DOCX, MEGABYTE, PDF, PICTURES


@dataclass
class Drawer:
    key: str = "drawer"
    label: str = "Drawer"
    types: dict = field(default_factory=lambda: {**PDF, **DOCX, **PICTURES})
    max_size: int = 6 * MEGABYTE
    max_count: int = 3
    quota: int = 12 * MEGABYTE
    colleague: str = ""
    handed_in: set = field(default_factory=set)
    seen: list = field(default_factory=list)

    def may_upload(self, user, subject, now):
        return Verdict(subject == f"drawer-{user.username}", "This is not your drawer.")

    def received(self, file, subject, user, now):
        self.seen.append(file.pk)

    def may_open(self, user, file, now):
        if user.pk == file.owner_id:
            return "owner"
        return "colleague" if user.username == self.colleague else ""

    def may_remove(self, user, file, now):
        if user.pk != file.owner_id:
            return Verdict(False, "Only the owner may remove it.")
        return Verdict(True, facts={"kept": True}) if file.pk in self.handed_in else YES


def stored(user):
    return list(PrivateFile.objects.filter(owner=user).order_by("pk"))

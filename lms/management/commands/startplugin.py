"""Write the skeleton of a plugin: a package with one lesson block and one criterion that work, and a test that passes.

The files come from ``lms/plugin_template``. ``$name``, ``$package``, ``$dist`` and ``$title`` are replaced in what
they hold, ``package`` and ``NAME`` in what they are called; ``-tpl`` is taken off.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from string import Template

from django.core.management.base import BaseCommand, CommandError

SKELETON = Path(__file__).resolve().parents[2] / "plugin_template"
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Command(BaseCommand):
    help = "Write the skeleton of a plugin (see docs/plugins.md) into the folder lms-NAME."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("name", help="small letters, digits and _, like casecount; its keys begin with it")
        parser.add_argument("--dir", default=".", help="where to put the folder lms-NAME (default: here)")

    def handle(self, name, dir, **options):
        words = words_of(name)
        target = Path(dir).expanduser() / words["dist"]
        if target.exists():
            raise CommandError(f"{target} is there already.")
        for source in sorted(SKELETON.rglob("*-tpl")):
            write(source, target, words)
        self.stdout.write(NEXT.format(target=target, **words))


def words_of(name):
    """What the skeleton calls the plugin. Raises CommandError for a name that cannot be one."""
    if not NAME.fullmatch(name):
        raise CommandError("Use small letters, digits and single _ for the name, a letter first: casecount.")
    package = f"lms_{name}"
    if find_spec(package):
        raise CommandError(f"There is a package {package} already; choose another name.")
    title = name.replace("_", " ").capitalize()
    return {"name": name, "package": package, "dist": package.replace("_", "-"), "title": title}


def write(source, target, words):
    """One file of the skeleton, in its place below ``target``."""
    parts = source.relative_to(SKELETON).as_posix().removesuffix("-tpl")
    parts = re.sub(r"\bpackage\b", words["package"], parts).replace("NAME", words["name"])
    path = target / parts
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(Template(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")


NEXT = """Written to {target}: a lesson block and a graduation criterion that work, the rest as comments.

  python -m pytest {target}          its test, from the platform's folder
  pip install -e {target}            into the platform's environment; start the site again, and it is there
  docs/plugins.md                    every door, and what each asks for"""

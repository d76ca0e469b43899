"""docs/plugins.md names every registry, contract and event there is; the documents name make targets that exist."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import assessments
import content
import lms
import media
from lms.events import event_classes
from lms.plugins import Registry

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ROOT / "docs/plugins.md"
ELSEWHERE = (".migrations", ".settings", ".management", "lms.demo", "lms.wsgi")  # generated, or started by name


def modules():
    """Every module of ours that can hold a registry, a contract or an event."""
    found = []
    for package in (lms, content, assessments, media):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in info.name for part in ELSEWHERE):
                found.append(importlib.import_module(info.name))
    return found


def registries():
    """Every registry, once, by name."""
    found = {
        value.name: value for module in modules() for value in vars(module).values() if isinstance(value, Registry)
    }
    return [found[name] for name in sorted(found)]


def contracts():
    """Every Protocol of ours."""
    found = {value for module in modules() for value in classes_of(module) if getattr(value, "_is_protocol", False)}
    return sorted(found, key=lambda contract: contract.__name__)


def events():
    """Every event: the dataclasses of every events.py, and whatever else is published or subscribed to."""
    told = set(event_classes())
    for module in modules():
        told.update(classes_of(module) if module.__name__.endswith(".events") else published_by(module))
    return sorted((event for event in told if dataclasses.is_dataclass(event)), key=lambda event: event.__name__)


def published_by(module):
    """The classes that a module makes while it publishes: ``publish(Enrolled(…))``."""
    names = re.findall(r"\bpublish\(\s*([A-Z]\w+)\(", Path(module.__file__).read_text(encoding="utf-8"))
    return [getattr(module, name) for name in names]


def classes_of(module):
    return [
        value for _name, value in inspect.getmembers(module, inspect.isclass) if value.__module__ == module.__name__
    ]


def members(contract):
    """What a contract asks for: its annotated attributes and its methods."""
    methods = {name for name, value in vars(contract).items() if inspect.isroutine(value)}
    return {*vars(contract).get("__annotations__", {}), *(name for name in methods if not name.startswith("_"))}


def section(text, title):
    """The part of the document under the heading that names this, down to the next heading of any level."""
    found = re.search(rf"^#+ [^\n]*`{re.escape(title)}`[^\n]*\n(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def words(text):
    """Every word that stands in code font."""
    code = re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
    return set(re.findall(r"\w+", " ".join(code)))


def test_every_registry_is_in_the_table_of_doors():
    text = PLUGINS.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    missing = [one.name for one in registries() if not any(f"`{one.name}`" in row for row in rows)]
    assert missing == []


def test_every_contract_is_described_with_all_it_asks_for():
    text = PLUGINS.read_text(encoding="utf-8")
    missing = {
        contract.__name__: sorted(members(contract) - words(section(text, contract.__name__)))
        for contract in contracts()
    }
    assert {name: what for name, what in missing.items() if what} == {}
    assert [contract.__name__ for contract in contracts() if not section(text, contract.__name__)] == []


def test_every_event_is_listed_with_its_fields():
    rows = [line for line in PLUGINS.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    missing = {}
    for event in events():
        row = " ".join(row for row in rows if f"`{event.__name__}`" in row)
        fields = {field.name for field in dataclasses.fields(event)}
        missing[event.__name__] = sorted(({event.__name__} | fields) - words(row))
    assert {name: what for name, what in missing.items() if what} == {}


def test_nothing_is_described_that_is_not_there():
    text = PLUGINS.read_text(encoding="utf-8")
    named = set(re.findall(r"^### `(\w+)`", text, re.MULTILINE))
    assert sorted(named - {contract.__name__ for contract in contracts()}) == []


def test_the_make_targets_that_documents_name_exist():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {
        (path.relative_to(ROOT).as_posix(), target)
        for path in documents
        for target in re.findall(r"(?:^|[`(]| {4})make ([a-z][\w-]*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert sorted(found for found in named if found[1] not in targets) == []

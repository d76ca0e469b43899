"""Imports and model relations point one way: an app may lean only on what stands beneath it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

ROOT = Path(__file__).resolve().parents[1]

LAYERS = [  # from the ground up; apps on one line do not import each other
    [
        "lms.plugins",
        "lms.events",
        "lms.verdicts",
        "lms.clock",
        "lms.prepared",
        "lms.sheets",
        "lms.numbers",
        "lms.texts",
        "lms.retention",
    ],
    ["media", "lms.people"],
    ["content"],
    ["assessments"],
    ["lms.programmes"],
    ["lms.enrolment"],
    ["lms.admissions", "lms.casework"],
    ["lms.progress"],
    ["lms.graduation"],
    ["lms.credentials"],
    ["lms.notifications"],
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
KERNEL = set(LAYERS[0])
# every app may use them; they import only the kernel
FLOOR_AND_ROOF = {"lms.desk", "lms.jobs", "lms.templatetags.frame", "lms.templatetags.lx"}
APPS = [name for names in LAYERS[1:] for name in names]


def app_of(module):
    """The app or kernel module that a dotted name belongs to, or None for the project's roof and strangers."""
    parts = module.split(".")
    for length in (3, 2, 1):
        name = ".".join(parts[:length])
        if name in LEVEL or name in FLOOR_AND_ROOF:
            return name
    return None


def imported_modules(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(app):
    return [path for path in (ROOT / app.replace(".", "/")).rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_from_beneath_itself(app):
    wrong = []
    for path in files_of(app):
        for module in imported_modules(path):
            target = app_of(module)
            if target is None and module.split(".")[0] == "lms" and module != "lms":
                wrong.append(f"{path.relative_to(ROOT)}: {module} (the project's roof)")
            elif target in LEVEL and target != app and LEVEL[target] >= LEVEL[app]:
                wrong.append(f"{path.relative_to(ROOT)}: {module}")
    assert wrong == []


@pytest.mark.parametrize("module", sorted(KERNEL | FLOOR_AND_ROOF))
def test_the_kernel_imports_nothing_of_ours_but_the_kernel(module):
    found = {app_of(name) or name for name in imported_modules(ROOT / (module.replace(".", "/") + ".py"))}
    assert {name for name in found if name.split(".")[0] in {"lms", "content", "assessments", "media"}} <= KERNEL | {
        "lms"
    }


def test_relations_between_models_point_downward():
    wrong = []
    for model in apps.get_models():
        own = app_of(model.__module__)
        for field in model._meta.get_fields():
            if not field.is_relation or field.related_model in (None, get_user_model()):
                continue  # the user is named by settings.AUTH_USER_MODEL, not by import
            target = app_of(field.related_model.__module__)
            if field.concrete and own in LEVEL and target in LEVEL and target != own and LEVEL[target] >= LEVEL[own]:
                wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert wrong == []


def test_only_the_clock_asks_the_machine_for_the_time():
    calls = ("timezone.now(", "datetime.now(", "datetime.utcnow(", "date.today(", "timezone.localdate()", "time.time(")
    wrong = [
        f"{path.relative_to(ROOT)}: {call}"
        for folder in ("lms", "content", "assessments", "media")
        for path in (ROOT / folder).rglob("*.py")
        if path != ROOT / "lms/clock.py" and "migrations" not in path.parts
        for call in calls
        if call in path.read_text(encoding="utf-8")
    ]
    assert wrong == []


def test_only_the_cleaning_module_uses_bleach():
    users = [
        path.relative_to(ROOT).as_posix()
        for folder in ("lms", "content", "assessments", "media")
        for path in (ROOT / folder).rglob("*.py")
        if any(name.split(".")[0] == "bleach" for name in imported_modules(path))
    ]
    assert users == ["content/cleaning.py"]


def test_no_import_hides_inside_a_function():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("lms", "content", "assessments", "media")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []

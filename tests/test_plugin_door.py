"""The door by which plugins come in: registries, discovery, the skeleton, and what is said when one has gone."""

import io
import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command

from assessments.questions.models import Question, QuestionVersion
from content.models import Activity
from lms.graduation.models import Policy, PolicyLine
from lms.plugins import Registry, plugin_apps
from media.models import PrivateFile

ROOT = Path(__file__).resolve().parents[1]


class Lantern:
    key, label = "lantern", "Lantern"


class Candle:
    key = "candle"


@pytest.fixture
def lights():
    registry = Registry("tests.lights")
    registry.register(Lantern)
    return registry


def test_a_registry_refuses_a_second_one_of_the_same_key(lights):
    class OtherLantern:
        key = "lantern"

    with pytest.raises(ValueError, match=r"tests\.lights: the key 'lantern' is taken"):
        lights.register(OtherLantern)

    assert lights.register(Lantern) is Lantern  # imported twice is no quarrel
    assert list(lights) == [Lantern]


def test_a_registry_names_what_it_knows_when_one_is_missing(lights):
    with pytest.raises(KeyError, match=r"tests\.lights knows no 'torch'; it knows: lantern"):
        lights["torch"]
    assert lights.get("torch") is None


def test_contributions_are_offered_with_their_labels_in_order(lights):
    lights.register(Candle)
    assert lights.choices() == [("lantern", "Lantern"), ("candle", "candle")]


def test_installed_packages_are_found_by_their_entry_point(tmp_path, monkeypatch):
    for name, app in (("zeta", "lms_zeta"), ("alpha", "lms_alpha")):
        folder = tmp_path / f"{app}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Name: {app}\nVersion: 1.0\n")
        (folder / "entry_points.txt").write_text(f"[lms.plugins]\n{name} = {app}\n[console_scripts]\nx = y:z\n")
    before = plugin_apps()

    monkeypatch.syspath_prepend(tmp_path)

    assert [app for app in plugin_apps() if app not in before] == ["lms_alpha", "lms_zeta"]


# --- stored keys that nobody knows -----------------------------------------------------------------------------------


def warnings():
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [(message.id, message.obj, message.msg) for message in found if "no installed part knows it" in message.msg]


@pytest.mark.django_db
def test_what_is_known_is_no_warning(case_track, now):
    PolicyLine.objects.create(policy=Policy.objects.create(track=case_track), key="accepted_records")
    Activity.objects.create(kind="lesson", title="课时")
    assert warnings() == []


@pytest.mark.django_db
def test_stored_keys_that_no_registry_knows_are_listed(intake, ana, now):
    Activity.objects.create(kind="gone_walk", title="远足")
    question = Question.objects.create(title="几天？")
    for number in (1, 2):
        QuestionVersion.objects.create(question=question, number=number, type="gone_estimate", data={}, created_at=now)
    PolicyLine.objects.create(policy=Policy.objects.create(track=intake.track), key="gone_days")
    intake.frozen_policy = [{"key": "gone_days", "settings": {}}, {"key": "accepted_records", "settings": {}}]
    intake.save()
    PrivateFile.objects.create(
        purpose="gone_letter", owner=ana, name="信.pdf", size=1, created_at=now, file=str(uuid.uuid4())
    )

    found = warnings()

    assert [(id, obj.__name__) for id, obj, _text in found] == [
        ("content.W002", "Activity"),
        ("assessments.W001", "QuestionVersion"),
        ("media.W001", "PrivateFile"),
        ("graduation.W001", "PolicyLine"),
        ("graduation.W001", "Intake"),
    ]
    assert found[1][2] == "The question type 'gone_estimate' is stored 2 times, and no installed part knows it."


# --- the skeleton ----------------------------------------------------------------------------------------------------


def written(folder, name):
    call_command("startplugin", name, dir=str(folder), stdout=io.StringIO())
    return folder / f"lms-{name.replace('_', '-')}"


def in_a_process_of_its_own(*arguments, path=""):
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    surroundings["PYTHONPATH"] = os.pathsep.join([str(path), str(ROOT)]) if path else str(ROOT)
    surroundings["PYTHONDONTWRITEBYTECODE"] = "1"
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120
    )


def test_the_skeleton_s_own_test_passes(tmp_path):
    target = written(tmp_path, "night_walk")

    result = in_a_process_of_its_own("-m", "pytest", "-q", "-p", "no:cacheprovider", str(target))

    assert result.returncode == 0, result.stdout + result.stderr
    assert "4 passed" in result.stdout


ASK = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
import django
django.setup()
from tests.test_documentation import registries
print(json.dumps({one.name: [key for key in one.keys() if key.startswith("night_walk_")] for one in registries()}))
"""


def test_every_example_in_the_skeleton_works_when_its_comment_signs_are_taken_away(tmp_path):
    target = written(tmp_path, "night_walk")
    module = target / "lms_night_walk/lms_plugin.py"
    module.write_text(re.sub(r"^# ?(?!#)", "", module.read_text(encoding="utf-8"), flags=re.MULTILINE), "utf-8")

    result = in_a_process_of_its_own("-c", ASK, path=os.pathsep.join([str(target), str(target / "tests")]))

    assert result.returncode == 0, result.stderr
    contributed = json.loads(result.stdout)
    assert [name for name, keys in contributed.items() if len(keys) != 1] == []


@pytest.mark.parametrize("name", ["Walk", "9walk", "night-walk", "walk_", "a__b", "", "../walk"])
def test_a_name_that_cannot_be_a_package_is_refused(name, tmp_path):
    with pytest.raises(CommandError, match="small letters"):
        call_command("startplugin", name, dir=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over(tmp_path):
    target = written(tmp_path, "walk")
    (target / "README.md").write_text("mine")
    with pytest.raises(CommandError, match="is there already"):
        written(tmp_path, "walk")
    assert (target / "README.md").read_text() == "mine"


def test_the_skeleton_carries_no_trace_of_its_template(tmp_path):
    target = written(tmp_path, "walk")
    files = [path for path in target.rglob("*") if path.is_file()]
    assert {path.relative_to(target).as_posix() for path in files} == {
        "README.md",
        "conftest.py",
        "lms_walk/__init__.py",
        "lms_walk/lms_plugin.py",
        "lms_walk/templates/lms_walk/note.html",
        "pyproject.toml",
        "tests/settings_for_tests.py",
        "tests/test_walk.py",
    }
    assert [path for path in files if re.search(r"\$\{?(name|package|dist|title)|-tpl", path.read_text("utf-8"))] == []

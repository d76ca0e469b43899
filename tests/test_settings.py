"""Settings as processes of their own read them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def told_by(code, **environment):
    """What a fresh process with these variables prints."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_test_run_takes_its_folder_with_it_when_it_ends():
    code = "import lms.settings.test as s; (s.VAR / 'file').write_text('x'); print(s.VAR)"
    folder = Path(told_by(code))
    assert folder.name.startswith("liangxing-test-")
    assert not folder.exists()


def test_joined_style_sheets_lie_where_all_data_lies(tmp_path):
    code = (
        "import django; django.setup(); from lms.bundles import BundleFinder; print(BundleFinder().find('lx/core.css'))"
    )
    found = told_by(code, DJANGO_SETTINGS_MODULE="lms.settings.dev", VAR_DIR=str(tmp_path), TMPDIR=str(tmp_path / "no"))
    assert found == str(tmp_path / "css/lx/core.css")

"""Start a real ``make demo`` on a free port, walk it as a visitor and as each role, start it again, end it."""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

LOAD_LIMIT = 600  # seconds for the first start; printed, not judged, below it
PUBLIC = ["/", "/courses/", "/certificates/verify/", "/accounts/login/", "/healthz", "/readyz"]
ROLES = {
    "staff": ["/desk/", "/desk/admissions/", "/desk/learners/", "/admin/"],
    "instructor": ["/desk/", "/admin/", "/admin/pages/"],
    "supervisor": ["/desk/", "/desk/marking/"],
    "learner": ["/learn/", "/learn/tasks/", "/inbox/", "/me/", "/cases/", "/graduation/"],
    "xiaoyu": ["/certificates/"],
    "zhixia": ["/learn/"],
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port, var):
    environment = {**os.environ, "VAR_DIR": var, "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    began = time.monotonic()
    process = subprocess.Popen(["make", "--no-print-directory", "demo"], env=environment, start_new_session=True)
    while time.monotonic() - began < LOAD_LIMIT:
        if process.poll() is not None:
            sys.exit(f"make demo ended with {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
            return process, time.monotonic() - began
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    sys.exit("make demo did not answer in time")


class Visitor:
    def __init__(self, base):
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        with self.opener.open(self.base + path, timeout=30) as answer:
            return answer.status, answer.geturl(), answer.read().decode("utf-8", "replace")

    def sign_in(self, username, password):
        page = self.get("/accounts/login/")[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        fields = urllib.parse.urlencode({"login": username, "password": password, "csrfmiddlewaretoken": token})
        request = urllib.request.Request(
            self.base + "/accounts/login/", fields.encode(), {"Referer": self.base + "/accounts/login/"}
        )
        with self.opener.open(request, timeout=30) as answer:
            assert "/accounts/login" not in answer.geturl(), f"{username} could not sign in"


def until_ready(visitor):
    for _ in range(60):
        try:
            return visitor.get("/readyz")
        except urllib.error.HTTPError as error:
            last = error.read().decode()
            time.sleep(1)
    sys.exit(f"not ready: {last}")


def walk(base):
    visitor = Visitor(base)
    until_ready(visitor)
    for path in PUBLIC:
        check(visitor, path, "a visitor")
    accounts = json.loads(
        subprocess.check_output(
            [".venv/bin/python", "manage.py", "demo", "--accounts", "--format", "json"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings.demo"},
        )
    )
    passwords = {row["username"]: row["password"] for row in accounts}
    for username, paths in ROLES.items():
        person = Visitor(base)
        person.sign_in(username, passwords[username])
        for path in paths:
            check(person, path, username)
    return len(PUBLIC) + sum(map(len, ROLES.values()))


def check(visitor, path, who):
    status, address, body = visitor.get(path)
    assert status == 200 and "/accounts/login" not in address.removeprefix(visitor.base + path), (who, path, address)
    print(f"  {who:<12} {path:<28} {len(body) / 1024:6.1f} KB")


def end(process):
    os.killpg(process.pid, signal.SIGINT)
    process.wait(30)
    time.sleep(1)


def main():
    var = tempfile.mkdtemp(prefix="liangxing-demo-")
    port = free_port()
    try:
        process, seconds = start(port, var)
        print(f"first start: {seconds:.0f} s")
        pages = walk(f"http://127.0.0.1:{port}")
        end(process)
        process, seconds = start(port, var)
        print(f"second start: {seconds:.0f} s")
        Visitor(f"http://127.0.0.1:{port}").get("/")
        end(process)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0, "something still listens after Ctrl-C"
        print(f"{pages} passed, 0 failed")
    finally:
        shutil.rmtree(var, ignore_errors=True)


if __name__ == "__main__":
    main()

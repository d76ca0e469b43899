#!/usr/bin/env python
"""``make bench``: what pages cost, as ratios to a bare Django view (×c) in the same run.

CPU time per request of the server's whole process tree, all targets up at once and visited in turns, medians of five
rounds. Machines differ and are noisy: only ratios in one run count, about ± 15 %.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urljoin

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
TOKEN = "a" * 32
ROUNDS, REQUESTS = 5, 120
GOALS = {"lesson": 1.2, "outline": 1.0, "home": 1.0, "autosave": 0.75, "submit": 1.5, "learner list": None}


class Server:
    """gunicorn with one worker, so that one process does the work that is measured."""

    def __init__(self, settings, environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "4", "--keep-alive", "300", "--log-level", "error"],
            cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": settings},
            start_new_session=True,
        )
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def wait(self, path):
        for _ in range(240):
            try:
                self.request("GET", path)
                return
            except OSError:
                self.connection.close()
                time.sleep(0.25)
        sys.exit("the server did not start")

    def request(self, method, path, session="", fields=None):
        """One request on a kept connection; returns (status, bytes over the wire, body)."""
        headers = {"Accept-Encoding": "gzip", "Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        raw = answer.read()
        text = gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw
        return answer.status, len(raw), text

    def cpu(self):
        """CPU seconds of the process tree so far."""
        return sum(_cpu(pid) for pid in [self.process.pid, *_children(self.process.pid)])

    def memory(self):
        """Resident MiB of the largest worker."""
        return max(_rss(pid) for pid in _children(self.process.pid)) / 2**20

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


def _children(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [int(one) for one in listed]


def _cpu(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _rss(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Visit:
    """A job to measure: its server, and a function that makes the n-th request and returns its status and bytes."""

    def __init__(self, name, server, request, expected=200):
        self.name, self.server, self.make, self.expected = name, server, request, expected
        self.costs, self.size = [], 0

    def round(self, count):
        before = self.server.cpu()
        for number in range(count):
            status, self.size, body = self.make(number)
            assert status == self.expected, (self.name, status, body[:300])
        self.costs.append((self.server.cpu() - before) / count * 1000)

    @property
    def cost(self):
        return statistics.median(self.costs)


class FirstVisit:
    """What a browser fetches with an empty cache to show a page; without what it fetches to install it as an app."""

    LINKS = re.compile(r"""<(?:link(?! rel="(?:apple|manifest))|script|img|use)\b[^>]*?\b(?:href|src)="([^"#]+)""")
    IMPORTS = re.compile(r"""\b(?:from|import)\s*\(?["']([^"']+\.js)["']""")

    def __init__(self, server, path, session):
        self.server, self.session, self.sizes = server, session, {}
        self.fetch(path)

    def fetch(self, path):
        if path in self.sizes:
            return
        status, size, body = self.server.request("GET", path, self.session)
        assert status == 200, (path, status)
        self.sizes[path] = size
        text = body.decode(errors="replace")
        found = self.IMPORTS.findall(text) if path.endswith(".js") else self.LINKS.findall(text)
        for link in found if path.endswith((".js", "/")) else ():
            self.fetch(urljoin(path, link))

    def __str__(self):
        script = sum(size for path, size in self.sizes.items() if path.endswith(".js"))
        whole, count = sum(self.sizes.values()) / 1024, len(self.sizes)
        lines = [f"{size / 1024:6.1f} KiB  {path}" for path, size in self.sizes.items()]
        told = f"first visit of a lesson: {whole:.1f} KiB (aim ≤ 60), {count} requests (aim ≤ 8)"
        return "\n".join([f"{told}, script {script / 1024:.1f} KiB (aim ≤ 20)", *lines])


def measure(lessons, learners, rounds, requests):
    """Build a site of this size, visit everything in turns; returns {name: (ratio, ms, bytes)} and the memory."""
    var = tempfile.mkdtemp(prefix="liangxing-bench-")
    environment = {**os.environ, "VAR_DIR": var, "PYTHONPATH": str(ROOT), "DATABASE_URL": f"sqlite:///{var}/db.sqlite3"}
    try:
        facts = prepare(lessons, learners, environment)
        servers = [Server(f"tests.bench.{name}", environment) for name in ("reference.settings", "settings")]
        try:
            return visit_all(facts, *servers, rounds, requests)
        finally:
            for server in servers:
                server.stop()
    finally:
        shutil.rmtree(var, ignore_errors=True)


def prepare(lessons, learners, environment):
    environment = {**environment, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    for command in (["migrate", "-v", "0"], ["createcachetable"], ["collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    built = subprocess.run(
        [sys.executable, "-m", "tests.bench.data", str(lessons), str(learners)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(built.stdout.splitlines()[-1])


def visit_all(facts, reference, product, rounds, requests):
    sessions = facts["sessions"]
    some = min(100, len(facts["attempts"]) // 2)
    saved, sent = facts["attempts"][:some], facts["attempts"][some:]
    reference.wait("/reference/1/")
    product.wait("/healthz")
    visits = [
        Visit(
            "reference",
            reference,
            lambda n: reference.request("GET", f"/reference/{facts['reference']}/", _of(facts["plain_sessions"], n)),
        ),
        Visit("lesson", product, lambda n: product.request("GET", facts["lesson"], _of(sessions, n))),
        Visit("outline", product, lambda n: product.request("GET", facts["outline"], _of(sessions, n))),
        Visit("home", product, lambda n: product.request("GET", "/learn/", _of(sessions, n))),
        Visit("learner list", product, lambda n: product.request("GET", "/desk/learners/", facts["staff"])),
        Visit("autosave", product, Answers(product, saved)),
        Visit("submit", product, Submissions(product, sent), expected=302),
    ]
    for visit in visits[:-2]:
        visit.round(20)  # warm: caches, templates, connections
        visit.costs.clear()
    for _ in range(rounds):
        for visit in visits:
            visit.round(min(requests, len(sent) // rounds) if visit.name == "submit" else requests)
    base = visits[0].cost
    first = FirstVisit(product, facts["lesson"], sessions[0])
    rows = {visit.name: (visit.cost / base, visit.cost, visit.size) for visit in visits}
    return rows, (reference.memory(), product.memory()), first


def _of(sessions, number):
    return sessions[number % len(sessions)]


class Answers:
    """Autosave: the answer to one question after another, as the page sends it."""

    def __init__(self, server, attempts):
        self.server, self.attempts, self.count = server, attempts, 0

    def __call__(self, _number):
        session, path = self.attempts[self.count % len(self.attempts)]
        turn, position = divmod(self.count // len(self.attempts), 10)
        self.count += 1
        fields = {f"q{position + 1}-answer": "abc"[turn % 3], f"q{position + 1}-revision": str(turn)}
        return self.server.request("POST", f"{path}answers/{position + 1}/", session, fields)


class Submissions:
    """Hand in an attempt of ten answers; each attempt once."""

    def __init__(self, server, attempts):
        self.server, self.attempts = server, iter(reversed(attempts))

    def __call__(self, _number):
        session, path = next(self.attempts)
        return self.server.request("POST", f"{path}submit/", session, {})


def show(rows, memory, lessons, learners):
    print(f"\n{lessons} lessons, {learners} learners")
    print(f"{'job':<14}{'×c':>7}{'ms CPU':>9}{'bytes':>9}   aim")
    for name, (ratio, cost, size) in rows.items():
        goal = GOALS.get(name)
        aim = f"≤ {goal}" + ("" if ratio <= goal else "  missed") if goal else ""
        print(f"{name:<14}{ratio:>7.2f}{cost:>9.2f}{size:>9}   {aim}")
    print(f"memory of a worker: {memory[1]:.0f} MiB (reference {memory[0]:.0f} MiB)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--growth", action="store_true", help="also 100 and 500 lessons, 1,000 and 10,000 learners")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    options = parser.parse_args()
    sizes = [(10, 600)]
    if options.growth:
        sizes += [(100, 600), (500, 600), (10, 100), (10, 1000), (10, 10_000)]
    for lessons, learners in sizes:
        rows, memory, first = measure(lessons, learners, options.rounds, options.requests)
        show(rows, memory, lessons, learners)
        if (lessons, learners) == sizes[0]:
            print(first, flush=True)


if __name__ == "__main__":
    main()

"""``make demo``: prepare the database, load the demo once, and run the whole platform."""

import ipaddress
import json
import os
import shutil
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lms.demo import accounts, story
from lms.demo.serve import serve


class Command(BaseCommand):
    help = "Load the demo if it is not there yet, then run web server and worker until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="throw the demo's data away first")
        parser.add_argument("--load-only", action="store_true", help="load, but start no server")
        parser.add_argument("--accounts", action="store_true", dest="only_accounts", help="only list the accounts")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, host, port, reset, load_only, only_accounts, format, **options):
        if only_accounts:
            return self.show_accounts(format)
        self.name_the_site(host, port)
        if not load_only:
            self.refuse_taken_port(host, port)
        if reset:
            self.reset()
        self.prepare()
        if not story.is_loaded():
            story.load(self.progress)
        if not load_only:
            self.run(host, port, format)

    def name_the_site(self, host, port):
        """Letters and certificates carry the site's address: that of the environment, or this one."""
        if "SITE_URL" not in os.environ:
            address = f"http://{own_address() if host == '0.0.0.0' else host}:{port}"
            os.environ["SITE_URL"] = settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = address

    def reset(self):
        """Delete the demo's database and files. Only a local SQLite demo is ever reset."""
        if connection.vendor != "sqlite":
            raise CommandError("Only a demo on SQLite is reset; empty this database by hand.")
        name = Path(connection.settings_dict["NAME"])
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.CACHES["rendered"]["LOCATION"]):
            shutil.rmtree(folder, ignore_errors=True)
        Path(settings.CLOCK_FILE).unlink(missing_ok=True)

    def prepare(self):
        """Folders, migrations, cache table and static files, each only when something is missing."""
        for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.STATIC_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        if self.static_files_changed():
            self.stdout.write("Collecting style sheets, scripts and pictures …")
            call_command("collectstatic", interactive=False, verbosity=0)
            self.static_stamp().write_text(self.static_state())

    def static_stamp(self):
        return Path(settings.STATIC_ROOT) / ".collected"

    def static_state(self):
        files = (settings.BASE_DIR / "lms/static").rglob("*")
        newest = max((path.stat().st_mtime_ns for path in files), default=0)
        return f"{settings.RELEASE} {newest} {' '.join(settings.INSTALLED_APPS)}"

    def static_files_changed(self):
        stamp = self.static_stamp()
        return not stamp.exists() or stamp.read_text() != self.static_state()

    def progress(self, done, total, what):
        """A bar that redraws itself on a terminal, and one line a step elsewhere."""
        filled = 30 * done // total
        bar = f"[{'#' * filled}{'.' * (30 - filled)}] {100 * done // total:3d} % {what}"
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K{bar}", ending="\n" if done == total else "")
            self.stdout.flush()
        else:
            self.stdout.write(bar)

    def refuse_taken_port(self, host, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(f"Port {port} of {host} is taken; choose another: make demo PORT=8001") from error

    def show_accounts(self, format):
        rows = accounts.listed()
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(f"  {row['username']:<12} {row['password']:<12} {row['name']}，{row['role']}")

    def run(self, host, port, format):
        self.stdout.write(f"\nLiangxing 亮星学堂 runs at {settings.SITE_URL}  (Ctrl-C ends it)\n\n")
        self.show_accounts(format)
        self.stdout.flush()
        sys.exit(serve(host, port))


def own_address():
    """This machine's address in its own network, or localhost where it has none."""
    try:
        address = ipaddress.ip_address(socket.gethostbyname(socket.gethostname()))
    except OSError:
        return "localhost"
    return str(address) if address.is_private and not address.is_loopback else "localhost"

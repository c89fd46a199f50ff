"""Many doing the same thing at the same moment, in another process, on a copy of the test's data.

The test databases lie in memory, where SQLite lets nobody wait for another's lock; files do, as in
a running house.
"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from django.db import connections

_PROGRAM = """
import sys, threading, django
django.setup()
from django.db import connections
body = compile(sys.argv[1], "at_once", "exec")
start = threading.Barrier(int(sys.argv[2]))
def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\\n")  # whole: print writes a line in two parts
def one(number):
    start.wait()
    try:
        exec(body, {"number": number, "print": say})
    finally:
        connections.close_all()
threads = [threading.Thread(target=one, args=(n,)) for n in range(int(sys.argv[2]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def at_once(folder: Path, times: int, body: str, after: str = "") -> list[str]:
    """The lines that `body` prints, run `times` at once, then those of `after`, run once.

    `body` is a program's text that knows its `number`. The test must be a transactional one.
    """
    lines: list[str] = []
    environment = environment_of(folder)
    for program, count in ((body, times), (after, 1)):
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, program, str(count)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        lines += done.stdout.split("\n")
    return [line for line in lines if line]


def environment_of(folder: Path) -> dict[str, str]:
    """The environment of a process that works on a copy of the test's data, kept in `folder`; on
    PostgreSQL, on the data itself."""
    return {
        **os.environ,
        "DATABASE_URL": _url(folder, "default"),
        "WARDCAST_LINKS_URL": _url(folder, "links"),
    }


def _url(folder: Path, alias: str) -> str:
    connection = connections[alias]
    has = connection.settings_dict
    if connection.vendor != "sqlite":
        who = f"{has['USER']}:{has['PASSWORD']}" if has["PASSWORD"] else has["USER"]
        return f"postgres://{who}@{has['HOST']}:{has['PORT'] or 5432}/{has['NAME']}"
    connection.ensure_connection()
    path = folder / f"{alias}.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # whoever changes it needs the file alone
    copy.close()
    return f"sqlite:///{path}"

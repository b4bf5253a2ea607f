"""A build counts once it is finished, without a warning; one that was stopped or failed is not built upon.

If any page has changed, all are written: they name each other's titles and numbers.
A second build in the same folder waits for the first.
"""

import gc
import sys
import zlib
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows, nothing keeps two builds apart
    fcntl = None

ROOT = Path(__file__).parents[1]


def lock(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another build is at work in this folder; this one waits for it.", file=sys.stderr)
        fcntl.flock(file, fcntl.LOCK_EX)


def begin(folder):
    """Drop what an unfinished build has read; returns the open file that says so of this one."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = (folder / "unfinished").open("a+")
    if fcntl:
        lock(unfinished)
    if unfinished.tell():
        (folder / "environment.pickle").unlink(missing_ok=True)
    unfinished.write("x")
    unfinished.flush()
    return unfinished


def write_all_or_none(app, env, docnames):
    if docnames:
        app.connect("env-get-updated", lambda app, env: sorted(env.found_docs))


def setup(app):
    gc.set_threshold(500_000, 50, 1000)  # a quarter of the time went into looking for garbage in large trees
    unfinished = begin(Path(app.doctreedir))

    def finish(app, exception):
        if not exception and not app._warncount:
            unfinished.truncate(0)
        unfinished.close()

    app.connect("env-before-read-docs", write_all_or_none)
    app.connect("build-finished", finish, priority=1000)
    files = [path for name in ("_ext", "extra") for path in (ROOT / name).rglob("*.*")] + [*ROOT.glob("*.txt")]
    texts = b"".join(path.read_bytes() for path in sorted(files) if path.is_file() and path.suffix != ".pyc")
    return {  # a change of what every page depends on means: read everything again
        "version": "1", "env_version": zlib.crc32(texts), "parallel_read_safe": True, "parallel_write_safe": True
    }

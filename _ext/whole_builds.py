"""A build counts once it has finished without a warning; after one that was stopped or failed, all is read again.

If any page has changed, all are written, because they quote each other's titles and numbers.
A second build in the same folder waits for the first.
"""

import gc
import zlib
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows, nothing keeps two builds apart
    fcntl = None

ROOT = Path(__file__).parents[1]


def write_all_or_none(app, env, docnames):
    if docnames:
        app.connect("env-get-updated", lambda app, env: sorted(env.found_docs))


def setup(app):
    gc.set_threshold(500_000, 50, 1000)  # a quarter of the time went into looking for garbage in large trees
    folder = Path(app.doctreedir)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = (folder / "unfinished").open("a+")  # empty after a build that counts
    if fcntl:
        fcntl.flock(unfinished, fcntl.LOCK_EX)  # until the file is closed, at the latest by the end of the process
    if unfinished.seek(0, 2):
        (folder / "environment.pickle").unlink(missing_ok=True)
    print("a build has begun", file=unfinished, flush=True)

    def finish(app, exception):
        if not exception and not app._warncount:
            unfinished.truncate(0)
        unfinished.close()

    app.connect("env-before-read-docs", write_all_or_none)
    app.connect("build-finished", finish, priority=1000)
    files = [path for name in ("_ext", "extra") for path in (ROOT / name).rglob("*.*")] + [*ROOT.glob("*.txt")]
    texts = b"".join(path.read_bytes() for path in sorted(files) if path.suffix != ".pyc")
    # when other files change that every page depends on, all is read again
    return {"version": "1", "env_version": zlib.crc32(texts), "parallel_read_safe": True, "parallel_write_safe": True}

"""A browser; and a folder as a static host serves it: compressed, and with every answer noted."""

import gzip
import mimetypes
import shutil
import sys
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".ipynb", ".txt"}


def chromium():
    """Where the system's browser is; if there is none, the program ends and says what to install."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit("There is no Chromium. Install one, on Debian with: apt-get install chromium")


@cache
def content(path, compressed):
    data = path.read_bytes()
    return gzip.compress(data, 6, mtime=0) if compressed else data


@contextmanager
def served(folder):
    """Serve `folder`; yields its address and a list that grows by (path, bytes of the body) with each answer."""
    folder, answers = Path(folder).resolve(), []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path = (folder / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
            path = path / "index.html" if path.is_dir() else path
            found = path.is_relative_to(folder) and path.is_file()
            compressed = found and path.suffix in COMPRESSED
            data = content(path, compressed) if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(data)))
            if compressed:
                self.send_header("Content-Encoding", "gzip")
            answers.append((self.path, len(data)))  # before the page can ask for what it names
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", answers
    finally:
        server.shutdown()
        server.server_close()

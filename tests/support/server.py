"""The real server as its own process, to be measured or killed."""

import atexit
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


class Server:
    """gunicorn with the project's own settings on a free port of this machine."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "server.log"
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn"],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()

    @property
    def address(self) -> str:
        """Where browsers find it."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """What the server and the commands beside it are told."""
        given = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        own = {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PUBLIC_URL": self.address,
            "MOTCUA_VAR": str(self.folder),
        }
        return given | own | {"SECRET_KEY": "tests only", "CLAMD": "none"} | self._settings

    def kill(self) -> None:
        """End every process of it at once, as a power cut would: nobody may clean up."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._reap()

    def stop(self) -> int:
        """Ask it to finish what it is doing and end; returns its exit code."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._reap()

    def workers(self) -> list[psutil.Process]:
        """The processes that answer requests; the one that started them is not among them."""
        if self._process is None or self._process.poll() is not None:
            return []
        return psutil.Process(self._process.pid).children(recursive=True)

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if self._process is None or self._process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.05)
        told = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise RuntimeError(f"the server did not start:\n{told}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/api/v1/health")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _reap(self) -> int:
        return 0 if self._process is None else self._process.wait(timeout=60)


@contextmanager
def running(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A started server; nothing of it is left afterwards."""
    server = Server(folder, settings)
    try:
        server.start()
        yield server
    finally:
        server.kill()


def free_port() -> int:
    """A port that this process keeps from everybody else until it ends.

    A port that was merely seen to be free could be somebody's before the server is up, or while it
    is down between two starts. Bound, and not listened on, it goes to whoever asks for it by its
    number only, and whoever connects is refused meanwhile.
    """
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind(("127.0.0.1", 0))
    atexit.register(place.close)
    return int(place.getsockname()[1])

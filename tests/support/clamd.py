"""A ClamAV daemon of our own, which knows exactly one virus: the words in `VIRUS`."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: What the daemon takes for a virus; harmless.
VIRUS = b"MOT-CUA-TEST-VIRUS-NOT-HARMFUL"
#: What it calls it.
THREAT = "MotCua.Test.UNOFFICIAL"
START_SECONDS = 60
_SETTINGS = """
Foreground yes
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/clamd.sock
TemporaryDirectory {folder}
StreamMaxLength 4M
MaxThreads 2
ConcurrentDatabaseReload no
"""


class Daemon:
    """clamd with a signature file instead of the downloaded ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"unix:{folder / 'clamd.sock'}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, knows_virus: bool = True) -> None:
        """Start it and wait until it listens."""
        signatures = self.folder / "signatures"
        shutil.rmtree(signatures, ignore_errors=True)
        signatures.mkdir()
        pattern = VIRUS if knows_virus else b"something nobody ever wrote anywhere"
        line = f"MotCua.Test:0:*:{pattern.hex()}\n"
        (signatures / "motcua.ndb").write_text(line, encoding="ascii")
        settings = self.folder / "clamd.conf"
        settings.write_text(_SETTINGS.format(folder=self.folder), encoding="utf-8")
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - Debian's own program
                [program() or "clamd", "-c", str(settings)], stdout=log, stderr=log
            )
        self._wait_until_ready()

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=60)
            self._process = None

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and self._process and self._process.poll() is None:
            if (self.folder / "clamd.sock").is_socket():
                return
            time.sleep(0.05)
        told = (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise RuntimeError(f"clamd did not start:\n{told}")


def program() -> str | None:
    """Where Debian keeps it, which is not on everybody's path."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


@contextmanager
def daemon() -> Iterator[Daemon]:
    """A daemon that is stopped afterwards; its folder is short, as names of sockets must be."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        made = Daemon(Path(folder))
        try:
            yield made
        finally:
            made.stop()

"""A PostgreSQL server of our own: a fresh cluster in a temporary folder, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.support.quick_disk import DISK

#: Where Debian puts the tools that are not on the path.
DEBIAN = Path("/usr/lib/postgresql")
#: The server refuses to run as root, so root borrows this account.
BORROWED = "nobody"
#: Tests lose nothing when the machine stops, so they do not wait for the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
START_SECONDS = 60


class PostgresMissing(pytest.skip.Exception):
    """PostgreSQL is not installed here; a test that needs it is skipped."""


def tools() -> Path:
    """The folder of `initdb` and `postgres`, the newest if there are several.

    Raises PostgresMissing.
    """
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if not folders:
        raise PostgresMissing("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return max(folders, key=lambda folder: int(folder.parent.name))


@contextmanager
def cluster(settings: Mapping[str, str] = FAST, parent: str = DISK) -> Iterator[str]:
    """Run a server with `settings` below `parent`; gives the address of its maintenance database.

    It listens on a socket inside its own folder only. The folder belongs to the account the
    server runs as and nobody else may enter, which is why no password is needed.
    """
    bin_folder = tools()
    # A short path: the name of a socket may have 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=parent))
    try:
        _as_owner(folder)
        _run([bin_folder / "initdb", "--pgdata", folder / "data", *_INITDB], folder)
        with _server(bin_folder, folder, settings):
            yield f"postgresql:///postgres?host={folder}&user=postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, name: str) -> str:
    """An empty database beside the maintenance database; gives its address."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


_INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N")


@contextmanager
def _server(bin_folder: Path, folder: Path, settings: Mapping[str, str]) -> Iterator[None]:
    options = {"listen_addresses": "", "unix_socket_directories": str(folder)} | dict(settings)
    command = [str(bin_folder / "postgres"), "-D", str(folder / "data")]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=folder, stdout=log, stderr=log, **_owner()
        )
    try:
        _wait_until_ready(server, folder)
        yield
    finally:
        _stop(server)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and server.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask for the fast shutdown, which ends open sessions; insist after a while."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _run(command: list[str | Path], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [str(part) for part in command], cwd=folder, capture_output=True, check=False, **_owner()
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace')}")


def _owner() -> dict[str, object]:
    """How to start a program as the account that owns the cluster."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(BORROWED)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _as_owner(folder: Path) -> None:
    if os.geteuid() == 0:
        account = pwd.getpwnam(BORROWED)
        os.chown(folder, account.pw_uid, account.pw_gid)

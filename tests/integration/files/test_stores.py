"""A local disk and an S3 are the same to the house: whole files, pieces, and no halves."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import boto3
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

from app.foundation import storage
from tests.support.server import free_port

LARGE = bytes(range(256)) * 4096 * 20  # 20 MiB: three parts of a multipart upload


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Address of an S3 of our own on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["disk", "s3"])
def stored(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The setting of a file store."""
    if request.param == "disk":
        return str(tmp_path / "files")
    address = request.getfixturevalue("s3")
    settings = {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "tests",
        "AWS_SECRET_ACCESS_KEY": "tests",
        "AWS_REGION": "us-east-1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1")
    client.create_bucket(Bucket="motcua")
    client.close()
    return f"s3://motcua/{tmp_path.name}"


@pytest.fixture
def store(stored: str) -> Iterator[None]:
    app = Flask("store")
    app.config["FILE_STORE"] = stored
    with app.app_context():
        yield


def test_bytes_come_back_whole_and_in_spans(store: None) -> None:
    storage.put_file("a", BytesIO(LARGE))
    assert storage.size_of("a") == len(LARGE)
    assert b"".join(storage.pieces_of("a")) == LARGE
    assert b"".join(storage.pieces_of("a", 5, 1000)) == LARGE[5:1000]
    assert b"".join(storage.pieces_of("a", len(LARGE) - 7)) == LARGE[-7:]
    assert max(len(piece) for piece in storage.pieces_of("a")) < len(LARGE)


def test_a_path_is_stored_like_its_bytes(store: None, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"words")
    storage.put_file("a", tmp_path / "x")
    storage.put_file("b", b"words")
    assert storage.get_file("a") == storage.get_file("b") == b"words"


def test_what_is_not_there_is_not_found(store: None) -> None:
    for ask in (storage.get_file, storage.size_of, storage.pieces_of):
        with pytest.raises(FileNotFoundError):
            ask("nothing")
    storage.forget_file("nothing")


def test_keys_of_a_folder_are_listed_in_order_and_forgotten(store: None) -> None:
    for name in ("parts/x/2", "parts/x/1", "parts/y/1"):
        storage.put_file(name, b"a")
    assert storage.keys_below("parts/x") == ["parts/x/1", "parts/x/2"]
    storage.forget_file("parts/x/1")
    assert storage.keys_below("parts/x") == ["parts/x/2"]


def test_a_source_that_breaks_leaves_nothing(store: None) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 10 * 1024 * 1024:
                raise OSError("the disk is gone")
            return super().read(size)

    with pytest.raises(OSError, match="the disk is gone"):
        storage.put_file("a", Broken(LARGE))
    with pytest.raises(FileNotFoundError):
        storage.size_of("a")

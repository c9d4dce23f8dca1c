"""A picture is kept as it is seen, without what the camera wrote into it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.inspection import accepted, look_into
from tests.support import papers

ORIENTATION = 0x0112


def kept(folder: Path, content: bytes) -> tuple[bytes, bytes]:
    """What is kept of a picture, and its preview."""
    path = folder / "upload"
    path.write_bytes(content)
    looked = look_into(path, "a.jpg", accepted("image/*"))
    assert looked.preview is not None
    return looked.keep.read_bytes(), looked.preview.read_bytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_is_left_but_which_side_is_up(tmp_path: Path, form: str) -> None:
    sent = papers.picture(form, camera="Nguyen's telephone")
    assert b"telephone" in sent
    clean, _ = kept(tmp_path, sent)
    assert b"telephone" not in clean
    with Image.open(BytesIO(clean)) as picture:
        assert dict(picture.getexif()) == {ORIENTATION: 6}
        assert picture.size == (60, 40)


def test_what_hangs_behind_a_picture_is_dropped(tmp_path: Path) -> None:
    clean, _ = kept(tmp_path, papers.picture() + b"PK\x03\x04<script>")
    assert b"<script>" not in clean


def test_texts_inside_a_png_are_dropped(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - only here

    told, sent = PngInfo(), BytesIO()
    told.add_text("Comment", "<script>secret</script>")
    Image.new("RGB", (4, 4)).save(sent, format="PNG", pnginfo=told)
    clean, _ = kept(tmp_path, sent.getvalue())
    assert b"secret" not in clean


def test_the_preview_is_small_and_stands_upright(tmp_path: Path) -> None:
    _, preview = kept(tmp_path, papers.picture(size=(1200, 600), camera="x"))
    with Image.open(BytesIO(preview)) as small:
        assert small.format == "JPEG"
        assert small.size == (160, 320)

"""Decode a picture and write it anew: only what is seen is left of it. Prints one word.

Where it was taken, by which camera, what was cropped away, comments and anything hung on behind
the picture are gone afterwards. Runs as a process of its own like `pdf_apart.py`:
`python -I picture_apart.py FILE CLEAN PREVIEW`.
"""

import resource
import sys
import warnings

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

#: Pixels of a picture: a page of A3 at 400 dpi has 31 million, a telephone's photograph 50.
MOST_PIXELS = 80_000_000
#: Longest side of the small picture shown in lists, in pixels.
PREVIEW = 320
#: The one tag that is kept: which side is up.
ORIENTATION = 0x0112
#: A JPEG with a second picture behind the first, as telephones make them, is opened as MPO.
FORMATS = ("JPEG", "PNG", "WEBP")


def look(source: str, clean: str, preview: str) -> str:
    """`ok`, or why not: `damaged`, `pixels`."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(source, formats=FORMATS) as picture:
            picture.load()
            _write(picture, clean)
            _write_preview(picture, preview)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return "pixels"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError):
        return "damaged"
    return "ok"


def _write(picture: Image.Image, target: str) -> None:
    """The same picture; a JPEG keeps its own tables, so that nothing seen is lost."""
    exif = Image.Exif()
    if up := picture.getexif().get(ORIENTATION):
        exif[ORIENTATION] = up
    kept = {"exif": exif.tobytes()} if up else {}
    if profile := picture.info.get("icc_profile"):
        kept["icc_profile"] = profile
    if picture.format == "JPEG":
        picture.save(target, format="JPEG", quality="keep", **kept)
    elif picture.format == "PNG":
        picture.info.clear()
        picture.save(target, format="PNG", **kept)
    else:
        form = "WEBP" if picture.format == "WEBP" else "JPEG"
        picture.save(target, format=form, quality=92, **kept)


def _write_preview(picture: Image.Image, target: str) -> None:
    small = ImageOps.exif_transpose(picture)
    small.thumbnail((PREVIEW, PREVIEW))
    if small.mode in ("RGBA", "LA", "P", "PA"):
        seen = small.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        small = Image.alpha_composite(white, seen)
    small.convert("RGB").save(target, format="JPEG", quality=75)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    sys.stdout.write(look(*sys.argv[1:4]))

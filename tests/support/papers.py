"""Papers to upload: sound ones, and every hostile kind, made when asked for."""

import struct
import zlib
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = f'<Types><Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>'


def _written(pdf: pikepdf.Pdf, **how: object) -> bytes:
    kept = BytesIO()
    pdf.save(kept, static_id=True, **how)  # type: ignore[arg-type] # options are handed on
    return kept.getvalue()


def _blank() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    return pdf


def pdf(title: str = "") -> bytes:
    """A sound PDF of one page; another title makes another file."""
    made = _blank()
    if title:
        made.docinfo["/Title"] = String(title)
    return _written(made)


#: A sound PDF, the same every time.
PDF = pdf()


def large_pdf(size: int) -> bytes:
    """A sound PDF of about that many bytes, which cannot be packed."""
    made = _blank()
    noise = Random(size).randbytes(size)  # noqa: S311 - the same noise every time
    made.Root.Padding = made.make_stream(noise)
    return _written(made)


def pdf_with_script() -> bytes:
    """It runs JavaScript when it is opened."""
    made = _blank()
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.Root.OpenAction = made.make_indirect(action)
    return _written(made)


def pdf_with_hidden_script() -> bytes:
    """The script lies in an object stream, behind a button: no byte of it can be searched for."""
    made = _blank()
    button = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Screen,
        Rect=Array([0, 0, 9, 9]),
        AA=Dictionary(E=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
    )
    made.pages[0].Annots = Array([made.make_indirect(button)])
    return _written(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_that_launches() -> bytes:
    """It starts a program when it is opened."""
    made = _blank()
    made.Root.OpenAction = Dictionary(S=Name.Launch, F=String("calc.exe"))
    return _written(made)


def pdf_with_file_inside() -> bytes:
    """It carries another file."""
    made = _blank()
    made.attachments["inner.exe"] = b"MZ" + bytes(100)
    return _written(made)


def pdf_with_password() -> bytes:
    """Nobody can open it without the password."""
    return _written(_blank(), encryption=pikepdf.Encryption(owner="o", user="u"))


def pdf_for_reading_only() -> bytes:
    """Everybody can open it, and only its owner may change it: as offices hand them out."""
    return _written(_blank(), encryption=pikepdf.Encryption(owner="o", user=""))


def pdf_bomb() -> bytes:
    """An object stream that unpacks to two gigabytes."""
    packer, blanks = zlib.compressobj(9), b" " * (1 << 20)
    begin = packer.compress(b"1 0 ") + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same bytes unpack to the same again.
    again = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    body = begin + again * 2048 + packer.flush()
    head = b"%PDF-1.5\n"
    stream = (
        b"2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
        + str(len(body)).encode()
        + b" >>\nstream\n"
        + body
        + b"\nendstream\nendobj\n"
    )
    table = struct.pack(">BHB", 0, 0, 0) + struct.pack(">BHB", 2, 2, 0)
    table += struct.pack(">BHB", 1, len(head), 0)
    place = len(head) + len(stream)
    xref = (
        b"3 0 obj\n<< /Type /XRef /Size 3 /W [1 2 1] /Root 1 0 R /Length "
        + str(len(table)).encode()
        + b" >>\nstream\n"
        + table
        + b"\nendstream\nendobj\nstartxref\n"
        + str(place).encode()
        + b"\n%%EOF\n"
    )
    return head + stream + xref


def archive(files: dict[str, bytes | str]) -> bytes:
    """A ZIP archive with these files."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return kept.getvalue()


def docx(**more: bytes | str) -> bytes:
    """A DOCX with further parts, whose names are written with `__` for a slash."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": "<w:document/>",
    }
    return archive(parts | more)


def docx_with_macros() -> bytes:
    """It carries a program."""
    return docx(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def docx_with_foreign_template() -> bytes:
    """It fetches a template, and with it a program, from elsewhere when it is opened."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    told = f'<Relationship Id="r" Type="{kind}" Target="http://x/a.dotm" TargetMode="External"/>'
    return docx(**{"word/_rels/settings.xml.rels": f"<Relationships>{told}</Relationships>"})


def odt(**more: bytes | str) -> bytes:
    """An OpenDocument text with further parts."""
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<office/>",
    }
    return archive(parts | more)


def odt_with_locked_type() -> bytes:
    """Its first entry, which says what the file is, wants a password."""
    made = bytearray(odt())
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def odt_with_torn_type(how: int = ZIP_DEFLATED) -> bytes:
    """What its first entry holds cannot be unpacked."""
    kept = BytesIO()
    with ZipFile(kept, "w", how) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    torn = bytearray(kept.getvalue())
    begin = 30 + len("mimetype")
    torn[begin : begin + 12] = b"\xff" * 12
    return bytes(torn)


def swelling_docx() -> bytes:
    """Some kilobytes that unpack to forty megabytes."""
    return docx(**{"word/media/a.bin": bytes(40 * 1024 * 1024)})


def picture(
    form: str = "JPEG", size: tuple[int, int] = (60, 40), *, camera: str = "", colour: str = "red"
) -> bytes:
    """A picture; `camera` is written where cameras write who and where they are."""
    kept = BytesIO()
    made = Image.new("RGB", size, colour)
    exif = Image.Exif()
    if camera:
        exif[0x010F] = camera
        exif[0x0112] = 6
        exif.get_ifd(0x8825)[2] = (10.0, 46.0, 37.0)
    made.save(kept, format=form, **({"exif": exif} if camera else {}))
    return kept.getvalue()


def huge_png() -> bytes:
    """A small file that says it is 30,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
HTML = b"\xef\xbb\xbf <!DOCTYPE html><html><script>alert(1)</script></html>"
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
EXE = b"MZ" + bytes(600)

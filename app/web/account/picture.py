"""The confirmation code as a picture: bent letters between lines."""

import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from app.domain.accounts.challenges import Challenge

_WIDTH, _HEIGHT, _LETTER = 220, 72, 44
_INKS = ("#5a1015", "#17324d", "#1f4a2c")
_PENCILS = ("#b9a98c", "#aa9999", "#99aabb")


def picture_of(challenge: Challenge) -> bytes:
    """A PNG, the same for the same challenge."""
    chance = random.Random(challenge.bytes_for("picture"))  # noqa: S311 - looks, not secrets
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT), "#f3efe6")
    pen = ImageDraw.Draw(sheet)
    for _ in range(6):
        _line(pen, chance)
    font = ImageFont.load_default(_LETTER)
    for place, sign in enumerate(challenge.code):
        letter = Image.new("RGBA", (56, 64))
        ImageDraw.Draw(letter).text((12, 4), sign, font=font, fill=chance.choice(_INKS))
        bent = letter.rotate(chance.uniform(-24, 24), resample=Image.Resampling.BICUBIC)
        sheet.paste(bent, (6 + place * 41 + chance.randint(-3, 3), chance.randint(-2, 8)), bent)
    for _ in range(4):
        _line(pen, chance)
    written = BytesIO()
    sheet.save(written, "PNG", optimize=True)
    return written.getvalue()


def _line(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    start = (chance.randint(0, 40), chance.randint(0, _HEIGHT))
    end = (chance.randint(_WIDTH - 40, _WIDTH), chance.randint(0, _HEIGHT))
    pen.line((start, end), fill=chance.choice(_PENCILS), width=2)

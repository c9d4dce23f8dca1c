"""The page marker of an inbox: where the last line stood in the legal order."""

import base64
import binascii
from datetime import UTC, datetime

import orjson

from app.foundation.errors import Invalid
from app.foundation.text import gettext

#: Rank, due date and number of a line.
Place = tuple[int, datetime, int]


#: No column holds more.
_HIGHEST_RANK = 2**31 - 1


def write_cursor(place: Place) -> str:
    """The marker of a line, as text fit for an address."""
    rank, due_at, number = place
    told = orjson.dumps([rank, due_at.isoformat(), number])
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def read_cursor(cursor: str | None) -> Place | None:
    """The place a marker names; raises Invalid for a marker that is not ours."""
    if not cursor:
        return None
    try:
        told = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        rank, due_at, last = told
        place = (
            _whole(rank, _HIGHEST_RANK),
            datetime.fromisoformat(due_at).astimezone(UTC),
            _whole(last),
        )
    except (binascii.Error, ValueError, TypeError, OverflowError) as error:
        raise Invalid(errors={"cursor": [gettext("This page marker is not valid.")]}) from error
    return place


def _whole(number: object, most: int = 2**63 - 1) -> int:
    """A whole number that a column can hold; raises ValueError for anything else."""
    if type(number) is not int or not 0 <= number <= most:
        raise ValueError("no number of ours")
    return number

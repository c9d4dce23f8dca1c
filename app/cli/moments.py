"""Moments typed at the prompt."""

from datetime import datetime
from typing import Any

import click

from app.foundation.clock import LOCAL_ZONE


class Moment(click.ParamType[datetime]):
    """`2024-09-02T08:00`; without a zone it is local time."""

    name = "moment"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Read it, or say what is wrong with it."""
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"this is no moment: {error}", param, ctx)
        return in_legal_time(moment)


def in_legal_time(moment: datetime) -> datetime:
    """The moment as the clocks of the country show it; one without a zone was meant so."""
    return moment.astimezone(LOCAL_ZONE) if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)


def legal_text(moment: datetime) -> str:
    """The local ISO text without a zone: `2024-11-05T07:30:00`."""
    return in_legal_time(moment).replace(tzinfo=None).isoformat()

"""When a notice may go: not at night, and no two within an hour about one dossier.

What has to wait is not lost: the next message tells it too.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.domain.notices.kinds import Kind
from app.foundation.clock import LOCAL_ZONE

#: Nobody gets a second message about the same dossier within this time.
BREATHER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """When somebody does not want to be disturbed, in legal time; both ends alike mean never."""

    begin: time = time(21, 0)
    end: time = time(6, 30)

    def after(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours that it falls into."""
        local = moment.astimezone(LOCAL_ZONE)
        if not self._holds(local.time()):
            return moment
        end = local.replace(
            hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0, fold=0
        )
        return (end if end > local else end + timedelta(days=1)).astimezone(moment.tzinfo)

    def _holds(self, at: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


def may_go_at(kind: Kind, *, at: datetime, last: datetime | None, quiet: QuietHours) -> datetime:
    """The first moment at which it may go; `last` is when this reader was last told something.

    | important | told within the hour | in quiet hours | urgent | goes |
    |---|---|---|---|---|
    | no  | no  | no  | any | now |
    | no  | yes | no  | any | an hour after the last |
    | yes | any | no  | any | now |
    | any | no  | yes | no  | when the quiet hours end |
    | any | no  | yes | yes | now |
    | no  | yes | yes | no  | an hour after the last, or when the quiet hours end if that is later |
    """
    earliest = at
    if not kind.important and last is not None:
        earliest = max(at, last + BREATHER)
    return earliest if kind.urgent else quiet.after(earliest)

"""What PostgreSQL's driver does for every statement, without what nobody asks it for."""

import psycopg


class LeanCursor(psycopg.Cursor[psycopg.rows.TupleRow]):
    """Describes columns by name and type, all that SQLAlchemy reads.

    The driver's own objects also know lengths, scales and how to print themselves: for the 64
    columns of a step's rows they take 160 microseconds where these take 13.
    """

    @property
    def description(self) -> list[tuple[str, int]] | None:  # type: ignore[override] # see above
        """The columns of the rows at hand; None where a statement gives none."""
        told = self.pgresult
        if told is None or not told.nfields:
            return None
        return [((told.fname(at) or b"").decode(), told.ftype(at)) for at in range(told.nfields)]


def use_lean_cursor(connection: psycopg.Connection[psycopg.rows.TupleRow], _record: object) -> None:
    """Let every statement of a new connection be described so."""
    connection.cursor_factory = LeanCursor

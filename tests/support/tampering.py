"""What somebody with access to the database may do to it, behind our back."""

from sqlalchemy import text

from app.foundation.db import db
from tests.support.story import Story

#: Values that mean nothing, in the fourth entry: the completion of a step.
DAMAGE = [
    "UPDATE journal_entries SET payload = CAST('{no json' AS BLOB) WHERE seq = 4",
    "UPDATE journal_entries SET payload = CAST('[1, 2]' AS BLOB) WHERE seq = 4",
    """UPDATE journal_entries SET payload = CAST('{"opened": 5}' AS BLOB) WHERE seq = 4""",
    """UPDATE journal_entries SET payload = CAST('{"data": 5}' AS BLOB) WHERE seq = 4""",
    """UPDATE journal_entries SET payload = CAST('{"status": 99}' AS BLOB) WHERE seq = 4""",
    "UPDATE journal_entries SET payload = 'text' WHERE seq = 4",
    "UPDATE journal_entries SET event = 'dossier_forged' WHERE seq = 4",
    "UPDATE journal_entries SET at = 'yesterday' WHERE seq = 4",
]
#: The same in the other rows of a dossier; a page can only say so.
DAMAGED_ROWS = [
    "UPDATE dossiers SET status = 99 WHERE id = :id",
    "UPDATE dossiers SET data = CAST('{no json' AS BLOB) WHERE id = :id",
    "UPDATE processes SET state = 'unheard' WHERE dossier_id = :id",
    "DELETE FROM processes WHERE dossier_id = :id",
]
#: And in its work, which auditors can do without.
DAMAGED_WORK = "UPDATE inbox_items SET state = 'unheard' WHERE dossier_id = :id"


def tamper(story: Story, statement: str, **values: object) -> None:
    """Change the last dossier; foreign keys are off, as for whoever opens the file by hand."""
    with story.app.app_context(), db.engine.connect() as connection:
        number = story.dossier().id
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(text(statement), {"id": number} | values)
            connection.commit()
            return
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN")
        connection.execute(text(statement), {"id": number} | values)
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def damage(story: Story, statement: str) -> None:
    own = "" if ":id" in statement else " AND dossier_id = :id"
    tamper(story, statement + own)

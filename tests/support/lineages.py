"""A dossier that has always run on one diagram."""

from typing import Any, cast

from app.engine import Definition
from app.queries.lineage import Era, Lineage


def always(definition: Definition) -> Lineage:
    """One era, of a version that nobody looks at."""
    return Lineage(eras=(Era(since=0, version=cast(Any, None), definition=definition),))

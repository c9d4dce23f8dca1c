"""What one completion asks of the database, counted by PostgreSQL itself."""

from tools.bench.cases import Cases
from tools.bench.house import House

#: What the scheduler asks every second is not part of any request.
TICKS = ("%FROM deadlines%settled_at IS NULL%", "%FROM outbox%done_at IS NULL%")
FRAME = ("BEGIN", "COMMIT", "ROLLBACK")


def per_completion(house: House, cases: Cases, count: int) -> dict[str, object]:
    """Statements, commits and rollbacks a completion, each as a mean over `count`."""
    cases.submit(count)
    house.do("SELECT pg_stat_statements_reset()")
    cases.complete("reception", count)
    counted = dict(house.ask(_COUNT, *TICKS))
    frame = {word: counted.pop(word, 0) for word in FRAME}
    inner = {text: calls for text, calls in counted.items() if calls >= count // 2}
    return {
        "statements": round(sum(inner.values()) / count, 2),
        "commits": round(frame["COMMIT"] / count, 2),
        "rollbacks": round(frame["ROLLBACK"] / count, 2),
        "completions": count,
        "by_statement": {
            " ".join(text.split())[:90]: round(calls / count, 2) for text, calls in inner.items()
        },
    }


_COUNT = """
SELECT query, sum(calls)::int FROM pg_stat_statements AS s
JOIN pg_database AS d ON d.oid = s.dbid AND d.datname = current_database()
WHERE query NOT LIKE %s AND query NOT LIKE %s AND query NOT LIKE '%%pg_stat_%%'
  AND query NOT LIKE '%%FROM inbox_items WHERE step = %%'
GROUP BY query ORDER BY 2 DESC
"""

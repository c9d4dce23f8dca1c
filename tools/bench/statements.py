"""What one completion asks of the database, counted by PostgreSQL itself."""

from tools.bench.cases import Cases
from tools.bench.house import House

#: What the scheduler asks is not part of any request.
TICKS = ("%FROM deadlines%settled_at IS NULL%", "%FROM outbox%done_at IS NULL%")
FRAME = ("BEGIN", "COMMIT", "ROLLBACK")


def per_completion(house: House, cases: Cases, count: int) -> dict[str, object]:
    """Statements, commits and rollbacks a completion, each as a mean over `count`."""
    cases.submit(count)
    house.do("SELECT pg_stat_statements_reset()")
    before = _cpu_seconds(house)
    cases.complete("reception", count)
    used = _cpu_seconds(house) - before
    counted = dict(house.ask(_COUNT, *TICKS))
    frame = {word: counted.pop(word, 0) for word in FRAME}
    inner = {text: calls for text, calls in counted.items() if calls >= count // 2}
    return {
        "statements": round(sum(inner.values()) / count, 2),
        "commits": round(frame["COMMIT"] / count, 2),
        # Unlike the clock's time, this hardly depends on who else uses the machine.
        "server_cpu_ms": round(used / count * 1000, 2),
        "rollbacks": round(frame["ROLLBACK"] / count, 2),
        "completions": count,
        "by_statement": {
            " ".join(text.split())[:90]: round(calls / count, 2) for text, calls in inner.items()
        },
    }


def _cpu_seconds(house: House) -> float:
    """What the web workers have used so far; the database's own work is not in it."""
    spent = [worker.cpu_times() for worker in house.server.workers()]
    return float(sum(times.user + times.system for times in spent))


_COUNT = """
SELECT query, sum(calls)::int FROM pg_stat_statements AS s
JOIN pg_database AS d ON d.oid = s.dbid AND d.datname = current_database()
WHERE query NOT LIKE %s AND query NOT LIKE %s AND query NOT LIKE '%%pg_stat_%%'
  AND query NOT LIKE '%%FROM inbox_items WHERE step = %%'
GROUP BY query ORDER BY 2 DESC
"""

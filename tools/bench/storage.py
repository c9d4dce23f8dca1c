"""What a finished case leaves in the database."""

from tools.bench.cases import Cases
from tools.bench.house import House

_SIZE = """
SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def per_case(house: House, cases: Cases, count: int) -> dict[str, object]:
    """Bytes a finished case with tables, indexes and everything else.

    `lying` is what the files grew by, room left by rewritten rows included; `packed` is without.
    """
    house.do("VACUUM FULL")
    before = _size(house)
    cases.submit(count, clients=4)
    cases.finish(clients=4)
    house.do("VACUUM")
    lying = _size(house)
    house.do("VACUUM FULL")
    packed = _size(house)
    return {
        "lying": round((lying - before) / count),
        "packed": round((packed - before) / count),
        "cases": count,
        "tasks_per_case": 5,
    }


def _size(house: House) -> int:
    return int(house.ask(_SIZE)[0][0])

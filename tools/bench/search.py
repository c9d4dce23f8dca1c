"""Search over 2,000 procedures on both databases: a question alone, and the page it is shown on.

`make bench ARGS=search` prints milliseconds. Nothing but the search is measured: the questions are
asked one after the other by one reader, each several times.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app import create_app
from app.foundation.clock import local_date, now
from app.foundation.db import db, transaction
from app.queries.catalogue_pages import Asked, find, suggestions
from config import database_url
from tests.support import apps
from tests.support.many_procedures import WELL_KNOWN, invented, store
from tests.support.postgres import cluster, new_database

PROCEDURES = 2000
#: What is typed: exact, without marks, mistyped, in another order, very common, a code, a sentence.
QUESTIONS = (
    "Đăng ký khai sinh",
    "dang ky ket hon",
    "khia sinh",
    "giay phep xay dugn",
    "giaaáy phép môi trừơng",
    "sinh khai dang ky",
    "cấp",
    "cap giay phep",
    "CCCD",
    "khaisinh",
    "1.001193",
    "muc do 4",
    "thuong chu",
    "tôi muốn làm giấy tờ cho con mới đẻ",
    "qwrtzp",
)
_TIMES = 15


def figures() -> dict[str, object]:
    """Everything measured, by database."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, cluster({}) as server:
        urls = {
            "sqlite": f"sqlite:///{folder}/search.sqlite3",
            "postgresql": database_url(new_database(server, "search")),
        }
        return {"procedures": PROCEDURES} | {
            name: _measured(url, Path(folder)) for name, url in urls.items()
        }


def _measured(url: str, folder: Path) -> dict[str, object]:
    with _filled(url, folder) as app, app.app_context():
        day = local_date(now())
        session = db.session()
        client = app.test_client()
        asked: Mapping[str, Callable[[str], object]] = {
            "search": lambda words: find(session, Asked(q=words), day),
            "suggest": lambda words: suggestions(session, words, day),
            "page": lambda words: client.get("/thu-tuc", query_string={"q": words}),
        }
        return {name: _spread(ask) for name, ask in asked.items()}


@contextmanager
def _filled(url: str, folder: Path) -> Iterator[Flask]:
    with apps.closing(create_app(apps.test_config(url, folder))) as app:
        apps.fill(app)
        with app.app_context(), transaction() as session:
            store(session, [*WELL_KNOWN, *invented(PROCEDURES)])
        yield app


def _spread(ask: Callable[[str], object]) -> dict[str, object]:
    ask(QUESTIONS[0])
    times = {words: _times(ask, words) for words in QUESTIONS}
    every = [one for some in times.values() for one in some]
    slowest = max(times, key=lambda words: statistics.median(times[words]))
    return {
        "median_ms": round(statistics.median(every), 2),
        "p95_ms": round(statistics.quantiles(every, n=20)[-1], 2),
        "slowest_question": {slowest: round(statistics.median(times[slowest]), 2)},
    }


def _times(ask: Callable[[str], object], words: str) -> list[float]:
    found = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        ask(words)
        found.append(1000 * (time.perf_counter() - began))
    return found

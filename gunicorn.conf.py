"""How the web server runs; read by gunicorn itself, hence a settings file beside `config.py`.

One process on SQLite, where one writer at a time is all there is; several on PostgreSQL. Every
process carries a scheduler and exactly one of them leads (`app/jobs`).
"""

import os
import sys

_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")

wsgi_app = "wsgi:app"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2" if _postgres else "1"))
worker_class = "gthread"
threads = 4 if _postgres else 8
#: Seconds a client may keep its connection open between two requests.
keepalive = 30
#: Seconds requests may still take when the server is told to stop.
graceful_timeout = 20
timeout = 60
accesslog = os.environ.get("ACCESS_LOG") or None
proc_name = "motcua"
#: Nothing steers the server but signals.
control_socket_disable = True
#: Heartbeats of the workers need no disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - a RAM disk


def on_starting(server):
    """Refuse wrong settings with one sentence, before any worker meets them."""
    from config import Config, ConfigError  # noqa: PLC0415 - let go below

    try:
        Config.from_environment()
    except ConfigError as error:
        server.log.error("%s", error)  # noqa: TRY400 - the sentence says it all
        raise SystemExit(1) from None
    finally:
        # The workers load it themselves, so that a reload loads it anew.
        del sys.modules["config"]


def post_worker_init(worker):
    """Get ready once the application is loaded, then start this process's schedulers."""
    from app import feel  # noqa: PLC0415 - in the worker, so that a reload loads it anew
    from app.cli.database import database_trouble  # noqa: PLC0415 - likewise
    from app.jobs import schedulers  # noqa: PLC0415 - likewise

    # Building the parser takes longer than any request should; nobody waits for it now.
    feel.compile("1")
    # A database that is away may come back, so that this is only told.
    if trouble := database_trouble(worker.wsgi.config["SQLALCHEMY_DATABASE_URI"]):
        worker.log.error("%s", trouble)
    worker.schedulers = schedulers(worker.wsgi)
    for scheduler in worker.schedulers:
        scheduler.start()


def worker_exit(server, worker):  # noqa: ARG001 - gunicorn's signature
    """Stop them, so that another process takes the lead at once."""
    for scheduler in getattr(worker, "schedulers", ()):
        scheduler.stop()

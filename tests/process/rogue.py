"""A scheduler that leads beside another: `python -m tests.process.rogue`.

A leader may be stopped for a minute, lose its lock, and go on as if nothing had happened. Two of
these are that case made certain: each locks something of its own.
"""

import os
import signal

from app import create_app
from app.jobs import lease
from app.jobs.scheduler import Scheduler
from config import Config


def main() -> None:
    """Lead until killed."""
    app = create_app(Config.from_environment())
    lease.LOCK_NUMBER = os.getpid()
    lease.LOCK_FILE = f"{{}}.{os.getpid()}"
    scheduler = Scheduler(app)
    scheduler.start()
    signal.pause()


if __name__ == "__main__":
    main()

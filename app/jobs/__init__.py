"""The clock's door: sleeps until something comes due and calls the verb for it.

Started by the web server's workers (`gunicorn.conf.py`), never by `create_app`.
"""

from app.jobs.scheduler import Scheduler, schedulers

__all__ = ["Scheduler", "schedulers"]

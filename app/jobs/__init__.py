"""The clock's door: looks every second at what has come due and calls the verb for it.

Started by the web server's workers (`gunicorn.conf.py`), never by `create_app`.
"""

from app.jobs.scheduler import Scheduler

__all__ = ["Scheduler"]

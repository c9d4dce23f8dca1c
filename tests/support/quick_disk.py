"""Where the databases of tests lie: in memory, if there is room for them.

A test on PostgreSQL begins with a copy of some hundred files. On a disk that took most of its time.
"""

import os
import shutil

MEMORY = "/dev/shm"  # noqa: S108 - folders with names of their own are made in it
DISK = "/tmp"  # noqa: S108 - likewise
#: Bytes: both databases of every process that `make test` starts, several times over.
ROOM = 4 * 1024**3


def quick_disk() -> str:
    """The folder to make temporary folders in."""
    roomy = os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free >= ROOM  # noqa: PTH112 - a word
    return MEMORY if roomy and os.access(MEMORY, os.W_OK | os.X_OK) else DISK

"""`make bench`: how fast the real server is, on a PostgreSQL of its own; prints JSON.

Client and server share the machine, so compare figures as ratios within one run.
"""

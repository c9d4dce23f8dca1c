"""What carries a message on each channel; each is a port with one adapter, off until set up.

Until an adapter has run against the real service, its page in docs/howto/notices.md says so.
"""

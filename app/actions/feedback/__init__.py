"""Verbs about feedback and complaints: send, take up, answer."""

"""Verbs about results that go back by post."""

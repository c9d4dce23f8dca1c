"""Telling people what happened to their dossiers: what, whom, when, by which channel."""

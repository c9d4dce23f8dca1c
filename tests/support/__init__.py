"""Builders, drivers and clients that the tests share."""

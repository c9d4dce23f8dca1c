"""Stored working calendars."""

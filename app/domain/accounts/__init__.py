"""Accounts of people: how they register, prove who they are, and what was done with it."""

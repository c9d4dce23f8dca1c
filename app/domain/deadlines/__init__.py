"""Instants at which something becomes late or due."""

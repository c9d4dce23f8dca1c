"""Dossiers, their codes, drafts and statuses."""

"""Running diagrams: one snapshot a dossier."""

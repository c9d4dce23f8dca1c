"""The legal record: append-only, hash-chained, one chain a dossier."""

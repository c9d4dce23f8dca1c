"""What a dossier has to pay: demands, attempts to pay them, and what the gateway says."""

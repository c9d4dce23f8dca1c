"""Ground floor: database, errors, actor, clock, text. Knows no word of our trade."""

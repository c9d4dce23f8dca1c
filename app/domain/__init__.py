"""The nouns, low to high: people, calendars, journal < procedures < dossiers < the rest."""

"""Files handed in and results handed out."""

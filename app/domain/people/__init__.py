"""Units, roles, people, their seats and tokens."""

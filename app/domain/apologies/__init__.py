"""Letters of apology: a result will be late, why, and by when it comes (spec form 04)."""

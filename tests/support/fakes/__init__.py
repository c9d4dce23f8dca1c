"""Counterparts of other systems, to be talked to over the wire and told how to fail."""

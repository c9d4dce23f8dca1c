"""Read-only page data; crosses rooms freely, writes nothing."""

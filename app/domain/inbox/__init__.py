"""Work waiting for somebody."""

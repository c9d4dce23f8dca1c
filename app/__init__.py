"""Một Cửa: administrative procedures as diagrams, legal time, proof."""

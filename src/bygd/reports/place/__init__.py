"""The place in words, tables and pictures."""

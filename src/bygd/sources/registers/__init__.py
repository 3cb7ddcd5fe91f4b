"""Registers and postcodes: organisations, their names and where they are."""

"""Ledgers: who was paid what, from files as offices export them."""

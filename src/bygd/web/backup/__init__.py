"""Backup: one file with everything an installation cannot make again, and a new installation made of it."""

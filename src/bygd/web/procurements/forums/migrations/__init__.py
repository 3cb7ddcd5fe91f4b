"""Migrations of the app of this folder."""

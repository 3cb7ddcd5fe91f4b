"""Migrations of tenders."""

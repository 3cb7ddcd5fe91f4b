"""Decisions: what people decide about suppliers and organisations, in the database and in the project's files."""

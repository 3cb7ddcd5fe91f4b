"""The API: the same answers for programs, under /api/v1."""

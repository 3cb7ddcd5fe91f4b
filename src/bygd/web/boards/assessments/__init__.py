"""Assessments: how far the place has come, as several people see it, over time."""

"""Dated values of law and method, each with a day and a source beside it."""

from bygd.parameters.load import STANDING, UNITS, Parameter, Stale, Value, load, stale, topics
from bygd.parameters.strict import ValueFileError

__all__ = ["STANDING", "UNITS", "Parameter", "Stale", "Value", "ValueFileError", "load", "stale", "topics"]

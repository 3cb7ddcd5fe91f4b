"""The API: what programs ask and say, by the same rights as people; see docs/how-to/use-the-api.md."""

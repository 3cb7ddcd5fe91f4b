"""Assets: what residents put on the map of their place, who works with whom, and where money leaves."""

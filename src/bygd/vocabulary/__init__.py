"""The words: what bygd talks about, in plain Python and the standard library only."""

"""Places: the project folders that this web shows, and their snapshots held open."""

"""Files: opened safely, decoded, their tables found, whatever they are."""

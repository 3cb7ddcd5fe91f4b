"""Cards: the board, its cards, what people say about them, and files and prints of it."""

"""How any source works: files opened safely, columns mapped, cells read, persons masked."""

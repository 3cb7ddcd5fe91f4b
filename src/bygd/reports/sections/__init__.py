"""Sections: one question each, answered by sentences, pictures, tables and method cards."""

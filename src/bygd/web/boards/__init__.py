"""Boards: what residents, officers and elected members do together; each room of it an application of its own."""

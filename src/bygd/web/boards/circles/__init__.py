"""Study circles: a course, what was answered, what could be done, who was talked to, and what it came to."""

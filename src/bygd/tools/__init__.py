"""One file per question: each tool reads tables, writes tables, and knows no other tool."""

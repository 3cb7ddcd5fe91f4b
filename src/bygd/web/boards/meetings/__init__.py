"""Open meetings: planned, run in the room with phones, paper and microphone, and what came of them; panels by lot."""

"""Match review in the browser: queue, case, batch, sheets, audit, and what it all came to."""

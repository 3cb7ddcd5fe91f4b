"""Where the money goes: pages that show the sections of the report, filtered, with the rows behind them."""

"""A made-up team and a made-up family with a month behind them, and the clock that moves their days."""

"""Everything kept about one member: shown, exported, erased."""

"""The editor of the system model: organisations, bodies, channels, signals and patterns, in versions."""

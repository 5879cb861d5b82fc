"""Pages for policy, control, subsidies, privacy and administration."""
